import { and, eq, gt, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import { accountChallenges, accounts, sessions } from '@/db/schema'
import { ANONYMOUS, type Actor } from '@/server/kernel/actor'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { takesSms } from '@/server/platform/phone'
import { hashToken } from '@/server/platform/tokens'
import { familyOf, isAccountLive, NAME_MIN, type Contact, type KnownFamily } from '../rules/accounts'
import { isWorthNoting } from '../rules/session'

/** Whose person's session it is; anonymous when it is over. */
export async function personOf(ctx: Ctx, sessionId: string): Promise<{ actor: Actor; isWorthNoting: boolean }> {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({
        accountId: sessions.accountId,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
        revokedAt: sessions.revokedAt,
      })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), isNotNull(sessions.accountId))),
  )
  if (!row || row.accountId === null || !isAccountLive(row, ctx.now)) return { actor: ANONYMOUS, isWorthNoting: false }
  return {
    actor: { kind: 'usager', accountId: row.accountId, sessionId },
    isWorthNoting: isWorthNoting(row, ctx.now),
  }
}

/** Of a file, or of an account. */
const carries = (of: SQL, contact: Contact): SQL =>
  contact.kind === 'phone' ? sql`${of}.phone_e_164 = ${contact.phoneE164}` : sql`${of}.email = ${contact.email}`

/** Most files one contact can stand on before we stop looking. */
const MAX_SAME_CONTACT = 100

/** Most names one contact can be of before we stop looking: a hostel's number stands on those of all who ever stayed there. */
const MAX_NAMES = 5_000

/**
 * The families of whoever this contact is known to be of, in whatever territory, each once: by the last names on the live
 * files that carry it themselves, and by the accounts it was proven for. `familyOf` alone says what a family is.
 */
export async function listFamiliesOf({ db }: ReadCtx, contact: Contact): Promise<KnownFamily[]> {
  const rows = await db.execute<{ name: string; isOnFile: boolean }>(sql`
    select name, bool_or(is_on_file) as "isOnFile" from (
      select u.last_name as name, true as is_on_file from usagers u where ${carries(sql`u`, contact)} and u.deleted_at is null
      union all
      select a.family, false from accounts a where ${carries(sql`a`, contact)} and a.family is not null and not a.has_identity
    ) known
    group by name order by "isOnFile" desc, name limit ${MAX_NAMES}`)
  const isOnFile = new Map<string, boolean>()
  for (const row of rows) {
    const family = familyOf(row.name)
    isOnFile.set(family, row.isOnFile || (isOnFile.get(family) ?? false))
  }
  return [...isOnFile].map(([family, isLive]) => ({ family, isOnFile: isLive }))
}

/** The families of the other accounts that have proven this contact; null for one of whose family nothing is known. */
export async function listFamiliesProving(
  { db }: ReadCtx,
  { contact, exceptId }: { contact: Contact; exceptId: number },
): Promise<(string | null)[]> {
  const rows = await db.execute<{ family: string | null }>(sql`
    select distinct a.family from accounts a where ${carries(sql`a`, contact)} and a.id <> ${exceptId} limit ${MAX_NAMES}`)
  return rows.map(({ family }) => family)
}

export type Sendable = {
  contact: Contact
  /** Of whoever is to be reached there from now on; null to sign in. */
  accountId: number | null
  /** The territory whose gateways send an SMS; null when no file says which. */
  territoryId: number | null
}

/**
 * What to send for a challenge still awaited; null when it is over, or of nobody known. To sign in, only to somebody a file or
 * an account knows: anybody may type anybody's number, and each SMS is paid for; abroad, where an account has proven it or an
 * agent vouches for it on a file. By the territory of the newest file that carries it, else of one that carries what else its
 * account has proven.
 */
export async function findSendable({ db, now }: ReadCtx, challengeId: number): Promise<Sendable | null> {
  const [row] = await db
    .select({
      phoneE164: accountChallenges.phoneE164,
      email: accountChallenges.email,
      accountId: accountChallenges.accountId,
      sentAt: accountChallenges.sentAt,
    })
    .from(accountChallenges)
    .where(
      and(
        eq(accountChallenges.id, challengeId),
        isNull(accountChallenges.sentAt),
        gt(accountChallenges.expiresAt, now),
      ),
    )
  if (!row) return null
  const contact: Contact | null =
    row.phoneE164 !== null
      ? { kind: 'phone', phoneE164: row.phoneE164 }
      : row.email !== null
        ? { kind: 'email', email: row.email }
        : null
  if (!contact) return null
  const [known] = await db.execute<{ isKnown: boolean; isVouchedFor: boolean; territoryId: number | null }>(sql`
    with known as (
      select a.phone_e_164, a.email from accounts a
      where ${row.accountId === null ? carries(sql`a`, contact) : sql`a.id = ${row.accountId}`} limit ${MAX_SAME_CONTACT}
    ), file as (
      select u.id, u.territory_id, true as is_theirs, u.phone_confirmed from usagers u where u.deleted_at is null and ${carries(sql`u`, contact)}
      union all select u.id, u.territory_id, false, false from usagers u join known on u.phone_e_164 = known.phone_e_164 where u.deleted_at is null
      union all select u.id, u.territory_id, false, false from usagers u join known on u.email = known.email where u.deleted_at is null
    )
    select exists (select from file) or exists (select from known) as "isKnown",
           exists (select from known) or exists (select from file where is_theirs and phone_confirmed) as "isVouchedFor",
           (select territory_id::float8 from file order by is_theirs desc, id desc limit 1) as "territoryId"`)
  if (!known?.isKnown) return null
  if (contact.kind === 'phone' && !takesSms(contact.phoneE164, known.isVouchedFor)) return null
  return { contact, accountId: row.accountId, territoryId: known.territoryId }
}

