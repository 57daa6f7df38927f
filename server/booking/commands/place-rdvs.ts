import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { addOneOffLieu } from '@/server/directory/commands/add-one-off-lieu'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { certain, done, refused, type Outcome } from '@/server/kernel/outcome'
import { receiveUsagers } from '@/server/people/commands/receive-usagers'
import type { ReadCtx, TxCtx } from '@/server/platform/ctx'
import { takesSms } from '@/server/platform/phone'
import { idsSql, instantsSql } from '@/server/platform/sql'
import { rdvCreated } from '../events'
import { mayPlaceWith } from '../policy'
import { isLieuOpen } from '../queries/lieux'
import { readAgents, readMotif } from '../queries/placing'
import { readPlacingFacts } from '../queries/placing-facts'
import { isPlaceable, whyNotReached, type CreateRefusal } from '../rules/placing'
import { areAllKnown, warningsOf, type WarningKind } from '../rules/warnings'
import type { CreateRdv } from '../schema'
import { drawRdvIds, insertRdvs, lockAgents, type NewRdv } from '../store'
import { takeHolds } from './take-holds'

type AgentTxCtx = TxCtx & { readonly actor: AgentActor }
/** Everything but when. */
type Same = Omit<CreateRdv, 'startAt' | 'acknowledged'>
type When = { startAt: Date; acknowledged: readonly WarningKind[] }
/** In the order of the dates; those that already stood, the same in everything, are not placed twice. */
type Placed = Outcome<{ rdvIds: number[]; newCount: number }, CreateRefusal>
type Motif = Awaited<ReturnType<typeof readMotif>>

/**
 * Places the same RDV on each of these dates, all or none, in as many statements for one as for many. What the agent is
 * warned of is passed over only knowingly: an overlap not acknowledged on its date is refused, anything else is
 * `to-confirm`. Over another RDV, its time stops being exclusive (domain §2.7, §3.3). Several are a series.
 * `oneOffLieuId`: the place typed, when an RDV placed with it has written it already.
 */
export async function placeRdvs(
  tx: AgentTxCtx,
  input: Same,
  dates: readonly When[],
  { oneOffLieuId = null }: WrittenPlace = {},
): Promise<Placed> {
  const motif = await readMotif(tx, tx.actor, input.motifId)
  const [agentIds, usagerIds] = [inIdOrder(input.agentIds), inIdOrder(input.usagerIds)]
  const why = whyIncomplete(tx.actor, motif, input, dates, tx.now)
  if (why) return refused(why)
  // Whoever takes the agent away at this moment comes before, and is seen, or after, and sees the RDV.
  const [, ids] = await Promise.all([lockAgents(tx, agentIds), drawRdvIds(tx, dates.length, usagerIds.length)])
  const gone = await whyNotThere(tx, motif, input)
  if (gone) return refused(gone)

  const lengthMs = (input.durationMin ?? motif.durationMin) * 60_000
  const about = { motifId: motif.id, agentIds, usagerIds, zone: motif.zone, exceptRdvId: null }
  const times = dates.map((date) => ({
    ...date,
    startsAt: date.startAt,
    endsAt: new Date(date.startAt.getTime() + lengthMs),
  }))
  const stood = await findSame(tx, { ...input, ...about }, times)
  const judged = await judge(tx, { ...about, lieuId: input.oneOffLieu ? 'one-off' : input.lieuId }, times)
  const asked = judged.map((one, i) => ({ ...one, ids: found(ids[i]), sameId: stood(one.startsAt) }))
  const fresh = asked.filter(({ sameId }) => sameId === null)
  const isUnseen = ({ overlaps, acknowledged }: (typeof asked)[number]) => overlaps && !acknowledged.includes('overlap')
  if (fresh.some(isUnseen)) return refused('overlap')
  if (!fresh.every(({ warnings, acknowledged }) => areAllKnown(warnings, acknowledged))) return refused('to-confirm')

  if (fresh.length > 0) {
    const { territoryId, organisationId } = motif
    const constant = {
      ...(await partsOf(tx, motif, { ...input, usagerIds, oneOffLieuId })),
      ...{ agentIds, usagerIds },
      seriesId: dates.length > 1 ? randomUUID() : null,
    }
    await takeHolds(tx, agentIds, fresh)
    const isInserted = await insertRdvs(
      tx,
      fresh.map(({ ids: own, startsAt, endsAt, overlaps }) => ({
        ids: own,
        rdv: { ...constant, startsAt, endsAt, exclusive: !overlaps },
      })),
    )
    if (!isInserted) return refused('overlap')
    await receiveUsagers(tx, { territoryId, organisationId, usagerIds })
    const told = fresh.map(({ ids: { rdvId }, overlaps }) =>
      tx.emit(rdvCreated({ id: rdvId, territoryId }, { agentIds, acknowledgedOverlap: overlaps })),
    )
    await Promise.all(told)
  }
  return done({ rdvIds: asked.map(({ sameId, ids: { rdvId } }) => sameId ?? rdvId), newCount: fresh.length })
}

/** What can be told without asking anybody else. */
function whyIncomplete(
  actor: AgentActor,
  motif: Motif,
  input: Same,
  dates: readonly When[],
  now: Date,
): CreateRefusal | null {
  if (input.agentIds.length === 0) return 'agent-missing'
  if (input.usagerIds.length === 0) return 'person-missing'
  const placeCount = [input.lieuId, input.oneOffLieu].filter((place) => place != null).length
  if (placeCount !== (motif.locationType === 'public_office' ? 1 : 0)) return 'place-missing'
  if (motif.locationType === 'home' && !input.homeAddress) return 'address-missing'
  if (!input.agentIds.every((agentId) => mayPlaceWith(actor, motif, agentId))) return 'agent-elsewhere'
  return dates.every(({ startAt }) => isPlaceable(startAt, now)) ? null : 'bad-time'
}

