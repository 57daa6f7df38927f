import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { civilDay, createdAt, id, instant, isOneOf, ref } from '../columns'
import { agents } from './access'
import { participations, rdvs } from './booking'
import { waitlistEntries, waitlistOffers } from './booking-waitlist'
import { SMS_GATEWAY_KINDS, smsGateways } from './directory-sms'

export const MESSAGE_NEWS = ['created', 'moved', 'cancelled', 'reminder'] as const
/** What is told to who waits for a slot. */
export const WAITLIST_NEWS = ['waiting', 'offer'] as const
const AGENT_ALONE_NEWS = ['placed', 'added', 'removed', 'people'] as const
/** What agents are told of their RDVs, and of their planning (docs/decisions/0026). */
export const RDV_AGENT_NEWS = ['moved', 'cancelled', ...AGENT_ALONE_NEWS] as const
/** Somebody is in the waiting room, for one of their RDVs. */
export const ARRIVAL_NEWS = ['arrived'] as const
export const PLANNING_NEWS = [
  ...(['opening-created', 'opening-changed', 'opening-deleted'] as const),
  ...(['absence-created', 'absence-changed', 'absence-deleted'] as const),
  'openings-closed',
] as const
/** A file they asked for is ready. */
export const EXPORT_NEWS = ['export'] as const
/** The day of an agent. */
export const DIGEST_NEWS = ['digest'] as const
const ALL_NEWS = [
  ...[...MESSAGE_NEWS, ...WAITLIST_NEWS, ...AGENT_ALONE_NEWS, ...ARRIVAL_NEWS],
  ...[...PLANNING_NEWS, ...DIGEST_NEWS, ...EXPORT_NEWS],
] as const
export const MESSAGE_CHANNELS = ['mail', 'sms'] as const
/** `sending` is written before the gateway is asked: found again, it says that nobody knows whether the message left. */
export const MESSAGE_STATES = ['waiting', 'sending', 'sent', 'dropped', 'failed', 'uncertain'] as const
/** Why one was dropped, or failed. */
/** `undelivered`: its gateway had taken it, and said afterwards that it reached nobody. */
/** `no-contact`: neither a mobile nor an address to write to, or none they wish to be written to. */
const FAILURES = [
  ...(['too-late', 'obsolete', 'muted', 'refused', 'no-gateway', 'gave-up', 'undelivered'] as const),
  'no-contact',
] as const
export const MESSAGE_FAILURES = FAILURES

