import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import { accountChallenges, accountIdentities, accounts, sessions } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { accountSessionExpiry, challengeExpiry, CODE_TRIES, familyOf, type Contact } from '../rules/accounts'
import type { PersonIdentity, Provider } from '../rules/identity'

/** A code or a link to be sent. `accountId`: of whoever wants to be reached there from now on; null to sign in. */
export async function insertChallenge(tx: TxCtx, contact: Contact, accountId: number | null): Promise<number> {
  const [drawn] = await tx.db.execute<{ id: number }>(sql`select nextval('account_challenges_id_seq')::float8 as id`)
  const id = drawn?.id ?? 0
  const isPhone = contact.kind === 'phone'
  await tx.db
    .insert(accountChallenges)
    .overridingSystemValue()
    .values({
      id,
      accountId,
      phoneE164: isPhone ? contact.phoneE164 : null,
      email: isPhone ? null : contact.email,
      tokenHash: isPhone ? null : hashToken(tokenOf('account-link', id)),
      expiresAt: challengeExpiry(contact, tx.now),
      createdAt: tx.now,
    })
  return id
}

/** Which sending of it is ours, from 1: of two at once, one. Null when it is not ours to send. */
export async function takeSending(tx: TxCtx, challengeId: number): Promise<number | null> {
  const [taken] = await tx.db
    .update(accountChallenges)
    .set({ sentAt: tx.now, sendings: sql`${accountChallenges.sendings} + 1` })
    .where(
      and(
        eq(accountChallenges.id, challengeId),
        isNull(accountChallenges.sentAt),
        gt(accountChallenges.expiresAt, tx.now),
      ),
    )
    .returning({ sendings: accountChallenges.sendings })
  return taken?.sendings ?? null
}

/** Surely it did not leave: its code is right for nobody, until it is sent after all. */
export async function releaseSending(tx: TxCtx, challengeId: number): Promise<void> {
  await tx.db.update(accountChallenges).set({ sentAt: null }).where(eq(accountChallenges.id, challengeId))
}

export type TriedCode = { phoneE164: string; wasSent: boolean }

/**
 * One try less, right or wrong, of a code asked for by this account, or to sign in (null). Null when none is left, or the code
 * is too old, or used, or somebody else's, whose tries are theirs.
 */
export async function takeTry(tx: TxCtx, challengeId: number, accountId: number | null): Promise<TriedCode | null> {
  const [row] = await tx.db
    .update(accountChallenges)
    .set({ tries: sql`${accountChallenges.tries} + 1` })
    .where(
      and(
        eq(accountChallenges.id, challengeId),
        accountId === null ? isNull(accountChallenges.accountId) : eq(accountChallenges.accountId, accountId),
        isNull(accountChallenges.usedAt),
        lt(accountChallenges.tries, CODE_TRIES),
        gt(accountChallenges.expiresAt, tx.now),
      ),
    )
    .returning({
      phoneE164: accountChallenges.phoneE164,
      sentAt: accountChallenges.sentAt,
    })
  if (!row || row.phoneE164 === null) return null
  return { phoneE164: row.phoneE164, wasSent: row.sentAt !== null }
}

/** Uses a challenge up: of two at once, one succeeds. */
export async function spendChallenge(tx: TxCtx, challengeId: number): Promise<boolean> {
  const spent = await tx.db
    .update(accountChallenges)
    .set({ usedAt: tx.now })
    .where(
      and(
        eq(accountChallenges.id, challengeId),
        isNull(accountChallenges.usedAt),
        gt(accountChallenges.expiresAt, tx.now),
      ),
    )
    .returning({ id: accountChallenges.id })
  return spent.length === 1
}

/** It opened what it was to open. False when it had already. */
export async function closeChallenge(tx: TxCtx, challengeId: number): Promise<boolean> {
  const closed = await tx.db
    .update(accountChallenges)
    .set({ closedAt: tx.now })
    .where(and(eq(accountChallenges.id, challengeId), isNull(accountChallenges.closedAt)))
    .returning({ id: accountChallenges.id })
  return closed.length === 1
}

const holds = (contact: Contact) =>
  contact.kind === 'phone' ? eq(accounts.phoneE164, contact.phoneE164) : eq(accounts.email, contact.email)

