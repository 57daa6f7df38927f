import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, smallint, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { agents } from './access'
import { participations, rdvs } from './booking'
import { lieux, motifs } from './directory'
import { usagers } from './people'

/**
 * How a wait ended: they left it; an offer was accepted, or they booked by themselves; three offers went by; the RDV that
 * was to be brought forward is over, or gone.
 */
export const WAITLIST_ENDS = ['left', 'served', 'exhausted', 'over'] as const
/**
 * Of an offer: open, or how it was settled. Accepted or declined by the person; its time ran out; an agent took the
 * slot, knowingly; somebody else was faster; it reached nobody; there was nothing left to offer.
 */
export const OFFER_STATES = [
  'open',
  'accepted',
  'declined',
  'expired',
  'taken',
  'lost',
  'unreached',
  'withdrawn',
] as const
/** As many as a person is made in one wait: the same number stands in server/booking/rules/waitlist.ts. */
const MAX_OFFERS = 3

/** Who waits for an earlier slot than the RDV they have, or for any when they have none (file d'attente). */
export const waitlistEntries = pgTable(
  'waitlist_entries',
  {
    id: id(),
    territoryId: ref().notNull(),
    motifId: ref().notNull(),
    /** Null: by phone, at home, by video. */
    lieuId: ref(),
    usagerId: ref().notNull(),
    /** The RDV to bring forward, and whose part in it; null for who has none. */
    rdvId: ref(),
    participationId: ref(),
    /** As typed by who has no RDV, as a booking keeps it; null: the contact of their participation, or their file. */
    contactPhone: text(),
    contactEmail: text(),
    /** Asked by who holds that number. */
    stopsSms: boolean().notNull().default(false),
    homeAddress: text(),
    /** Offers that counted: one that somebody else was faster to take does not. */
    offerCount: smallint().notNull().default(0),
    /** Starts they could have moved to when they began to wait: they are offered others. */
    knownStarts: instant()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Proves that they may see and leave it; hashed at rest. */
    tokenHash: text(),
    endedAt: instant(),
    endedBy: text({ enum: WAITLIST_ENDS }),
    createdAt: createdAt(),
  },
  (t) => [
    unique('waitlist_entries_wall').on(t.territoryId, t.id),
    unique('waitlist_entries_token_unique').on(t.tokenHash),
    uniqueIndex('waitlist_entries_once_per_rdv')
      .on(t.rdvId)
      .where(sql`ended_at is null and rdv_id is not null`),
    uniqueIndex('waitlist_entries_once')
      .on(
        ...([t.usagerId, t.motifId, sql`coalesce(lieu_id, 0)`, sql`coalesce(contact_phone, '')`] as const),
        sql`coalesce(contact_email, '')`,
      )
      .where(sql`ended_at is null and rdv_id is null`),
    index('waitlist_entries_contact_phone')
      .on(t.contactPhone)
      .where(sql`ended_at is null and contact_phone is not null`),
    index('waitlist_entries_waiting')
      .on(t.territoryId, t.motifId, t.lieuId)
      .where(sql`ended_at is null`),
    index('waitlist_entries_usager').on(t.usagerId),
    index('waitlist_entries_rdv').on(t.rdvId),
    foreignKey({
      name: 'waitlist_entries_motif_wall',
      columns: [t.territoryId, t.motifId],
      foreignColumns: [motifs.territoryId, motifs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waitlist_entries_lieu_wall',
      columns: [t.territoryId, t.lieuId],
      foreignColumns: [lieux.territoryId, lieux.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waitlist_entries_usager_wall',
      columns: [t.territoryId, t.usagerId],
      foreignColumns: [usagers.territoryId, usagers.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waitlist_entries_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'waitlist_entries_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
    check('waitlist_entries_participation', sql`(${t.rdvId} is null) = (${t.participationId} is null)`),
    check('waitlist_entries_offers', sql`${t.offerCount} between 0 and ${sql.raw(String(MAX_OFFERS))}`),
    check('waitlist_entries_ended_by', isOneOf('ended_by', WAITLIST_ENDS)),
    check('waitlist_entries_ended', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
)

/** A slot offered to one person who waits: held for them, or, too near to be held, to whoever answers first. */
export const waitlistOffers = pgTable(
  'waitlist_offers',
  {
    id: id(),
    territoryId: ref().notNull(),
    entryId: ref().notNull(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    isHeld: boolean().notNull(),
    /** When it goes to somebody else. */
    untilAt: instant().notNull(),
    state: text({ enum: OFFER_STATES }).notNull().default('open'),
    settledAt: instant(),
    tokenHash: text(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('waitlist_offers_wall').on(t.territoryId, t.id),
    unique('waitlist_offers_token_unique').on(t.tokenHash),
    uniqueIndex('waitlist_offers_one_open')
      .on(t.entryId)
      .where(sql`state = 'open'`),
    index('waitlist_offers_until')
      .on(t.untilAt)
      .where(sql`state = 'open'`),
    index('waitlist_offers_entry').on(t.entryId, t.startsAt),
    foreignKey({
      name: 'waitlist_offers_entry_wall',
      columns: [t.territoryId, t.entryId],
      foreignColumns: [waitlistEntries.territoryId, waitlistEntries.id],
    }).onDelete('cascade'),
    check('waitlist_offers_state', isOneOf('state', OFFER_STATES)),
    check('waitlist_offers_settled', sql`(${t.settledAt} is null) = (${t.state} = 'open')`),
    check('waitlist_offers_end_after_start', sql`${t.endsAt} > ${t.startsAt}`),
    check('waitlist_offers_before_start', sql`${t.untilAt} <= ${t.startsAt}`),
  ],
)
