import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { participations, rdvs } from './booking'

export const MESSAGE_NEWS = ['created', 'moved', 'cancelled'] as const
export const MESSAGE_CHANNELS = ['mail', 'sms'] as const
/** `sending` is written before the gateway is asked: found again, it says that nobody knows whether the message left. */
export const MESSAGE_STATES = ['waiting', 'sending', 'sent', 'dropped', 'failed', 'uncertain'] as const
/** Why one was dropped, or failed. */
export const MESSAGE_FAILURES = ['too-late', 'obsolete', 'muted', 'refused', 'no-gateway'] as const

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
    /** How many times they were told something. */
    version: integer().notNull().default(1),
    toldAt: instant().notNull(),
  },
  (t) => [
    index('tellings_rdv').on(t.rdvId),
    foreignKey({
      name: 'tellings_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
  ],
)

/** Each message to a person about their RDV, and its fate. A family is told once, by the participation of one of them. */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    /** Says to a gateway, or in the Message-ID, that it is the same one. */
    key: uuid().notNull().defaultRandom(),
    territoryId: ref().notNull(),
    rdvId: ref().notNull(),
    participationId: ref().notNull(),
    version: integer().notNull(),
    news: text({ enum: MESSAGE_NEWS }).notNull(),
    channel: text({ enum: MESSAGE_CHANNELS }).notNull(),
    recipient: text().notNull(),
    /** When they thought it was, for one that moved or is cancelled. */
    previousStartsAt: instant(),
    state: text({ enum: MESSAGE_STATES }).notNull().default('waiting'),
    failure: text({ enum: MESSAGE_FAILURES }),
    attempts: smallint().notNull().default(0),
    /** Since when it is in this state. */
    stateAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('messages_key_unique').on(t.key),
    unique('messages_once').on(t.participationId, t.channel, t.version),
    index('messages_rdv').on(t.rdvId),
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
    check('messages_news', isOneOf('news', MESSAGE_NEWS)),
    check('messages_channel', isOneOf('channel', MESSAGE_CHANNELS)),
    check('messages_state', isOneOf('state', MESSAGE_STATES)),
    check('messages_failure', isOneOf('failure', MESSAGE_FAILURES)),
    check('messages_failure_said', sql`(${t.failure} is not null) = (${t.state} in ('dropped', 'failed'))`),
  ],
)