/** Whoever opens, or takes, the account of a contact queues here. */
async function lockContact({ db }: TxCtx, contact: Contact): Promise<void> {
  const value = contact.kind === 'phone' ? contact.phoneE164 : contact.email
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`account|${value}`}, 7))`)
}

/**
 * The account of a contact and a family, found or opened, under the contact's lock. One whose family was not known takes it.
 * One that a provider answers for is its person's alone: a telephone that is shared, or lent, does not open it.
 */
export async function openAccount(tx: TxCtx, contact: Contact, family: string | null): Promise<number> {
  await lockContact(tx, contact)
  const [known] = await tx.db
    .select({ id: accounts.id, family: accounts.family })
    .from(accounts)
    .where(
      and(
        holds(contact),
        eq(accounts.hasIdentity, false),
        family === null ? undefined : sql`(${accounts.family} = ${family} or ${accounts.family} is null)`,
      ),
    )
    .orderBy(sql`${accounts.family} is null`, accounts.id)
    .limit(1)
  if (known) {
    const isNamed = known.family === null && family !== null
    await tx.db
      .update(accounts)
      .set({ lastSignInAt: tx.now, ...(isNamed && { family }) })
      .where(eq(accounts.id, known.id))
    return known.id
  }
  const [opened] = await tx.db
    .insert(accounts)
    .values({
      ...(contact.kind === 'phone' ? { phoneE164: contact.phoneE164 } : { email: contact.email }),
      ...{ family, lastSignInAt: tx.now, createdAt: tx.now },
    })
    .returning({ id: accounts.id })
  if (!opened) throw new Error('insert returned no row')
  return opened.id
}

/** The account of an identity, found or opened; its names are what the provider says now. */
export async function openIdentityAccount(
  tx: TxCtx,
  provider: Provider,
  { subject, ...said }: PersonIdentity,
): Promise<number> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identity|${provider}|${subject}`}, 7))`)
  const [known] = await tx.db
    .update(accountIdentities)
    .set(said)
    .where(and(eq(accountIdentities.provider, provider), eq(accountIdentities.subject, subject)))
    .returning({ accountId: accountIdentities.accountId })
  if (known) {
    await tx.db.update(accounts).set({ lastSignInAt: tx.now }).where(eq(accounts.id, known.accountId))
    return known.accountId
  }
  const [opened] = await tx.db
    .insert(accounts)
    .values({ hasIdentity: true, family: familyOf(said.lastName), lastSignInAt: tx.now, createdAt: tx.now })
    .returning({ id: accounts.id })
  if (!opened) throw new Error('insert returned no row')
  await tx.db.insert(accountIdentities).values({ provider, subject, ...said, accountId: opened.id, createdAt: tx.now })
  return opened.id
}

/**
 * This contact instead of the one it had. Another account of the same family that had it goes, between two that nobody but
 * the contact answers for: one of a provider takes nobody's place, and loses its own to nobody. A password stays, unless
 * somebody of another family who shares the e-mail has one.
 */
export async function giveContact(tx: TxCtx, accountId: number, contact: Contact): Promise<void> {
  await lockContact(tx, contact)
  await tx.db.delete(accounts).where(
    and(
      holds(contact),
      ne(accounts.id, accountId),
      eq(accounts.hasIdentity, false),
      sql`coalesce(${accounts.family}, '') = (
          select coalesce(a.family, '') from accounts a where a.id = ${accountId} and not a.has_identity)`,
    ),
  )
  if (contact.kind === 'phone') {
    await tx.db.update(accounts).set({ phoneE164: contact.phoneE164 }).where(eq(accounts.id, accountId))
    return
  }
  const passwordHash = sql`case when exists (select from accounts other where other.email = ${contact.email}
    and other.password_hash is not null and other.id <> ${accountId}) then null else ${accounts.passwordHash} end`
  await tx.db.update(accounts).set({ email: contact.email, passwordHash }).where(eq(accounts.id, accountId))
}

/** Throws on `accounts_one_password`. */
export async function setAccountPassword(tx: TxCtx, accountId: number, passwordHash: string): Promise<void> {
  await tx.db.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId))
}

export async function insertAccountSession(tx: TxCtx, accountId: number): Promise<string> {
  const [session] = await tx.db
    .insert(sessions)
    .values({ accountId, seenAt: tx.now, expiresAt: accountSessionExpiry(tx.now), createdAt: tx.now })
    .returning({ id: sessions.id })
  if (!session) throw new Error('insert returned no row')
  return session.id
}

/** Every session of the account, but one. */
export async function revokeAccountSessions(tx: TxCtx, accountId: number, butSessionId: string | null): Promise<void> {
  await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now })
    .where(
      and(
        eq(sessions.accountId, accountId),
        isNull(sessions.revokedAt),
        butSessionId === null ? undefined : ne(sessions.id, butSessionId),
      ),
    )
}

/** Its sessions, identities and what it was asked go with it; files of départements stay. */
export async function deleteAccount(tx: TxCtx, accountId: number): Promise<void> {
  await tx.db.delete(accounts).where(eq(accounts.id, accountId))
}

export async function deleteOldChallenges(tx: TxCtx, before: Date): Promise<number> {
  const gone = await tx.db
    .delete(accountChallenges)
    .where(lt(accountChallenges.expiresAt, before))
    .returning({ id: accountChallenges.id })
  return gone.length
}
