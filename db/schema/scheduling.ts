import { sql, type SQL } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { civilDay, createdAt, dayMinute, id, isOneOf, ref } from '../columns'
import { agents } from './access'
import { lieux, motifs, organisations } from './directory'

/** Plage d'ouverture: when an agent receives, at one lieu or none, for some motifs. Wall-clock time of the territory. */
export const openings = pgTable(
  'openings',
  {
    id: id(),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    lieuId: ref(),
    title: text().notNull(),
    firstDay: civilDay().notNull(),
    startMin: dayMinute().notNull(),
    endMin: dayMinute().notNull(),
    rrule: text(),
    /** Last day an occurrence may fall on, derived from the rule; null when endless. */
    lastDay: civilDay(),
    onHolidays: boolean().notNull().default(false),
    /** Grows at each change: two people who have it before their eyes do not overwrite each other. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    unique('openings_wall').on(t.territoryId, t.id),
    index('openings_agent').on(t.agentId, t.lastDay),
    index('openings_lieu').on(t.lieuId),
    foreignKey({
      name: 'openings_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'openings_lieu_wall',
      columns: [t.territoryId, t.lieuId],
      foreignColumns: [lieux.territoryId, lieux.id],
    }).onDelete('restrict'),
    check('openings_end_after_start', sql`${t.startMin} >= 0 and ${t.endMin} > ${t.startMin} and ${t.endMin} <= 1440`),
    check('openings_last_day_after_first', sql`${t.lastDay} >= ${t.firstDay}`),
  ],
)

export const openingMotifs = pgTable(
  'opening_motifs',
  { territoryId: ref().notNull(), openingId: ref().notNull(), motifId: ref().notNull(), createdAt: createdAt() },
  (t) => [
    primaryKey({ columns: [t.openingId, t.motifId] }),
    index('opening_motifs_motif').on(t.motifId, t.openingId),
    foreignKey({
      name: 'opening_motifs_opening_wall',
      columns: [t.territoryId, t.openingId],
      foreignColumns: [openings.territoryId, openings.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'opening_motifs_motif_wall',
      columns: [t.territoryId, t.motifId],
      foreignColumns: [motifs.territoryId, motifs.id],
    }).onDelete('cascade'),
  ],
)

const exceptionColumns = {
  onDay: civilDay().notNull(),
  kind: text({ enum: ['cancelled', 'moved'] }).notNull(),
  toDay: civilDay(),
  startMin: dayMinute(),
  endMin: dayMinute(),
  createdAt: createdAt(),
}
const wholeWhen = (hours: SQL) => sql`case kind
  when 'cancelled' then num_nonnulls(to_day, start_min, end_min) = 0
  when 'moved' then num_nonnulls(to_day, start_min, end_min) = 3 and ${hours}
  else false end`

/** One occurrence cancelled (EXDATE) or moved (RECURRENCE-ID). */
export const openingExceptions = pgTable(
  'opening_exceptions',
  {
    openingId: ref()
      .notNull()
      .references(() => openings.id, { onDelete: 'cascade' }),
    ...exceptionColumns,
  },
  (t) => [
    primaryKey({ columns: [t.openingId, t.onDay] }),
    check('opening_exceptions_whole', wholeWhen(sql`start_min >= 0 and end_min > start_min and end_min <= 1440`)),
  ],
)

/** Absence of an agent, everywhere: no organisation, its own time zone. One occurrence may last several days. */
export const absences = pgTable(
  'absences',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    zone: text().notNull(),
    title: text().notNull(),
    kind: text({ enum: ['leave', 'training', 'meeting', 'other'] })
      .notNull()
      .default('other'),
    /** Null: that of its kind. */
    color: text(),
    firstDay: civilDay().notNull(),
    startMin: dayMinute().notNull(),
    lastDay: civilDay().notNull(),
    endMin: dayMinute().notNull(),
    rrule: text(),
    /** Last day an occurrence may end on, derived; null when it repeats for ever. */
    endsOn: civilDay(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    index('absences_agent').on(t.agentId, t.endsOn),
    check('absences_kind', isOneOf('kind', ['leave', 'training', 'meeting', 'other'])),
    check('absences_color_hex', sql`${t.color} ~ '^#[0-9a-f]{6}$'`),
    check('absences_minutes', sql`${t.startMin} between 0 and 1440 and ${t.endMin} between 0 and 1440`),
    check('absences_end_after_start', sql`(${t.lastDay}, ${t.endMin}) > (${t.firstDay}, ${t.startMin})`),
  ],
)

export const absenceExceptions = pgTable(
  'absence_exceptions',
  {
    absenceId: ref()
      .notNull()
      .references(() => absences.id, { onDelete: 'cascade' }),
    ...exceptionColumns,
  },
  (t) => [
    primaryKey({ columns: [t.absenceId, t.onDay] }),
    // It lasts as many days as its absence: one begun in the evening ends at an earlier hour.
    check('absence_exceptions_whole', wholeWhen(sql`start_min between 0 and 1440 and end_min between 0 and 1440`)),
  ],
)
