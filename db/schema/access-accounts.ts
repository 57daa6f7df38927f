import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, primaryKey, smallint, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { civilDay, createdAt, id, instant, ref } from '../columns'

/**
 * A person's own login: the phone or the e-mail they have proven. Global. Files show by what they have in common with it,
 * judged each time: no file is written when somebody signs in.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    email: text(),
    phoneE164: text(),
    /** Of those who share a contact, which family it is of; null until there is one. */
    family: text(),
    passwordHash: text(),
    /** A provider answers for its person: it is theirs alone, whoever shares their contacts. */
    hasIdentity: boolean().notNull().default(false),
    lastSignInAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('accounts_email_unique')
      .on(t.email, sql`coalesce(family, '')`)
      .where(sql`email is not null and not has_identity`),
    uniqueIndex('accounts_phone_unique')
      .on(t.phoneE164, sql`coalesce(family, '')`)
      .where(sql`phone_e_164 is not null and not has_identity`),
    // Of those who share an e-mail, one may have a password: it is by their e-mail that it is asked for.
    uniqueIndex('accounts_one_password')
      .on(t.email)
      .where(sql`password_hash is not null`),
    check('accounts_email_folded', sql`${t.email} = lower(${t.email})`),
    check('accounts_password_by_email', sql`${t.passwordHash} is null or ${t.email} is not null`),
    check('accounts_family_said', sql`${t.family} <> ''`),
  ],
)

/** Whom a provider says somebody is; their names, frozen, as it last said them. */
export const accountIdentities = pgTable(
  'account_identities',
  {
    provider: text().notNull(),
    subject: text().notNull(),
    accountId: ref()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    firstName: text(),
    lastName: text(),
    /** The name they go by, when it is another. */
    usualLastName: text(),
    bornOn: civilDay(),
    /** As its person gave it to the provider: proves nothing without the names. */
    email: text(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index('account_identities_account').on(t.accountId)],
)

/** A code sent to a mobile, or a link sent to an e-mail, that proves it is theirs. Short-lived; the code is kept nowhere. */
export const accountChallenges = pgTable(
  'account_challenges',
  {
    id: id(),
    /** Of whoever wants to be reached there from now on; null to sign in. */
    accountId: ref().references(() => accounts.id, { onDelete: 'cascade' }),
    phoneE164: text(),
    email: text(),
    tokenHash: text(),
    tries: smallint().notNull().default(0),
    sentAt: instant(),
    /** How many times it was given to a gateway, or to the mail server: most often once. */
    sendings: smallint().notNull().default(0),
    expiresAt: instant().notNull(),
    /** Proven then. */
    usedAt: instant(),
    /** It has opened what it was to open. */
    closedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('account_challenges_token_unique').on(t.tokenHash),
    index('account_challenges_account').on(t.accountId),
    index('account_challenges_expiry').on(t.expiresAt),
    check('account_challenges_one_contact', sql`num_nonnulls(phone_e_164, email) = 1`),
    check('account_challenges_link', sql`(${t.email} is null) = (${t.tokenHash} is null)`),
    check('account_challenges_tries', sql`${t.tries} between 0 and 5`),
  ],
)
