import { sql } from 'drizzle-orm'
import ical, { ICalCalendarMethod, ICalEventTransparency, type ICalCalendar } from 'ical-generator'
import { hasPlaceSql } from '@/server/access/queries/places'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { instantSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { loadAbsenceTimes } from '@/server/scheduling/queries/absences'
import { addDays } from '@/server/scheduling/rules/civil'
import type { CalendarFeedOptions } from '../schema'
import { agentEventOf, agentEventSql, type AgentEvent } from './agent-events'
import type { AgentCtx } from './agent-rdvs'
import { loadOpeningTimes } from './opening-times'

/** What a subscription holds: a month back, half a year ahead. */
const [PAST_DAYS, FUTURE_DAYS] = [31, 183]
const DAY_MS = 86_400_000
const MAX_RDVS = 3000

export type CalendarFeed = CalendarFeedOptions & { url: string; createdAt: Date }

/** The agent's own secret address; null as long as they asked for none. */
export const getCalendarFeed = (ctx: AgentCtx): Promise<CalendarFeed | null> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<CalendarFeedOptions & { id: number; created_ms: number }>(sql`
      select id::float8 as id, includes_openings as "includesOpenings", includes_absences as "includesAbsences",
             extract(epoch from created_at)::float8 * 1000 as created_ms
      from calendar_feeds where agent_id = ${ctx.actor.agentId} and revoked_at is null`)
    if (!row) return null
    const { id, created_ms, ...options } = row
    return {
      ...options,
      url: `${env().APP_URL}/api/ics/${tokenOf('calendar-feed', id)}`,
      createdAt: new Date(created_ms),
    }
  })

type Feed = CalendarFeedOptions & { agentId: number; isOver: boolean }

/**
 * What a secret address opens: the agent's RDVs without anybody's name, and without their motif nor their place when it is confidential
 * or of an organisation they have left; their openings and absences if they chose so. Refused once renewed, or without a
 * place anywhere; unknown is not found.
 */
export const getCalendarFile = (
  ctx: Ctx,
  { token }: { token: string },
): Promise<Outcome<{ text: string }, 'renewed'>> =>
  inRead(ctx, async (read) => {
    const [row] = await read.db.execute<Feed>(sql`
      select f.agent_id::float8 as "agentId", f.includes_openings as "includesOpenings",
             f.includes_absences as "includesAbsences", f.revoked_at is not null or a.deleted_at is not null
               or not ${hasPlaceSql(sql`a.id`)} as "isOver"
      from calendar_feeds f join agents a on a.id = f.agent_id where f.token_hash = ${hashToken(token)}`)
    const feed = found(row)
    if (feed.isOver) return refused('renewed')
    const calendar = ical({
      name: 'RDV Territoires',
      prodId: { company: 'RDV Territoires', product: 'agenda', language: 'FR' },
    })
    calendar.method(ICalCalendarMethod.PUBLISH)
    await Promise.all([addRdvs(calendar, read, feed), addTimes(calendar, read, feed)])
    return done({ text: calendar.toString() })
  })

async function addRdvs(calendar: ICalCalendar, { db, now }: ReadCtx, { agentId }: Feed): Promise<void> {
  const [fromAt, toAt] = [now.getTime() - PAST_DAYS * DAY_MS, now.getTime() + FUTURE_DAYS * DAY_MS].map((ms) =>
    instantSql(new Date(ms)),
  )
  const rows = await db.execute<AgentEvent>(sql`
    select ${agentEventSql(sql`part.agent_id`)}
    from agent_times part join rdvs on rdvs.id = part.rdv_id
    join motifs m on m.id = rdvs.motif_id left join lieux l on l.id = rdvs.lieu_id
    where part.agent_id = ${agentId} and part.kind = 'rdv' and part.starts_at >= ${fromAt} and part.starts_at < ${toAt}
    order by part.starts_at, rdvs.id limit ${MAX_RDVS}`)
  for (const row of rows) calendar.createEvent(agentEventOf(row))
}

async function addTimes(calendar: ICalCalendar, read: ReadCtx, feed: Feed): Promise<void> {
  const today = read.now.toISOString().slice(0, 10)
  const days = { agentIds: [feed.agentId], fromDay: addDays(today, -PAST_DAYS), toDay: addDays(today, FUTURE_DAYS) }
  const [openings, absences] = await Promise.all([
    feed.includesOpenings ? loadOpeningTimes(read, days) : [],
    feed.includesAbsences ? loadAbsenceTimes(read, days) : [],
  ])
  const stamp = read.now
  for (const { openingId, title, placeName, startAt, endAt } of openings) {
    calendar.createEvent({
      id: `plage-${openingId}-${startAt.getTime()}@rdv-territoires`,
      stamp,
      start: startAt,
      end: endAt,
      summary: `Plage d’ouverture\u00a0: ${title}`,
      // Time offered is not time taken.
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(placeName !== null && { location: placeName }),
    })
  }
  for (const { absenceId, title, startAt, endAt } of absences) {
    calendar.createEvent({
      id: `absence-${absenceId}-${startAt.getTime()}@rdv-territoires`,
      stamp,
      start: startAt,
      end: endAt,
      summary: title === '' ? 'Absence' : `Absence\u00a0: ${title}`,
    })
  }
}
