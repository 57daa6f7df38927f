import { sql, type SQL } from 'drizzle-orm'
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalEventData,
} from 'ical-generator'
import type { ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { senderAddress, type MailCalendar } from '@/server/platform/mail'
import { instantSql } from '@/server/platform/sql'
import { nameOf } from '@/server/platform/tokens'
import { calendarName } from '../rules/calendar-names'

/** RDVs placed together at most. */
const MAX_TOGETHER = 200

/** An RDV as the calendar of one of its agents holds it. */
export type AgentEvent = {
  id: number
  sequence: number
  start_ms: number
  end_ms: number
  stamp_ms: number
  is_off: boolean
  /** What it is for, and where; null and empty when it is not to be written outside. */
  motif: string | null
  place: string
}

/**
 * `rdvs`, with `m` its motif, `l` its lieu, for this agent: nobody's name, and neither motif nor place when it is
 * confidential, or of an organisation they have left. What one still holds there is a time taken, no more.
 */
export const agentEventSql = (agentId: SQL): SQL => {
  const isMasked = sql`(m.is_confidential or not exists (
    select from agent_roles place where place.agent_id = ${agentId} and place.organisation_id = rdvs.organisation_id))`
  return sql`
    rdvs.id::float8 as id, rdvs.sequence, extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
    extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, extract(epoch from rdvs.updated_at)::float8 * 1000 as stamp_ms,
    rdvs.status in ('excused', 'revoked') as is_off,
    case when ${isMasked} then null when rdvs.is_collective then coalesce(rdvs.title, m.name) else m.name end as motif,
    case when ${isMasked} then '' else concat_ws(', ', l.name, l.address) end as place`
}

/** The same everywhere: its UID, its sequence. Its uuid is the address of a video room. */
export const agentEventOf = (row: AgentEvent) =>
  ({
    id: `rdv-${nameOf('feed', row.id)}@rdv-territoires`,
    sequence: row.sequence,
    stamp: new Date(row.stamp_ms),
    start: new Date(row.start_ms),
    end: new Date(row.end_ms),
    summary: row.motif ?? 'RDV',
    status: row.is_off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    url: `${env().APP_URL}/agent/rdvs/${row.id}`,
    ...(row.place !== '' && { location: row.place }),
  }) satisfies ICalEventData

/** As they knew an RDV that is cancelled, or theirs no more. */
type Was = { startsAt: Date; durationMin: number }
export type ToldEvent = { kind: 'invited' | 'series'; was: null } | { kind: 'cancelled' | 'removed'; was: Was }

type Row = AgentEvent & {
  organisation: string
  agents: { name: string; email: string }[]
  knows_all: boolean
}

/**
 * What the mail reader of an agent puts into their calendar, or takes away, by the UID and the sequence of the RDV. With
 * all its agents, who have nothing to answer; « RDV » and what it is for, never whom. RDVs placed together, told of at once,
 * are a file to import: a mail invites to one (RFC 5546). Null when it is gone.
 */
export async function findAgentInvitation(
  { db, now }: ReadCtx,
  { rdvId, agentId, to }: { rdvId: number; agentId: number; to: string },
  told: ToldEvent,
): Promise<MailCalendar | null> {
  const me = sql`${agentId}::bigint`
  const others = sql`or (rdvs.series_id = (select series_id from rdvs where id = ${rdvId}) and rdvs.id > ${rdvId}
    and rdvs.status = 'unknown' and rdvs.starts_at > ${instantSql(now)}
    and exists (select from agent_times t where t.rdv_id = rdvs.id and t.agent_id = ${me}))`
  const rows = await db.execute<Row>(sql`
    select ${agentEventSql(me)}, o.name as organisation,
           exists (select from agent_roles r where r.agent_id = ${me} and r.organisation_id = o.id) as knows_all,
           (select coalesce(json_agg(json_build_object('name', concat_ws(' ', a.first_name, a.last_name), 'email', a.email)
                     order by a.id), '[]')
              from agent_times t join agents a on a.id = t.agent_id
             where t.rdv_id = rdvs.id and a.email is not null and a.deleted_at is null) as agents
    from rdvs
    join motifs m on m.id = rdvs.motif_id
    join organisations o on o.id = rdvs.organisation_id
    left join lieux l on l.id = rdvs.lieu_id
    where rdvs.id = ${rdvId} ${told.kind === 'series' ? others : sql``}
    order by rdvs.id limit ${MAX_TOGETHER}`)
  if (rows.length === 0) return null
  const isFile = told.kind === 'series'
  const method = isFile ? ICalCalendarMethod.PUBLISH : told.was ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  const calendar = ical({ prodId: { company: 'RDV Territoires', product: 'agenda', language: 'FR' } })
  calendar.method(method)
  for (const row of rows) {
    const isKnown = row.knows_all && told.kind !== 'removed'
    calendar.createEvent({
      ...agentEventOf(row),
      summary: isKnown && row.motif !== null ? `RDV ${row.motif}` : 'RDV',
      ...(told.was && asTheyKnewIt(told.was)),
      ...(!isKnown && { url: null }),
      ...(!isFile && invited(row, to, isKnown)),
    })
  }
  return { method, text: calendar.toString() }
}

const asTheyKnewIt = ({ startsAt, durationMin }: Was) => ({
  status: ICalEventStatus.CANCELLED,
  start: startsAt,
  end: new Date(startsAt.getTime() + durationMin * 60_000),
})

const named = ({ name, email }: Row['agents'][number]) => ({ name: calendarName(name), email })

/** Whoever the mail is to, and those who hold it with them; of an RDV that is theirs no more, or not to know, nobody else. */
function invited({ organisation, agents }: Row, to: string, isKnown: boolean) {
  const colleagues = isKnown ? agents.filter(({ email }) => email !== to) : []
  const answered = { rsvp: false, status: ICalAttendeeStatus.ACCEPTED, role: ICalAttendeeRole.REQ }
  return {
    organizer: { name: isKnown ? calendarName(organisation) : 'RDV Territoires', email: senderAddress() },
    attendees: [{ email: to }, ...colleagues.map(named)].map((one) => ({ ...one, ...answered })),
  }
}