/** What a person was last told of their RDV: what differs from it is news (docs/decisions/0022). */
export const tellings = pgTable(
  'tellings',
  {
    participationId: ref().primaryKey(),
    rdvId: ref().notNull(),
    /** Told that it stands, or that it was cancelled. */
    isOn: boolean().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    /** As it was then: the lieu may be gone. */
    lieuId: ref(),
    /** Of a session, '' when it had none; null where messages say none, or nobody knows what was said. */
    title: text(),
    /** In order, of a motif by which somebody is followed; null likewise. */
    agentIds: bigint({ mode: 'number' }).array(),
    /** How many times they were told something. */
    version: integer().notNull().default(1),
    toldAt: instant().notNull(),
    /** What they knew before; nothing where `beforeIsOn` is null. It is what they still know until a message has left. */
    beforeIsOn: boolean(),
    beforeStartsAt: instant(),
    beforeEndsAt: instant(),
    beforeLieuId: ref(),
    beforeTitle: text(),
    beforeAgentIds: bigint({ mode: 'number' }).array(),
    /** The participation, theirs or another of their family, and the version, that the messages which told them went by. */
    toldBy: ref(),
    toldByVersion: integer(),
  },
  (t) => [
    index('tellings_rdv').on(t.rdvId),
    check(
      'tellings_before_whole',
      sql`num_nulls(${t.beforeIsOn}, ${t.beforeStartsAt}, ${t.beforeEndsAt}) in (0, 3) and (${t.beforeIsOn} is not null or num_nonnulls(${t.beforeLieuId}, ${t.beforeTitle}, ${t.beforeAgentIds}) = 0)`,
    ),
    check('tellings_by_whole', sql`(${t.toldBy} is null) = (${t.toldByVersion} is null)`),
    foreignKey({
      name: 'tellings_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
  ],
)

/** Up to which fact the agents of an RDV were told, or had nothing to be (docs/decisions/0026). */
export const agentTellings = pgTable('agent_tellings', {
  rdvId: ref()
    .primaryKey()
    .references(() => rdvs.id, { onDelete: 'cascade' }),
  eventId: ref().notNull(),
  /** How many times they were told something. */
  version: integer().notNull(),
  toldAt: instant().notNull(),
})

/** When each RDV is to be reminded of; judged again when it is due. One whose RDV moved is another. */
export const reminders = pgTable(
  'reminders',
  {
    id: id(),
    territoryId: ref().notNull(),
    rdvId: ref().notNull(),
    /** Of the RDV as it was planned for. */
    startsAt: instant().notNull(),
    leadMin: integer().notNull(),
    dueAt: instant().notNull(),
    /** When it was given, or found to be of no use. */
    doneAt: instant(),
  },
  (t) => [
    unique('reminders_once').on(t.rdvId, t.startsAt, t.leadMin),
    index('reminders_due')
      .on(t.dueAt, t.startsAt, t.id)
      .where(sql`done_at is null`),
    foreignKey({
      name: 'reminders_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('cascade'),
  ],
)

/** Up to when an agent has seen what they were told, in the application. */
export const newsSeen = pgTable('news_seen', {
  agentId: ref()
    .primaryKey()
    .references(() => agents.id, { onDelete: 'cascade' }),
  seenAt: instant().notNull(),
})

/**
 * Each message to a person about their RDV or a slot they wait for, or to an agent about an RDV or a planning of theirs,
 * and its fate. A family is told once, by the participation of one of them.
 */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    /** Says to a gateway, or in the Message-ID, that it is the same one. */
    key: uuid().notNull().defaultRandom(),
    /** Null of an absence, which is of no territory. */
    territoryId: ref(),
    /** Null of a planning, of the waitlist, of a day and of a file. */
    rdvId: ref(),
    participationId: ref(),
    /** Of the waitlist: who has begun to wait, or what they are offered, as its news says. */
    entryId: ref(),
    offerId: ref(),
    agentId: ref().references(() => agents.id, { onDelete: 'restrict' }),
    /** The first fact an agent is told of by this one; null of a digest. */
    eventId: ref(),
    /** Of which a digest tells. */
    onDay: civilDay(),
    /** What it reminds of, when that is its news. */
    reminderId: ref().references(() => reminders.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    news: text({ enum: ALL_NEWS }).notNull(),
    channel: text({ enum: MESSAGE_CHANNELS }).notNull(),
    recipient: text().notNull(),
    /** When they thought it was, for one that moved or is cancelled. */
    previousStartsAt: instant(),
    state: text({ enum: MESSAGE_STATES }).notNull().default('waiting'),
    failure: text({ enum: MESSAGE_FAILURES }),
    attempts: smallint().notNull().default(0),
    /** Which gateway had the last word of an SMS, and its own reference for it. */
    gateway: text({ enum: SMS_GATEWAY_KINDS }),
    /** Null of the operator's, and of one that is gone. */
    gatewayId: ref(),
    gatewayReference: text(),
    /** When its gateway said that it had reached its telephone. */
    deliveredAt: instant(),
    /** Before which it does not leave; null when it may at once. */
    leavesAt: instant(),
    /** Since when it is in this state. */
    stateAt: instant().notNull(),
    /** When it was queued anew, its job having died: once. */
    queuedAnewAt: instant(),
    /** Of one that failed: who told the person by other means, and when. */
    toldOtherwiseBy: ref().references(() => agents.id, { onDelete: 'restrict' }),
    toldOtherwiseAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('messages_key_unique').on(t.key),
    uniqueIndex('messages_once')
      .on(t.participationId, t.channel, t.version)
      .where(sql`reminder_id is null`),
    unique('messages_once_per_reminder').on(t.participationId, t.channel, t.reminderId),
    unique('messages_once_per_wait').on(t.entryId, t.channel),
    unique('messages_once_per_offer').on(t.offerId, t.channel),
    uniqueIndex('messages_once_per_agent')
      .on(t.rdvId, t.agentId, t.version)
      .where(sql`news <> 'arrived'`),
    uniqueIndex('messages_once_per_fact')
      .on(t.agentId, t.eventId)
      .where(sql`rdv_id is null or news = 'arrived'`),
    unique('messages_once_of_digest').on(t.agentId, t.onDay),
    index('messages_agent')
      .on(t.agentId, t.createdAt)
      .where(sql`agent_id is not null`),
    index('messages_rdv').on(t.rdvId),
    index('messages_unsettled')
      .on(t.stateAt)
      .where(sql`state in ('waiting', 'sending')`),
    index('messages_reference')
      .on(t.gatewayReference, t.territoryId)
      .where(sql`gateway_reference is not null`),
    index('messages_gateway_id')
      .on(t.gatewayId)
      .where(sql`gateway_id is not null`),
    // Deleted, it is forgotten, and its territory alone is not: « set null (gateway_id) », which Drizzle has no word for.
    foreignKey({
      name: 'messages_gateway_wall',
      columns: [t.territoryId, t.gatewayId],
      foreignColumns: [smsGateways.territoryId, smsGateways.id],
    }).onDelete('set null'),
    index('messages_to_tell_otherwise')
      .on(t.rdvId)
      .where(sql`state in ('failed', 'uncertain') and participation_id is not null and told_otherwise_at is null`),
    foreignKey({
      name: 'messages_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'messages_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
    index('messages_of_waits_to_tell_otherwise')
      .on(t.entryId, t.offerId)
      .where(
        sql`state in ('failed', 'uncertain') and num_nonnulls(entry_id, offer_id) = 1 and told_otherwise_at is null`,
      ),
    foreignKey({
      name: 'messages_entry_wall',
      columns: [t.territoryId, t.entryId],
      foreignColumns: [waitlistEntries.territoryId, waitlistEntries.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'messages_offer_wall',
      columns: [t.territoryId, t.offerId],
      foreignColumns: [waitlistOffers.territoryId, waitlistOffers.id],
    }).onDelete('cascade'),
    check('messages_news', isOneOf('news', ALL_NEWS)),
    check('messages_reminder', sql`(${t.reminderId} is not null) = (${t.news} = 'reminder')`),
    check('messages_to_one', sql`num_nonnulls(${t.participationId}, ${t.agentId}, ${t.offerId}, ${t.entryId}) = 1`),
    check('messages_to_agent', sql`(${t.agentId} is null) = (num_nonnulls(${t.eventId}, ${t.onDay}) = 0)`),
    check('messages_of_digest', sql`(${t.onDay} is not null) = (${t.news} = 'digest')`),
    check('messages_of_offer', sql`(${t.offerId} is not null) = (${t.news} = 'offer')`),
    check('messages_of_wait', sql`(${t.entryId} is not null) = (${t.news} = 'waiting')`),
    check('messages_entry_territory', sql`${t.entryId} is null or ${t.territoryId} is not null`),
    check('messages_offer_territory', sql`${t.offerId} is null or ${t.territoryId} is not null`),
    check('messages_of_rdv', sql`${t.rdvId} is null or ${t.territoryId} is not null`),
    check('messages_of_participation', sql`${t.participationId} is null or ${t.rdvId} is not null`),
    check('messages_channel', isOneOf('channel', MESSAGE_CHANNELS)),
    check('messages_state', isOneOf('state', MESSAGE_STATES)),
    check('messages_gateway', isOneOf('gateway', SMS_GATEWAY_KINDS)),
    check('messages_gateway_territory', sql`${t.gatewayId} is null or ${t.territoryId} is not null`),
    check('messages_gateway_reference', sql`${t.gatewayReference} is null or ${t.gateway} is not null`),
    check('messages_delivered', sql`${t.deliveredAt} is null or ${t.channel} = 'sms'`),
    check('messages_failure', isOneOf('failure', MESSAGE_FAILURES)),
    check(
      'messages_told_otherwise',
      sql`case when ${t.toldOtherwiseAt} is null then ${t.toldOtherwiseBy} is null
          else ${t.toldOtherwiseBy} is not null and ${t.agentId} is null and ${t.state} in ('failed', 'uncertain') end`,
    ),
    check('messages_failure_said', sql`(${t.failure} is not null) = (${t.state} in ('dropped', 'failed'))`),
  ],
)
