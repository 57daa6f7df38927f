import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { codeOf } from '@/server/platform/tokens'
import { isPasswordOf, isSameSecret } from '../auth'
import { accountSignedIn, type SignInWay } from '../events/accounts'
import { findAccountLink, findPasswordOf, findProvenContact, listFamiliesOf } from '../queries/accounts'
import { familyNamed, type Contact } from '../rules/accounts'
import type { PersonIdentity } from '../rules/identity'
import type { PasswordSignIn } from '../schema'
import * as store from '../store/accounts'
import { revokeSession } from '../store'

/** `name`: the contact is proven, and several families share it: which one, is asked next. */
export type PersonSignIn = { step: 'inside'; sessionId: string } | { step: 'name'; challengeId: number }

/** Opens the session of an account; one left open in the same browser is closed. */
async function enterAccount(tx: TxCtx, accountId: number, by: SignInWay): Promise<PersonSignIn> {
  if (tx.actor.kind === 'usager') await revokeSession(tx, tx.actor.sessionId)
  const sessionId = await store.insertAccountSession(tx, accountId)
  await tx.emit(accountSignedIn(accountId, by))
  return { step: 'inside', sessionId }
}

/** The contact is theirs: in, unless several families share it. */
async function pass(tx: TxCtx, challengeId: number, contact: Contact, by: SignInWay): Promise<PersonSignIn> {
  const families = await listFamiliesOf(tx, contact)
  if (families.length > 1) return { step: 'name', challengeId }
  await store.closeChallenge(tx, challengeId)
  return enterAccount(tx, await store.openAccount(tx, contact, families[0]?.family ?? null), by)
}

/**
 * The code of an SMS. A wrong one costs a try, of five; the right one works once, for ten minutes. A code that was never sent
 * is never right. Throws `rate-limited`.
 */
export async function signInWithPhoneCode(
  ctx: Ctx,
  { challengeId, code }: { challengeId: number; code: string },
): Promise<Outcome<PersonSignIn, 'wrong-code' | 'too-late'>> {
  await consume(ctx, LIMITS.codesTriedPerAddress, ctx.clientAddress)
  const tried = await tryCode(ctx, { challengeId, code, accountId: null })
  if (!tried.ok) return tried
  const { phoneE164 } = tried.value
  return inTransaction<PersonSignIn, 'too-late'>(ctx, async (tx) => {
    if (!(await store.spendChallenge(tx, challengeId))) return refused('too-late')
    return done(await pass(tx, challengeId, { kind: 'phone', phoneE164 }, 'code'))
  })
}

/** Takes a try, for good, and says whether it was right. `accountId`: whose code it is; null to sign in. */
export async function tryCode(
  ctx: Ctx,
  { challengeId, code, accountId }: { challengeId: number; code: string; accountId: number | null },
): Promise<Outcome<store.TriedCode, 'wrong-code' | 'too-late'>> {
  const taken = await inTransaction<store.TriedCode | null, never>(ctx, async (tx) =>
    done(await store.takeTry(tx, challengeId, accountId)),
  )
  if (!taken.ok || !taken.value) return refused('too-late')
  const isRight = isSameSecret(codeOf('account-code', challengeId), code) && taken.value.wasSent
  return isRight ? done(taken.value) : refused('wrong-code')
}

/** The link of a mail, once the button of its page is pressed. Works once. Throws `rate-limited`. */
export async function signInWithAccountLink(
  ctx: Ctx,
  { token }: { token: string },
): Promise<Outcome<PersonSignIn, 'link-spent'>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  return inTransaction<PersonSignIn, 'link-spent'>(ctx, async (tx) => {
    const link = await findAccountLink(tx, token)
    if (!link || link.accountId !== null) return refused('link-spent')
    if (!(await store.spendChallenge(tx, link.challengeId))) return refused('link-spent')
    return done(await pass(tx, link.challengeId, { kind: 'email', email: link.email }, 'link'))
  })
}

type NotNamed = 'unknown-name' | 'several-names' | 'too-late'

/** The first letters of their name, or all of it, from somebody whose contact has just been proven. Throws `rate-limited`. */
export async function nameFamily(
  ctx: Ctx,
  { challengeId, letters }: { challengeId: number; letters: string },
): Promise<Outcome<PersonSignIn, NotNamed>> {
  const contact = await inRead(ctx, (read) => findProvenContact(read, challengeId))
  if (!contact) return refused('too-late')
  await consume(ctx, LIMITS.namesPerContact, contact.kind === 'phone' ? contact.phoneE164 : contact.email)
  return inTransaction<PersonSignIn, NotNamed>(ctx, async (tx) => {
    const named = familyNamed(await listFamiliesOf(tx, contact), letters)
    if (!named.ok) return named
    if (!(await store.closeChallenge(tx, challengeId))) return refused('too-late')
    const by = contact.kind === 'phone' ? 'code' : 'link'
    return done(await enterAccount(tx, await store.openAccount(tx, contact, named.value), by))
  })
}

/** Somebody FranceConnect answers for. Their names are its own, frozen; files show as `filesOfAccount` knows them by these. */
export const signInWithFranceConnect = (ctx: Ctx, identity: PersonIdentity): Promise<Outcome<PersonSignIn, never>> =>
  inTransaction<PersonSignIn, never>(ctx, async (tx) =>
    done(await enterAccount(tx, await store.openIdentityAccount(tx, 'france-connect', identity), 'france-connect')),
  )

/** Every refusal is the same one, after the same work: nobody learns whether the account exists. Throws `rate-limited`. */
export async function signInWithAccountPassword(
  ctx: Ctx,
  { email, password }: PasswordSignIn,
): Promise<Outcome<PersonSignIn, 'wrong-credentials'>> {
  await consume(ctx, LIMITS.signInsPerAddress, ctx.clientAddress)
  await consume(ctx, LIMITS.signInsPerEmail, `person|${email}|${ctx.clientAddress ?? ''}`)
  await consume(ctx, LIMITS.signInsPerEmailAnywhere, `person|${email}`)
  const known = await findPasswordOf(ctx, email)
  const isRight = await isPasswordOf(known?.passwordHash ?? null, password)
  if (!known || !isRight) return refused('wrong-credentials')
  return inTransaction<PersonSignIn, 'wrong-credentials'>(ctx, async (tx) =>
    done(await enterAccount(tx, known.id, 'password')),
  )
}
