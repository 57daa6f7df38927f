import type { AgentActor } from '@/server/kernel/actor'
import { certain, done, refused, type Outcome } from '@/server/kernel/outcome'
import { saveFile } from '@/server/people/commands/save-usager'
import { countLook } from '@/server/people/queries/doubles'
import type { ChangeRefusal } from '@/server/people/rules/usager-change'
import type { FileField } from '@/server/people/rules/usager-file'
import type { SaveUsager } from '@/server/people/schema'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { rdvsReaddressed } from '../events'
import { correctTypedContact } from '../store/contacts'
import { endWaits } from './end-waits'

type AgentCtx = Ctx & { readonly actor: AgentActor }
type Saved = Outcome<{ usagerId: number; changed: readonly FileField[] }, ChangeRefusal>

/**
 * An agent changes a file (`saveFile`). A number or an e-mail that was wrong is wrong for RDVs to come as well: booked online,
 * they are told where it was typed, and would go on being told to whoever has it now. Counts as a look at who somebody may
 * be, refused or not.
 */
export async function saveUsager(ctx: AgentCtx, input: SaveUsager): Promise<Saved> {
  await countLook(ctx)
  try {
    return await inTransaction(ctx, (tx) => save(tx, ctx.actor, input))
  } catch (error) {
    if (violatedConstraint(error) === 'usagers_email_unique') return refused('email-taken')
    throw error
  }
}

async function save(tx: TxCtx, actor: AgentActor, input: SaveUsager): Promise<Saved> {
  const saved = await saveFile(tx, actor, input)
  if (!saved.ok) return saved
  const { changed, was, is, territoryId } = saved.value
  const contacts = [
    { kind: 'phone', from: was.phoneE164, to: is.phoneE164 } as const,
    { kind: 'email', from: was.email, to: is.email } as const,
  ]
  for (const { from, ...one } of contacts) {
    if (from === null || from === one.to) continue
    const { rdvCount, twinIds } = await correctTypedContact(tx, input.usagerId, { ...one, from })
    certain(
      await endWaits(
        tx,
        twinIds.map((entryId) => ({ entryId, endedBy: 'over' })),
      ),
    )
    const file = { kind: 'usager', id: input.usagerId, territoryId } as const
    if (rdvCount > 0) await tx.emit(rdvsReaddressed(file, { contact: one.kind, rdvCount }))
  }
  return done({ usagerId: input.usagerId, changed })
}
