import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { superAdmins } from './access-super'

/** One row: what this database is. The demo's seed and reset refuse to touch a database stamped otherwise. */
export const installation = pgTable(
  'installation',
  { id: smallint().primaryKey().default(1), environment: text().notNull(), createdAt: createdAt() },
  (t) => [
    check('installation_single_row', sql`${t.id} = 1`),
    check('installation_environment', isOneOf('environment', ['production', 'recette', 'demo', 'development', 'test'])),
  ],
)

/** The ledger: what happened, append-only. Partitioned by month (hand-written in the migration). */
export const events = pgTable(
  'events',
  {
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    occurredAt: instant().notNull(),
    kind: text().notNull(),
    territoryId: ref(),
    subjectKind: text().notNull(),
    subjectId: ref().notNull(),
    actorKind: text().notNull(),
    actorId: ref(),
    /** The super-admin in the actor's place. */
    impersonatorId: ref().references(() => superAdmins.id, { onDelete: 'restrict' }),
    requestId: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.occurredAt, t.id] }),
    index('events_subject').on(t.subjectKind, t.subjectId, t.occurredAt),
    index('events_actor').on(t.actorKind, t.actorId, t.occurredAt),
    index('events_id').on(t.id),
    index('events_territory').on(t.territoryId, t.occurredAt),
    check('events_impersonated_agent', sql`impersonator_id is null or actor_kind = 'agent'`),
    /** The history of rights (server/access/queries/history.ts). */
    index('events_rights')
      .on(t.territoryId, t.occurredAt)
      .where(sql`kind like any (array['grant.%', 'member.%', 'group.%'])`),
  ],
)

/** Old and new values of what an event changed: apart, so that they can be dropped by month or erased by usager. */
export const eventValues = pgTable(
  'event_values',
  {
    eventId: ref().notNull(),
    occurredAt: instant().notNull(),
    field: text().notNull(),
    oldValue: jsonb().$type<unknown>(),
    newValue: jsonb().$type<unknown>(),
    usagerId: ref(),
  },
  (t) => [primaryKey({ columns: [t.occurredAt, t.eventId, t.field] }), index('event_values_usager').on(t.usagerId)],
)

/** Facts no job has been made for yet: written with their event, emptied by the workers (docs/decisions/0011). */
export const outbox = pgTable('outbox', { eventId: ref().primaryKey(), kind: text().notNull(), createdAt: createdAt() })

/** Who opened which person's file. Partitioned by month. */
export const accessLog = pgTable(
  'access_log',
  {
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    occurredAt: instant().notNull(),
    actorKind: text().notNull(),
    actorId: ref(),
    impersonatorId: ref().references(() => superAdmins.id, { onDelete: 'restrict' }),
    territoryId: ref(),
    subjectKind: text().notNull(),
    subjectId: ref().notNull(),
    purpose: text().notNull(),
    requestId: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.occurredAt, t.id] }),
    index('access_log_subject').on(t.subjectKind, t.subjectId, t.occurredAt),
    check('access_log_impersonated_agent', sql`impersonator_id is null or actor_kind = 'agent'`),
  ],
)

/** One row per worker process, refreshed every few seconds. */
export const workerHeartbeats = pgTable('worker_heartbeats', {
  workerId: text().primaryKey(),
  beatAt: instant().notNull(),
  createdAt: createdAt(),
})

/** Counters of the rate limiter: shared by every web process. `key` holds a keyed hash, never a phone or an e-mail. */
export const rateLimits = pgTable(
  'rate_limits',
  { key: text().primaryKey(), points: integer().notNull(), expiresAt: instant().notNull() },
  (t) => [index('rate_limits_expiry').on(t.expiresAt)],
)

/** Outside production nothing is sent: mails and SMS end here and are readable at /recette/messages. */
export const capturedMessages = pgTable(
  'captured_messages',
  {
    id: id(),
    channel: text({ enum: ['mail', 'sms'] }).notNull(),
    recipient: text().notNull(),
    sender: text().notNull(),
    replyTo: text(),
    subject: text(),
    text: text().notNull(),
    html: text(),
    hasCalendar: boolean().notNull().default(false),
    /** What it carries (a link, a code) lets whoever reads it into an account. */
    opensAccount: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    check('captured_messages_channel', isOneOf('channel', ['mail', 'sms'])),
    index('captured_messages_recent').on(t.createdAt),
  ],
)
