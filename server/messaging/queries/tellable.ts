import { sql, type SQL } from 'drizzle-orm'
import { listRecipients, type RdvRecipient } from '@/server/booking/queries/recipients'
import { isShownSql } from '@/server/booking/queries/shown'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { DECISIVE, type Known, type Said } from '../rules/telling'

/** One person of an RDV: what they know of it, what it is, and how to reach them. `version`: how many times they were told. `cancelledBy`: the participation whose person cancelled it, by their link. */
export type Tellable = RdvRecipient &
  Said & { territoryId: number; version: number; current: Known; cancelledBy: number | null }

type Row = {
  participationId: number
  territoryId: number
  rdv_status: Status
  status: Status
  start_ms: number
  end_ms: number
  lieu_id: number | null
  title: string | null
  agent_ids: number[] | null
  said: KnownRow | null
  before: KnownRow | null
  isUnheard: boolean
  isUntold: boolean
  version: number
  cancelledBy: number | null
}
type KnownRow = Omit<Known, 'startsAt' | 'endsAt'> & { start_ms: number; end_ms: number }

function knownOf(row: KnownRow | null): Known | null {
  if (!row) return null
  const { start_ms, end_ms, ...known } = row
  return { ...known, startsAt: new Date(start_ms), endsAt: new Date(end_ms) }
}

/** What the telling `t` holds, under these columns; null when it holds none. */
const knownSql = (prefix: '' | 'before_') => {
  const column = (name: string) => sql.raw(`t.${prefix}${name}`)
  return sql`case when ${column('is_on')} is not null then json_build_object('isOn', ${column('is_on')}, 'lieuId', ${column('lieu_id')},
    'title', ${column('title')}, 'agentIds', ${column('agent_ids')},
    'start_ms', extract(epoch from ${column('starts_at')}) * 1000, 'end_ms', extract(epoch from ${column('ends_at')}) * 1000) end`
}
/** The messages that tell what the telling `t` holds, of which `which` is so. */
const tellingOf = (which: SQL) => sql`exists (select from messages w
  where w.participation_id = t.told_by and w.version = t.told_by_version and w.reminder_id is null and ${which})`
/** Whether nobody has heard what the telling `t` holds: it waits to leave, or was dropped. */
export const isUnheardSql = sql`(${tellingOf(sql`true`)} and not ${tellingOf(sql`w.state in ('sending', 'sent', 'uncertain', 'failed')`)})`
/** Whether it is on its way: a message of it waits or is being given to its gateway, and none has left, nor failed for good. */
export const isOnItsWaySql = sql`(${tellingOf(sql`w.state in ('waiting', 'sending')`)} and not ${tellingOf(sql`w.state in ('sent', 'uncertain', 'failed')`)})`
/** Whether none of them is known to have arrived, nor is on its way, and nobody has said that they told its person otherwise. */
const isUntoldSql = sql`(${tellingOf(sql`w.state in ('failed', 'uncertain') and w.told_otherwise_at is null`)}
  and not ${tellingOf(sql`w.state in ('waiting', 'sending', 'sent')`)})`

const DECISIVE_COLUMN = { startsAt: 'starts_at', endsAt: 'ends_at', lieuId: 'lieu_id' } as const satisfies Record<
  (typeof DECISIVE)[number],
  string
>
/** Whether what the telling `t` holds is a title or an agent alone: see `areWordsAlone`. */
export const areWordsAloneSql = sql`(${sql.join(
  [
    sql`t.is_on and t.before_is_on is true`,
    ...DECISIVE.map((what) => {
      const column = DECISIVE_COLUMN[what]
      return sql`${sql.raw(`t.${column}`)} is not distinct from ${sql.raw(`t.before_${column}`)}`
    }),
  ],
  sql` and `,
)})`

/** Whether what the telling `t` holds goes by a message later than `m`: its person was told something since. */
export const isToldSinceSql = tellingOf(sql`w.id > m.id`)

/** Older facts were told long ago: it keeps to a month or two of the ledger. */
const LATELY = sql`interval '7 days'`
/** Of whose doing the participation `p` is cancelled: its own person's, or whoever cancelled the whole RDV by their link; null when a status was set since. */
const cancelledBySql = ({ now }: ReadCtx) => sql`(select (e.payload ->> 'participationId')::float8 from events e
  where e.subject_kind = 'rdv' and e.subject_id = p.rdv_id and e.occurred_at > ${instantSql(now)} - ${LATELY} and e.kind = 'rdv.cancelled'
    and ((e.payload ->> 'participationId')::bigint = p.id or not (e.payload ->> 'participationOnly')::boolean)
    and not exists (select from events l
      where l.subject_kind = 'rdv' and l.subject_id = p.rdv_id and l.occurred_at >= e.occurred_at and l.id > e.id and l.kind = 'rdv.status-set')
  order by e.id desc limit 1)`

/** What messages say of `r`, of the motif `m`, besides when and where: see `Known`. */
const SAID_TITLE = sql`case when r.is_collective and not m.is_confidential then coalesce(r.title, '') end`
const SAID_AGENTS = sql`case when m.is_follow_up and not m.is_confidential then
  (select coalesce(json_agg(part.agent_id order by part.agent_id), '[]') from agent_times part where part.rdv_id = r.id) end`

/** Those to be notified of these RDVs, in the order they came; nobody of one that is gone. */
export async function listTellable(read: ReadCtx, rdvIds: readonly number[]): Promise<Tellable[]> {
  const [rows, recipients] = await Promise.all([
    read.db.execute<Row>(sql`
      select p.id::float8 as "participationId", r.territory_id::float8 as "territoryId", r.status as rdv_status, p.status, r.lieu_id::float8 as lieu_id,
             ${SAID_TITLE} as title, ${SAID_AGENTS} as agent_ids,
             extract(epoch from r.starts_at)::float8 * 1000 as start_ms, extract(epoch from r.ends_at)::float8 * 1000 as end_ms,
             ${knownSql('')} as said, ${knownSql('before_')} as before, coalesce(t.version, 0) as version,
             ${isUnheardSql} as "isUnheard", ${isUntoldSql} as "isUntold", ${cancelledBySql(read)} as "cancelledBy"
      from participations p
      join rdvs r on r.id = p.rdv_id
      join motifs m on m.id = r.motif_id
      left join tellings t on t.participation_id = p.id
      where p.rdv_id = any(${idsSql(rdvIds)}) and p.notifies_lifecycle and ${isShownSql}`),
    listRecipients(read, rdvIds),
  ])
  const rowOf = new Map(rows.map((row) => [row.participationId, row]))
  return recipients.flatMap((recipient) => {
    const row = rowOf.get(recipient.participationId)
    if (!row) return []
    const at = (ms: number) => new Date(ms)
    return {
      ...recipient,
      ...{ territoryId: row.territoryId, version: row.version, cancelledBy: row.cancelledBy },
      ...{ isUnheard: row.isUnheard, isUntold: row.isUntold },
      ...{ said: knownOf(row.said), before: knownOf(row.before) },
      current: {
        isOn: !isCancelled(row.rdv_status) && !isCancelled(row.status),
        startsAt: at(row.start_ms),
        endsAt: at(row.end_ms),
        lieuId: row.lieu_id,
        title: row.title,
        agentIds: row.agent_ids,
      },
    }
  })
}
