import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import { violatedConstraint } from '@/server/platform/sql'
import { mayCreateUsager } from '../policy'
import { countLook, loadPlace, readDoubles } from '../queries/doubles'
import { readUsagers } from '../queries/search'
import { judgeUsager, likenessOf, type NewUsager, type UsagerRefusal } from '../rules/new-usager'
import type { CreateUsager } from '../schema'
import { lockContact, openFiles } from './identify-person'

type AgentCtx = Ctx & { readonly actor: AgentActor }
type Created = Outcome<{ usagerId: number }, UsagerRefusal>

/**
 * An agent opens a file, in an organisation they belong to. Somebody may already be known by that name and birth date, or
 * that number: then only knowingly (`acknowledged: ['double']`). An e-mail belongs to one file of a territory (domain §8.1).
 */
export async function createUsager(ctx: AgentCtx, input: CreateUsager): Promise<Created> {
  await countLook(ctx)
  try {
    return await inTransaction(ctx, (tx) => create(tx, ctx.actor, input))
  } catch (error) {
    if (violatedConstraint(error) === 'usagers_email_unique') return refused('email-taken')
    throw error
  }
}

async function create(tx: TxCtx, actor: AgentActor, input: CreateUsager): Promise<Created> {
  const { organisationId, responsibleId } = input
  found(mayCreateUsager(actor, organisationId) ? organisationId : undefined)
  const { territoryId, zone } = await loadPlace(tx, organisationId)
  const isProche = responsibleId !== null
  const judged = judgeUsager(input.answers, { today: dayOf(tx.now, zone), isProche }, parsePhone)
  if (!judged.ok) return refused('invalid-fields')
  const { usager } = judged
  if (isProche && !(await mayBeResponsible(tx, actor, { territoryId, usagerId: responsibleId })))
    return refused('no-such-responsible')

  // Two agents who open the same file at once queue on the contact: the second sees the first's.
  const [id] = await lockContact(tx, { territoryId, person: usager, alike: likenessOf(usager) })
  const why = await whyNotNew(tx, actor, { ...input, territoryId, usager })
  if (why) return refused(why)
  const { phone, ...facts } = usager
  await openFiles(
    tx,
    [
      {
        ...facts,
        id,
        territoryId,
        responsibleId,
        maybeSameAsId: null,
        phone: phone?.typed ?? null,
        phoneE164: phone?.e164 ?? null,
        phoneConfirmed: phone !== null,
        emailConfirmed: facts.email !== null,
        createdThrough: 'agent_creation',
      },
    ],
    { territoryId, organisationId, usagerIds: [id] },
  )
  return done({ usagerId: id })
}

async function whyNotNew(
  tx: TxCtx,
  actor: AgentActor,
  { territoryId, usager, acknowledged }: CreateUsager & { territoryId: number; usager: NewUsager },
): Promise<UsagerRefusal | null> {
  const asked = { territoryId, usager }
  if (usager.email !== null && (await readDoubles(tx, actor, { ...asked, by: 'email' })).length > 0)
    return 'email-taken'
  if (acknowledged.includes('double')) return null
  return (await readDoubles(tx, actor, asked)).length > 0 ? 'maybe-known' : null
}

/**
 * A file the agent may know, that is not a proche's own: a family has one level. Somebody masked is not: their proche
 * would tell their name and contact.
 */
async function mayBeResponsible(
  tx: TxCtx,
  actor: AgentActor,
  { territoryId, usagerId }: { territoryId: number; usagerId: number },
): Promise<boolean> {
  const [person] = await readUsagers(tx, actor, { territoryId, which: sql`u.id = ${usagerId}`, limit: 1 })
  return person !== undefined && !person.isMasked && person.responsible === null
}