/** The agents, the motif and the lieu still of the organisation, held until the end; the people in its territory, and reachable. */
async function whyNotThere(tx: TxCtx, motif: Motif, input: Same): Promise<CreateRefusal | null> {
  const [here, isLive, isOpen, people] = await Promise.all([
    readAgents(tx, motif.organisationId, { named: input.agentIds }),
    isMotifLive(tx, motif.id),
    isLieuOpen(tx, input.lieuId, {
      organisationId: motif.organisationId,
      motifId: motif.id,
      agentIds: input.agentIds,
    }),
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
  const rows = await db.execute<{ phone: string | null; isVouchedFor: boolean; email: string | null }>(sql`
    select coalesce(u.phone_e_164, g.phone_e_164) as phone, coalesce(u.email, g.email) as email,
           case when u.phone_e_164 is null then coalesce(g.phone_confirmed, false) else u.phone_confirmed end as "isVouchedFor"
    from usagers u left join usagers g on g.id = u.responsible_id
    where u.territory_id = ${territoryId} and u.deleted_at is null and u.id = any(${idsSql(usagerIds)})`)
  return rows.map(({ isVouchedFor, ...row }) => ({
    ...row,
    isMobile: row.phone !== null && takesSms(row.phone, isVouchedFor),
  }))
}

export type WrittenPlace = { oneOffLieuId?: number | null }

type Span = { startsAt: Date; endsAt: Date }
type About = Parameters<typeof readPlacingFacts>[2]

/** Each date with what one would be warned of there, under the agents' lock. */
async function judge<Time extends Span>(
  tx: AgentTxCtx,
  about: About & Pick<Parameters<typeof warningsOf>[0], 'lieuId'>,
  times: readonly Time[],
) {
  const facts = await readPlacingFacts(tx, tx.actor, about, times)
  return times.map((time, i) => {
    const warnings = warningsOf({ ...about, ...time }, found(facts[i]), tx.now)
    return { ...time, warnings, overlaps: warnings.some(({ kind }) => kind === 'overlap') }
  })
}

/** What every date has in common; a place of its own is written first. Hidden from the person, nobody is told. */
async function partsOf(tx: AgentTxCtx, motif: Motif, input: Same & WrittenPlace) {
  const { territoryId, organisationId } = motif
  const everybody = motif.notifies ? input.usagerIds : []
  const isShown = input.showsToUsager ?? motif.isShown
  const nobody = { lifecycleIds: [], reminderIds: [] }
  const lieuId = input.oneOffLieu
    ? (input.oneOffLieuId ??
      certain(await addOneOffLieu(tx, { ...input.oneOffLieu, territoryId, organisationId })).lieuId)
    : input.lieuId
  return {
    ...{ territoryId, organisationId, motifId: motif.id, lieuId },
    // As the motif says stays as the motif says, whatever it says later.
    showsToUsager: isShown === motif.isShown ? null : isShown,
    told: isShown ? (input.told ?? { lifecycleIds: everybody, reminderIds: everybody }) : nobody,
    bookingKey: null,
    contact: null,
    homeAddress: motif.locationType === 'home' ? (input.homeAddress ?? null) : null,
    context: motif.takesContext && input.context ? input.context : null,
    author: { kind: 'agent', id: tx.actor.agentId },
  } satisfies Partial<NewRdv>
}

type Question = Pick<Same, 'lieuId' | 'oneOffLieu'> & {
  motifId: number
  /** In order of id, as the people. */
  agentIds: readonly number[]
  usagerIds: readonly number[]
}

/** The live RDVs that are the same in everything, by their start, under the agents' lock; null where there is none. */
async function findSame(
  { db }: ReadCtx,
  { motifId, lieuId, oneOffLieu, agentIds, usagerIds }: Question,
  times: readonly Span[],
): Promise<(startsAt: Date) => number | null> {
  const [starts, ends] = [times.map(({ startsAt }) => startsAt), times.map(({ endsAt }) => endsAt)]
  const isThere = oneOffLieu
    ? sql`exists (select from lieux l where l.id = r.lieu_id and l.availability = 'single_use'
                  and l.name = ${oneOffLieu.name} and l.address = ${oneOffLieu.address})`
    : sql`r.lieu_id is not distinct from ${lieuId}`
  const rows = await db.execute<{ id: number; start_ms: number }>(sql`
    select min(r.id)::float8 as id, extract(epoch from r.starts_at)::float8 * 1000 as start_ms
    from unnest(${instantsSql(starts)}, ${instantsSql(ends)}) as asked (starts_at, ends_at)
    join rdvs r on r.motif_id = ${motifId} and r.starts_at = asked.starts_at and r.ends_at = asked.ends_at
    where ${isThere} and r.occupies
      and ${idsSql(agentIds)} = array(select t.agent_id from agent_times t where t.rdv_id = r.id order by 1)
      and ${idsSql(usagerIds)} = array(select p.usager_id from participations p where p.rdv_id = r.id order by 1)
    group by r.starts_at`)
  return (startsAt) => rows.find(({ start_ms }) => start_ms === startsAt.getTime())?.id ?? null
}