/** The contact somebody has just proven, while they may still say which family they are of; null otherwise. */
export async function findProvenContact({ db, now }: ReadCtx, challengeId: number): Promise<Contact | null> {
  const since = new Date(now.getTime() - NAME_MIN * 60_000)
  const [row] = await db
    .select({ phoneE164: accountChallenges.phoneE164, email: accountChallenges.email })
    .from(accountChallenges)
    .where(
      and(
        eq(accountChallenges.id, challengeId),
        isNull(accountChallenges.accountId),
        isNull(accountChallenges.closedAt),
        gt(accountChallenges.usedAt, since),
      ),
    )
  if (row?.phoneE164) return { kind: 'phone', phoneE164: row.phoneE164 }
  return row?.email ? { kind: 'email', email: row.email } : null
}

/** The link of a mail, still to be used; null otherwise. */
export async function findAccountLink(
  { db, now }: ReadCtx,
  token: string,
): Promise<{ challengeId: number; accountId: number | null; email: string } | null> {
  const [row] = await db
    .select({
      challengeId: accountChallenges.id,
      accountId: accountChallenges.accountId,
      email: accountChallenges.email,
    })
    .from(accountChallenges)
    .where(
      and(
        eq(accountChallenges.tokenHash, hashToken(token)),
        isNull(accountChallenges.usedAt),
        gt(accountChallenges.expiresAt, now),
      ),
    )
  return row?.email ? { ...row, email: row.email } : null
}

/** Whether the button of a mail's page would work. */
export const isAccountLinkUsable = (ctx: Ctx, { token }: { token: string }): Promise<boolean> =>
  inRead(ctx, async (read) => (await findAccountLink(read, token)) !== null)

export type AccountRow = {
  id: number
  phoneE164: string | null
  email: string | null
  family: string | null
  hasPassword: boolean
  /** As FranceConnect said it; null for whoever never came by it. */
  identity: {
    firstName: string
    lastName: string
    usualLastName: string | null
    bornOn: string | null
    email: string | null
  } | null
}

export async function findAccount({ db }: ReadCtx, accountId: number): Promise<AccountRow | null> {
  const [row] = await db
    .select({
      id: accounts.id,
      phoneE164: accounts.phoneE164,
      email: accounts.email,
      family: accounts.family,
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      identity: sql<AccountRow['identity']>`(
        select json_build_object('firstName', i.first_name, 'lastName', i.last_name,
          'usualLastName', i.usual_last_name, 'bornOn', i.born_on, 'email', i.email)
        from account_identities i where i.account_id = ${sql.raw('accounts.id')} and i.provider = 'france-connect' limit 1)`,
    })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return row ?? null
}

/** The one account of this e-mail that has a password; null when there is none. */
export const findPasswordOf = (ctx: Ctx, email: string): Promise<{ id: number; passwordHash: string } | null> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db
      .select({ id: accounts.id, passwordHash: accounts.passwordHash })
      .from(accounts)
      .where(and(eq(accounts.email, email), isNotNull(accounts.passwordHash)))
    return row?.passwordHash ? { id: row.id, passwordHash: row.passwordHash } : null
  })

/** Where to write to the person of an account; null when they have no e-mail there, or the account is gone. */
export async function findAccountEmail(ctx: Ctx, accountId: number): Promise<string | null> {
  const [account] = await inRead(ctx, ({ db }) =>
    db.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, accountId)),
  )
  return account?.email ?? null
}

/** The e-mail of whoever's account is to be reached elsewhere, and what is to change; null where there is nobody to warn. */
export async function findChangeAsked(
  ctx: Ctx,
  challengeId: number,
): Promise<{ email: string; contact: Contact['kind'] } | null> {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({ email: accounts.email, wanted: accountChallenges.email })
      .from(accountChallenges)
      .innerJoin(accounts, eq(accounts.id, accountChallenges.accountId))
      .where(eq(accountChallenges.id, challengeId)),
  )
  if (!row || row.email === null || row.email === row.wanted) return null
  return { email: row.email, contact: row.wanted === null ? 'phone' : 'email' }
}
