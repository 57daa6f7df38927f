import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, ref } from '../columns'
import { agents, sessions } from './access'
import { superAdmins } from './access-super'

/** A second factor: a secret shared with somebody's telephone, sealed. It counts once confirmed by a code. */
export const secondFactors = pgTable(
  'second_factors',
  {
    id: id(),
    agentId: ref().references(() => agents.id, { onDelete: 'cascade' }),
    superAdminId: ref().references(() => superAdmins.id, { onDelete: 'cascade' }),
    sealedSecret: text().notNull(),
    confirmedAt: instant(),
    /** The half-minute of the last code accepted: no code of it, nor of an earlier one, is accepted again. */
    lastStep: bigint({ mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    check('second_factors_one_owner', sql`num_nonnulls(agent_id, super_admin_id) = 1`),
    unique('second_factors_agent_unique').on(t.agentId),
    unique('second_factors_super_admin_unique').on(t.superAdminId),
  ],
)

/** What replaces a lost telephone: hashed under a key, each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: id(),
    secondFactorId: ref()
      .notNull()
      .references(() => secondFactors.id, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [unique('recovery_codes_code_unique').on(t.secondFactorId, t.codeHash)],
)

/** A super-admin in an agent's place: why, until when, and since when they may write. */
export const impersonations = pgTable(
  'impersonations',
  {
    id: id(),
    superAdminId: ref()
      .notNull()
      .references(() => superAdmins.id, { onDelete: 'restrict' }),
    /** Of the super-admin: closed, it ends this at the next request. */
    sessionId: uuid().references(() => sessions.id, { onDelete: 'set null' }),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    reason: text().notNull(),
    startedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    writesSince: instant(),
    endedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check('impersonations_reason', sql`char_length(btrim(${t.reason})) between 10 and 500`),
    check(
      'impersonations_short',
      sql`${t.expiresAt} > ${t.startedAt} and ${t.expiresAt} <= ${t.startedAt} + interval '30 minutes'`,
    ),
    uniqueIndex('impersonations_one_at_a_time')
      .on(t.sessionId)
      .where(sql`ended_at is null`),
    index('impersonations_agent').on(t.agentId, t.startedAt),
    index('impersonations_super_admin').on(t.superAdminId, t.startedAt),
  ],
)
