import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, ref } from '../columns'
import { agents } from './access'
import { participations, rdvs } from './booking'
import { waitlistEntries } from './booking-waitlist'

/** Mails that came in, by a keyed hash of what each says it is and of where it went: one given twice is taken once. */
export const mailsTaken = pgTable('mails_taken', { hash: text().primaryKey(), takenAt: instant().notNull() }, (t) => [
  index('mails_taken_at').on(t.takenAt),
])

/**
 * What somebody answered to a mail, for one who is to read it: an agent of their RDV; with an RDV, or a wait
 * without one, and no agent, its organisation; with neither, the support. Gone once it has left.
 */
export const replyForwards = pgTable(
  'reply_forwards',
  {
    id: id(),
    /** In the Message-ID, and what the words are sealed for. */
    key: uuid().notNull(),
    /** The same of one answer for all its readers, each of whom has it once (`mails_taken`). */
    answerKey: uuid().notNull().defaultRandom(),
    territoryId: ref(),
    rdvId: ref(),
    participationId: ref(),
    /** Of who waits without an RDV. */
    entryId: ref(),
    agentId: ref().references(() => agents.id, { onDelete: 'cascade' }),
    /** What they wrote and the names of their files, sealed. */
    sealedWords: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('reply_forwards_rdv').on(t.rdvId),
    index('reply_forwards_entry').on(t.entryId),
    index('reply_forwards_agent').on(t.agentId),
    index('reply_forwards_created').on(t.createdAt),
    foreignKey({
      name: 'reply_forwards_rdv_wall',
      columns: [t.territoryId, t.rdvId],
      foreignColumns: [rdvs.territoryId, rdvs.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'reply_forwards_participation_wall',
      columns: [t.rdvId, t.participationId],
      foreignColumns: [participations.rdvId, participations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'reply_forwards_entry_wall',
      columns: [t.territoryId, t.entryId],
      foreignColumns: [waitlistEntries.territoryId, waitlistEntries.id],
    }).onDelete('cascade'),
    check(
      'reply_forwards_of_rdv',
      sql`num_nonnulls(rdv_id, participation_id) in (0, 2) and num_nonnulls(rdv_id, entry_id) = num_nonnulls(territory_id)`,
    ),
    check('reply_forwards_to_agent', sql`${t.agentId} is null or ${t.territoryId} is not null`),
  ],
)
