import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import type { TxCtx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import { usagerChanged } from '../events'
import { readDoubles } from '../queries/doubles'
import { readUsager } from '../queries/usager-sheet'
import { likenessOf } from '../rules/new-usager'
import { judgeChange, type ChangeRefusal, type JudgedChange } from '../rules/usager-change'
import type { FileField, UsagerFile } from '../rules/usager-file'
import type { SaveUsager } from '../schema'
import { updateFile } from '../store'
import { lockContact } from './identify-person'

/** `was`: where the file was reached. */
type SavedFile = { territoryId: number; changed: readonly FileField[]; was: Contacts; is: Contacts }
type Contacts = Pick<UsagerFile, 'phoneE164' | 'email'>
type Saved = Outcome<SavedFile, ChangeRefusal>

/**
 * An agent changes a file they may open, from the version they saw: nobody overwrites what they did not see. Somebody else
 * may already have that number, or those names and birth date: then only knowingly (`acknowledged: ['double']`). Throws on
 * `usagers_email_unique`.
 */
export async function saveFile(tx: TxCtx, actor: AgentActor, input: SaveUsager): Promise<Saved> {
  const { usagerId, version } = input
  const sheet = await readUsager(tx, actor, usagerId)
  if (sheet.version !== version) return refused('changed-meanwhile')
  const judged = judgeChange(sheet, input, dayOf(tx.now, sheet.zone), parsePhone)
  if (!judged.ok) return refused(judged.reason)
  const { after, changed, told } = judged
  const saved = { territoryId: sheet.territoryId, changed, was: sheet, is: after }
  if (changed.length === 0) return done(saved)

  const why = await whyNotThem(tx, actor, { territoryId: sheet.territoryId, usagerId, judged, input })
  if (why) return refused(why)
  if (!(await updateFile(tx, { id: usagerId, version }, after, changed))) return refused('changed-meanwhile')
  await tx.emit(usagerChanged({ id: usagerId, territoryId: sheet.territoryId }, changed, told))
  return done(saved)
}

/** Two agents who make two files alike at once queue on what they share: the second sees the first's. */
async function whyNotThem(
  tx: TxCtx,
  actor: AgentActor,
  {
    territoryId,
    usagerId,
    judged: { likely },
    input,
  }: { territoryId: number; usagerId: number; judged: JudgedChange; input: SaveUsager },
): Promise<ChangeRefusal | null> {
  const { phone, email, bornOn } = likely
  if (phone === null && email === null && bornOn === null) return null
  await lockContact(tx, { territoryId, person: likely, alike: likenessOf(likely) })
  const asked = { territoryId, usager: likely, exceptId: usagerId }
  if (email !== null && (await readDoubles(tx, actor, { ...asked, by: 'email' })).length > 0) return 'email-taken'
  if (input.acknowledged.includes('double')) return null
  return (await readDoubles(tx, actor, asked)).length > 0 ? 'maybe-known' : null
}
