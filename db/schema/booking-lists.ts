import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { agents } from './access'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Filters of the list of RDVs an agent named, as the address of the list says them. No name of a person is kept in them. */
export const savedFilters = pgTable(
  'saved_filters',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    query: jsonb().$type<Record<string, string>>().notNull(),
    isDefault: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('saved_filters_name_unique').on(t.agentId, sql`lower(${t.name})`),
    uniqueIndex('saved_filters_one_default')
      .on(t.agentId)
      .where(sql`is_default`),
  ],
)

export const EXPORT_FORMATS = ['csv', 'xlsx', 'pdf', 'pdf-large'] as const
export const EXPORT_STATES = ['waiting', 'running', 'done', 'failed'] as const
export const EXPORT_FAILURES = ['too-many', 'interrupted', 'no-longer', 'nobody'] as const

/** A list of RDVs being written to a file, for the agent who asked. The file goes after a day. */
export const exports = pgTable(
  'exports',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    format: text({ enum: EXPORT_FORMATS }).notNull(),
    /** What was asked, as `rdvListSchema` reads it. */
    filter: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: EXPORT_STATES }).notNull().default('waiting'),
    failure: text({ enum: EXPORT_FAILURES }),
    /** How often a worker began it: killed too often, it is given up. */
    attempts: smallint().notNull().default(0),
    doneCount: integer().notNull().default(0),
    totalCount: integer(),
    /** The RDVs of the file: all still open to its author, or it is not handed over. */
    rdvIds: bigint({ mode: 'number' }).array(),
    content: bytes(),
    /** Of its last progress. */
    touchedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('exports_agent').on(t.agentId, t.createdAt),
    index('exports_expiry').on(t.expiresAt),
    check('exports_format', isOneOf('format', EXPORT_FORMATS)),
    check('exports_state', isOneOf('state', EXPORT_STATES)),
    check('exports_failure', isOneOf('failure', EXPORT_FAILURES)),
    check('exports_failure_said', sql`(${t.failure} is not null) = (${t.state} = 'failed')`),
    check(
      'exports_content',
      sql`(${t.content} is not null) = (${t.state} = 'done') and (${t.rdvIds} is not null) = (${t.state} = 'done')`,
    ),
  ],
)
