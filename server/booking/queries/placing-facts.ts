import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { mayKnowLieu, reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantsSql } from '@/server/platform/sql'
import { loadAbsenceTimes } from '@/server/scheduling/queries/absences'
import { addDays } from '@/server/scheduling/rules/civil'
import type { PlacingFacts, PlacingQuestion } from '../rules/warnings'
import { loadOpeningTimes } from './opening-times'

type Span = Pick<PlacingQuestion, 'startsAt' | 'endsAt'>

type About = Pick<PlacingQuestion, 'agentIds'> & {
  motifId: number
  usagerIds: readonly number[]
  zone: string
  /** The RDV itself, when it moves. */
  exceptRdvId: number | null
}

/**
 * What the warnings of RDVs to come are judged on, at each of these times, in one flight of four statements whatever their
 * number: agents' times whatever the reach, since busy is busy; where they receive and what became of people only as far
 * as the agent may know. In the order of the times.
 */
export async function readPlacingFacts(
  read: ReadCtx,
  actor: AgentActor,
  about: About,
  times: readonly Span[],
): Promise<PlacingFacts[]> {
  if (times.length === 0) return []
  const { agentIds, zone } = about
  const days = times.flatMap(({ startsAt, endsAt }) => [dayOf(startsAt, zone), dayOf(endsAt, zone)]).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  // A day more each side: openings and absences may be of other zones, where it is already tomorrow or still yesterday.
  const within = { agentIds, fromDay: addDays(first, -1), toDay: addDays(last, 1) }
  const [{ taken, held }, away, openings, people] = await Promise.all([
    readTaken(read, about, times),
    loadAbsenceTimes(read, within),
    loadOpeningTimes(read, within),
    readPeople(read, actor, about, times),
  ])
  const reach = reachOf(actor)
  const shared = {
    taken,
    held,
    away,
    openings: openings.map((one) => ({ ...one, placeName: mayKnowLieu(reach, one) ? one.placeName : null })),
    noShows: people.noShows,
  }
  return times.map(({ startsAt }) => ({ ...shared, sameDay: people.sameDayOf(dayOf(startsAt, zone)) }))
}

/** From an hour before the start, for the hole left there. */
async function readTaken({ db }: ReadCtx, { agentIds, exceptRdvId }: About, times: readonly Span[]) {
  const [starts, ends] = [times.map(({ startsAt }) => startsAt), times.map(({ endsAt }) => endsAt)]
  const rows = await db.execute<{ agent_id: number; start_ms: number; end_ms: number; until_ms: number | null }>(sql`
    select t.agent_id::float8 as agent_id, extract(epoch from t.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from t.ends_at)::float8 * 1000 as end_ms, extract(epoch from o.until_at)::float8 * 1000 as until_ms
    from unnest(${instantsSql(starts)}, ${instantsSql(ends)}) as asked (starts_at, ends_at)
    join agent_times t on t.starts_at < asked.ends_at and t.ends_at > asked.starts_at - interval '1 hour'
                      and t.starts_at > asked.starts_at - interval '25 hours'
    left join waitlist_offers o on o.id = t.offer_id
    where t.agent_id = any(${idsSql(agentIds)}) and t.occupies and (t.rdv_id is null or t.rdv_id is distinct from ${exceptRdvId})`)
  const spans = rows.map((row) => ({
    agentId: row.agent_id,
    startAt: new Date(row.start_ms),
    endAt: new Date(row.end_ms),
    untilAt: row.until_ms === null ? null : new Date(row.until_ms),
  }))
  return {
    taken: spans.filter(({ untilAt }) => untilAt === null),
    held: spans.flatMap(({ untilAt, ...span }) => (untilAt === null ? [] : [{ ...span, untilAt }])),
  }
}

async function readPeople(
  { db }: ReadCtx,
  actor: AgentActor,
  { usagerIds, motifId, zone, exceptRdvId }: About,
  times: readonly Span[],
) {
  const isOpen = rdvsWithin(reachOf(actor), 'read')
  const starts = times.map(({ startsAt }) => startsAt)
  const rows = await db.execute<{ usager_id: number; no_shows: number; same_day_ms: number[] | null }>(sql`
    select person.id::float8 as usager_id,
           (select count(*)::integer from participations p join rdvs on rdvs.id = p.rdv_id
            where p.usager_id = person.id and p.status = 'noshow' and ${isOpen}) as no_shows,
           (select array_agg(extract(epoch from rdvs.starts_at)::float8 * 1000 order by rdvs.starts_at)
            from participations p join rdvs on rdvs.id = p.rdv_id
            where p.usager_id = person.id and rdvs.motif_id = ${motifId} and p.status in ('unknown', 'seen', 'noshow')
              and rdvs.occupies and rdvs.id is distinct from ${exceptRdvId}
              and (rdvs.starts_at at time zone ${zone})::date in (
                select (at at time zone ${zone})::date from unnest(${instantsSql(starts)}) as asked (at))
              and ${isOpen}) as same_day_ms
    from unnest(${idsSql(usagerIds)}) as person (id)`)
  const live = rows.flatMap(({ usager_id, same_day_ms }) =>
    (same_day_ms ?? []).map((ms) => ({ usagerId: usager_id, startAt: new Date(ms), onDay: dayOf(new Date(ms), zone) })),
  )
  return {
    /** The first of each person on a day. */
    sameDayOf: (day: string) =>
      usagerIds.flatMap((id) => {
        const first = live.find(({ usagerId, onDay }) => usagerId === id && onDay === day)
        return first ? [{ usagerId: id, startAt: first.startAt }] : []
      }),
    noShows: rows.map(({ usager_id, no_shows }) => ({ usagerId: usager_id, count: no_shows })),
  }
}
