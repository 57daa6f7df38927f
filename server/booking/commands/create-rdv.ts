import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { inTransaction, type Ctx, type ReadCtx, type TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { rdvCreated } from '../events'
import { mayPlaceWith } from '../policy'
import { isLieuOpen } from '../queries/locks'
import { readAgents, readMotif } from '../queries/placing'
import { readPlacingFacts } from '../queries/placing-facts'
import { isPlaceable, whyNotReached, type CreateRefusal } from '../rules/placing'
import { areAllKnown, warningsOf } from '../rules/warnings'
import type { CreateRdv } from '../schema'
import { drawRdvIds, insertRdv, lockAgents } from '../store'

type AgentCtx = Ctx & { readonly actor: AgentActor }
/** `isNew` is false when the very same RDV already stood: a form sent twice places one (domain §3.3, « doublon »). */
type Created = Outcome<{ rdvId: number; isNew: boolean }, CreateRefusal>
type Motif = Awaited<ReturnType<typeof readMotif>>

/**
 * An agent places an RDV, anywhere in time, in agendas they may write on. What they are warned of is passed over only
 * knowingly: an overlap not in `acknowledged` is refused, anything else not in it is `to-confirm`. Over another RDV, its
 * time stops being exclusive (domain §2.7, §3.3).
 */
export const createRdv = (ctx: AgentCtx, input: CreateRdv): Promise<Created> =>
  inTransaction(ctx, async (tx): Promise<Created> => {
    const motif = await readMotif(tx, ctx.actor, input.motifId)
    const [agentIds, usagerIds] = [inIdOrder(input.agentIds), inIdOrder(input.usagerIds)]
    const why = whyIncomplete(ctx.actor, motif, input, tx.now)
    if (why) return refused(why)
    // Whoever takes the agent away at this moment comes before, and is seen, or after, and sees the RDV.
    const [, ids] = await Promise.all([lockAgents(tx, agentIds), drawRdvIds(tx, usagerIds.length)])
    const gone = await whyNotThere(tx, motif, input)
    if (gone) return refused(gone)

    const startsAt = input.startAt
    const endsAt = new Date(startsAt.getTime() + (input.durationMin ?? motif.durationMin) * 60_000)
    const question = { motifId: motif.id, lieuId: input.lieuId, agentIds, usagerIds, startsAt, endsAt }
    const sameId = await findSame(tx, question)
    if (sameId !== null) return done({ rdvId: sameId, isNew: false })
    const facts = await readPlacingFacts(tx, ctx.actor, { ...question, zone: motif.zone, exceptRdvId: null })
    const warnings = warningsOf(question, facts, tx.now)
    const overlaps = warnings.some(({ kind }) => kind === 'overlap')
    if (overlaps && !input.acknowledged.includes('overlap')) return refused('overlap')
    if (!areAllKnown(warnings, input.acknowledged)) return refused('to-confirm')

    const { territoryId, organisationId } = motif
    const everybody = motif.notifies ? usagerIds : []
    const isInserted = await insertRdv(tx, ids, {
      ...question,
      territoryId,
      organisationId,
      told: input.told ?? { lifecycleIds: everybody, reminderIds: everybody },
      exclusive: !overlaps,
      bookingKey: null,
      contact: null,
      homeAddress: motif.locationType === 'home' ? (input.homeAddress ?? null) : null,
      context: motif.takesContext && input.context ? input.context : null,
      author: { kind: 'agent', id: ctx.actor.agentId },
    })
    if (!isInserted) return refused('overlap')
    await joinOrganisation(tx, { territoryId, organisationId, usagerIds })
    await tx.emit(rdvCreated({ id: ids.rdvId, territoryId }, { agentIds, acknowledgedOverlap: overlaps }))
    return done({ rdvId: ids.rdvId, isNew: true })
  })

/** What can be told without asking anybody else. */
function whyIncomplete(actor: AgentActor, motif: Motif, input: CreateRdv, now: Date): CreateRefusal | null {
  if (input.agentIds.length === 0) return 'agent-missing'
  if (input.usagerIds.length === 0) return 'person-missing'
  if ((motif.locationType === 'public_office') !== (input.lieuId !== null)) return 'place-missing'
  if (motif.locationType === 'home' && !input.homeAddress) return 'address-missing'
  if (!input.agentIds.every((agentId) => mayPlaceWith(actor, motif, agentId))) return 'agent-elsewhere'
  return isPlaceable(input.startAt, now) ? null : 'bad-time'
}

/** The agents, the motif and the lieu still of the organisation, held until the end; the people in its territory, and reachable. */
async function whyNotThere(tx: TxCtx, motif: Motif, input: CreateRdv): Promise<CreateRefusal | null> {
  const [here, isLive, isOpen, people] = await Promise.all([
    readAgents(tx, motif.organisationId, { named: input.agentIds }),
    isMotifLive(tx, motif.id),
    isLieuOpen(tx, motif.organisationId, input.lieuId),
    readContacts(tx, motif.territoryId, input.usagerIds),
  ])
  if (!input.agentIds.every((agentId) => here.some(({ id }) => id === agentId))) return 'agent-elsewhere'
  found(isLive ? motif : undefined)
  if (!isOpen) return 'place-missing'
  if (people.length < new Set(input.usagerIds).size) return 'no-such-person'
  return whyNotReached(motif.locationType, people)
}

async function isMotifLive({ db }: ReadCtx, motifId: number): Promise<boolean> {
  const rows = await db.execute(sql`select from motifs where id = ${motifId} and deleted_at is null for share`)
  return rows.length > 0
}

/** By what each may be reached, themselves or through their responsable; only those of the territory. */
async function readContacts({ db }: ReadCtx, territoryId: number, usagerIds: readonly number[]) {
  const rows = await db.execute<{ phone: string | null; email: string | null }>(sql`
    select coalesce(u.phone_e_164, g.phone_e_164) as phone, coalesce(u.email, g.email) as email
    from usagers u left join usagers g on g.id = u.responsible_id
    where u.territory_id = ${territoryId} and u.deleted_at is null and u.id = any(${idsSql(usagerIds)})`)
  return [...rows]
}

type Placed = {
  motifId: number
  lieuId: number | null
  startsAt: Date
  endsAt: Date
  /** In order of id, as the people. */
  agentIds: readonly number[]
  usagerIds: readonly number[]
}

/** The live RDV that is the same in everything, under the agents' lock; null when there is none. */
async function findSame({ db }: ReadCtx, placed: Placed): Promise<number | null> {
  const [row] = await db.execute<{ id: number }>(sql`
    select r.id::float8 as id from rdvs r
    where r.motif_id = ${placed.motifId} and r.starts_at = ${instantSql(placed.startsAt)}
      and r.ends_at = ${instantSql(placed.endsAt)} and r.lieu_id is not distinct from ${placed.lieuId} and r.occupies
      and ${idsSql(placed.agentIds)} = array(select t.agent_id from agent_times t where t.rdv_id = r.id order by 1)
      and ${idsSql(placed.usagerIds)} = array(select p.usager_id from participations p where p.rdv_id = r.id order by 1)
    limit 1`)
  return row?.id ?? null
}
