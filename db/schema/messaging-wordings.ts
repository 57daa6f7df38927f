import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id, isOneOf, ref } from '../columns'
import { motifs, territories } from './directory'
import { ARRIVAL_NEWS, MESSAGE_CHANNELS, MESSAGE_NEWS, PLANNING_NEWS, RDV_AGENT_NEWS, WAITLIST_NEWS } from './messaging'

const AUDIENCES = ['usager', 'agent'] as const
/** Several dates told of together have words of their own. */
const USAGER_EVENTS = [...MESSAGE_NEWS, ...WAITLIST_NEWS, 'series'] as const

/** What a territory, or one of its motifs, says instead of the standard words (docs/decisions/0029). */
export const messageWordings = pgTable(
  'message_wordings',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    /** Null: of the whole territory. */
    motifId: ref(),
    audience: text({ enum: AUDIENCES }).notNull(),
    news: text().notNull(),
    channel: text({ enum: MESSAGE_CHANNELS }).notNull(),
    subject: text(),
    body: text().notNull(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    unique('message_wordings_once').on(t.territoryId, t.motifId, t.audience, t.news, t.channel).nullsNotDistinct(),
    foreignKey({
      name: 'message_wordings_motif_wall',
      columns: [t.territoryId, t.motifId],
      foreignColumns: [motifs.territoryId, motifs.id],
    }).onDelete('cascade'),
    check('message_wordings_audience', isOneOf('audience', AUDIENCES)),
    check('message_wordings_channel', isOneOf('channel', MESSAGE_CHANNELS)),
    check(
      'message_wordings_event',
      sql.raw(
        `case audience when 'agent' then channel = 'mail' and (${isIn([...RDV_AGENT_NEWS, ...ARRIVAL_NEWS])} or motif_id is null and ${isIn(PLANNING_NEWS)}) else ${isIn(USAGER_EVENTS)} end`,
      ),
    ),
    check('message_wordings_subject', sql`(${t.subject} is not null) = (${t.channel} = 'mail')`),
    check('message_wordings_said', sql`${t.subject} <> '' and ${t.body} <> '' and length(${t.body}) <= 2000`),
  ],
)

function isIn(events: readonly string[]): string {
  return `news in (${events.map((event) => `'${event}'`).join(', ')})`
}
