import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, minuteCeil, minuteFloor, range, ref } from '../columns'
import { agents } from './access'
import { lieux, motifs, organisations, territories } from './directory'
import { usagers } from './people'

export const STATUSES = ['unknown', 'seen', 'excused', 'revoked', 'noshow'] as const
export const AUTHOR_KINDS = ['agent', 'usager', 'prescripteur', 'system'] as const

export const rdvs = pgTable(
  'rdvs',
  {
    id: id(),
    uuid: uuid().notNull().defaultRandom(),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    motifId: ref().notNull(),
    lieuId: ref(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    status: text({ enum: STATUSES }).notNull().default('unknown'),
    /** Whether it takes its agents' time. A noshow does: the agent waited. */
    occupies: boolean()
      .notNull()
      .generatedAlwaysAs(sql`status in ('unknown', 'seen', 'noshow')`),
    isCollective: boolean().notNull().default(false),
    title: text(),
    /** Places of a collective RDV; null = no limit. */
    maxSeats: smallint(),
    /** Participations that take a seat: kept by a trigger for collective RDVs. */
    seatsTaken: integer().notNull().default(0),
    /** An agent knowingly let more people in than there are seats. */
    isOverbooked: boolean().notNull().default(false),
    /** Where the agent goes, for a motif at home. */
    homeAddress: text(),
    context: text(),
    /** What was placed with it, on other dates: each RDV of one series bears the same. */
    seriesId: uuid(),
    /** Whether the person sees it, chosen for this RDV; null: as its motif says. */
    showsToUsager: boolean(),
    cancelledAt: instant(),
    authorKind: text({ enum: AUTHOR_KINDS }).notNull(),
    authorId: ref(),
    /** Grows with each change people are told of (iCalendar SEQUENCE). */
    sequence: integer().notNull().default(0),
    updatedAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('rdvs_uuid_unique').on(t.uuid),
    unique('rdvs_wall').on(t.territoryId, t.id),
    unique('rdvs_time').on(t.id, t.startsAt, t.endsAt, t.occupies),
    index('rdvs_organisation_start').on(t.organisationId, t.startsAt),
    index('rdvs_motif_start').on(t.motifId, t.startsAt),
    index('rdvs_lieu_start').on(t.lieuId, t.startsAt),
    index('rdvs_series')
      .on(t.seriesId, t.startsAt)
      .where(sql`series_id is not null`),
    foreignKey({
      name: 'rdvs_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'rdvs_motif_wall',
      columns: [t.territoryId, t.motifId],
      foreignColumns: [motifs.territoryId, motifs.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'rdvs_lieu_wall',
      columns: [t.territoryId, t.lieuId],
      foreignColumns: [lieux.territoryId, lieux.id],
    }).onDelete('restrict'),
    check(
      'rdvs_end_after_start',
      sql`${t.endsAt} > ${t.startsAt} and ${t.endsAt} <= ${t.startsAt} + interval '24 hours'`,
    ),
    check('rdvs_status', isOneOf('status', STATUSES)),
    check('rdvs_author_kind', isOneOf('author_kind', AUTHOR_KINDS)),
    check('rdvs_collective_status', sql`not ${t.isCollective} or ${t.status} in ('unknown', 'seen', 'revoked')`),
    check('rdvs_cancelled_at', sql`(${t.cancelledAt} is not null) = (${t.status} in ('excused', 'revoked'))`),
    check('rdvs_seats_positive', sql`${t.maxSeats} > 0`),
    check('rdvs_seats_taken', sql`${t.seatsTaken} >= 0`),
    check('rdvs_seats_left', sql`${t.isOverbooked} or ${t.maxSeats} is null or ${t.seatsTaken} <= ${t.maxSeats}`),
  ],
)

/**
 * The time an agent is taken: their part in an RDV, or a hold. The exclusion constraint
 * `agent_times_no_double_booking` (hand-written in the migration) is the last word on double booking.
 */
export const agentTimes = pgTable(
  'agent_times',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    kind: text({ enum: ['rdv', 'hold'] }).notNull(),
    rdvId: ref(),
    /** Of a hold: the offer of the waitlist it keeps the time for (its foreign key is hand-written in the migration). */
    offerId: ref(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    occupies: boolean().notNull(),
    /** False when an agent acknowledged an overlap. */
    exclusive: boolean().notNull().default(true),
    during: range()
      .notNull()
      .generatedAlwaysAs(sql`tstzrange(starts_at, ends_at)`),
    startsMin: integer().notNull().generatedAlwaysAs(minuteFloor('starts_at')),
    endsMin: integer().notNull().generatedAlwaysAs(minuteCeil('ends_at')),
    createdAt: createdAt(),
  },
  (t) => [
    unique('agent_times_once_per_rdv').on(t.rdvId, t.agentId),
    unique('agent_times_once_per_offer').on(t.offerId),
    // Slot search reads busy time by this index alone; rows live at most 24 h, so a start bounds them.
    index('agent_times_busy')
      .on(t.agentId, t.startsMin, t.endsMin)
      .where(sql`occupies`),
    index('agent_times_agent_start').on(t.agentId, t.startsAt),
    foreignKey({
      name: 'agent_times_follow_rdv',
      columns: [t.rdvId, t.startsAt, t.endsAt, t.occupies],
      foreignColumns: [rdvs.id, rdvs.startsAt, rdvs.endsAt, rdvs.occupies],
    })
      .onUpdate('cascade')
      .onDelete('cascade'),
    check('agent_times_kind', sql`(kind = 'rdv') = (rdv_id is not null) and kind in ('rdv', 'hold')`),
    check('agent_times_offer', sql`offer_id is null or kind = 'hold'`),
    check(
      'agent_times_end_after_start',
      sql`${t.endsAt} > ${t.startsAt} and ${t.endsAt} <= ${t.startsAt} + interval '24 hours'`,
    ),
  ],
)

export const participations = pgTable(
  'participations',
  {
    id: id(),
    territoryId: ref().notNull(),
    rdvId: ref().notNull(),
    usagerId: ref().notNull(),
    status: text({ enum: STATUSES }).notNull().default('unknown'),
    /** Grows when they leave or come back: added to the RDV's own, it orders what their calendar is told. */
    sequence: integer().notNull().default(0),
    notifiesLifecycle: boolean().notNull(),
    notifiesReminder: boolean().notNull(),
    authorKind: text({ enum: AUTHOR_KINDS }).notNull(),
    authorId: ref(),
    /** The draft it was booked from: sent twice, it books once. */
    bookingKey: uuid(),
    /** As typed for this booking: messages about it go there, never to what an older file holds. */
    contactPhone: text(),
    contactEmail: text(),
    /** Asked, for this RDV alone, by who holds its link or what was typed for it: their file is not theirs to change. */
    stopsMail: boolean().notNull().default(false),
    stopsSms: boolean().notNull().default(false),
    /** When they came into the waiting room; counts on the day of the RDV alone. */
    arrivedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('participations_booking_key_unique').on(t.bookingKey),
    unique('participations_once_per_rdv').on(t.rdvId, t.usagerId),
    unique('participations_of_rdv').on(t.rdvId, t.id),
    index('participations_usager').on(t.usagerId),
    index('participations_contact_phone')
      .on(t.contactPhone)
      .where(sql`contact_phone is not null`),
    foreignKey({
      name: 'participations_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'participations_usager_wall',
      columns: [t.territoryId, t.usagerId],
      foreignColumns: [usagers.territoryId, usagers.id],
    }).onDelete('restrict'),
    check('participations_status', isOneOf('status', STATUSES)),
    check('participations_author_kind', isOneOf('author_kind', AUTHOR_KINDS)),
  ],
)

/** Signed links to one RDV, for one participation. Hashed at rest; a newer link kills an older one only when a place given up is taken anew. */
export const rdvLinks = pgTable(
  'rdv_links',
  {
    id: id(),
    rdvId: ref().notNull(),
    participationId: ref().notNull(),
    tokenHash: text(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('rdv_links_token_unique').on(t.tokenHash),
    index('rdv_links_participation').on(t.participationId),
    foreignKey({
      name: 'rdv_links_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
  ],
)

/** A tunnel not yet confirmed: the coordinates as typed, for one hour. Its id is the booking key. */
export const bookingDrafts = pgTable(
  'booking_drafts',
  {
    id: uuid().primaryKey().defaultRandom(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'cascade' }),
    answers: jsonb().$type<Record<string, string>>().notNull(),
    errors: jsonb().$type<Record<string, string>>().notNull().default({}),
    rdvId: ref(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('booking_drafts_expiry').on(t.expiresAt),
    index('booking_drafts_rdv').on(t.rdvId),
    // « set null (rdv_id) » is hand-written in the migration: Drizzle would empty the territory too.
    foreignKey({
      name: 'booking_drafts_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('set null'),
  ],
)

/** The secret address of an agent's own calendar, for their other applications. Hashed at rest; renewed, the old one is gone. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    tokenHash: text().notNull(),
    includesOpenings: boolean().notNull(),
    includesAbsences: boolean().notNull(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('calendar_feeds_token_unique').on(t.tokenHash),
    uniqueIndex('calendar_feeds_one_live')
      .on(t.agentId)
      .where(sql`revoked_at is null`),
  ],
)
