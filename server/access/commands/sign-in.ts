import type { Actor } from '@/server/kernel/actor'
import { done, refused, type Done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, withActor, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { secretHash } from '@/server/platform/tokens'
import { isPasswordOf, type Pending } from '../auth'
import { agentSignedIn } from '../events'
import { superAdminSignedIn } from '../events/super-admins'
import { findLogin, findLoginById, findLoginByLink, findSuperLogin } from '../queries/logins'
import { lockOwner } from '../queries/locks'
import { findFactor } from '../queries/second-factors'
import { placeOf, type FactorOwner } from '../rules/second-factor'
import { hasPlace, mayEnter, maySuperEnter } from '../rules/session'
import type { PasswordSignIn } from '../schema'
import * as store from '../store'
import * as superStore from '../store/super-admins'
import { countCode, proveFactor } from './prove-second-factor'

/** Where signing in has got to: inside, or at the second step. */
export type SignIn = { step: 'inside'; sessionId: string } | { step: 'code'; pending: Pending }

/** Whom the ledger names; their rights are read at the next request. */
const newcomer = ({ kind, id }: FactorOwner): Actor =>
  kind === 'agent'
    ? { kind, agentId: id, sessionId: '', memberships: [], serviceIds: [], scopes: [], administers: [] }
    : { kind, superAdminId: id, sessionId: '', hasSecondFactor: true }

type Login = { id: number; passwordHash: string | null; lastSignInAt: Date | null }

/** A second step answers for the account as the first one found it: a new password, or another sign-in, ends it. */
const markOf = (owner: FactorOwner, { passwordHash, lastSignInAt }: Login): string =>
  secretHash('second-step', placeOf(owner), `${passwordHash ?? ''}|${String(lastSignInAt?.getTime() ?? 0)}`)

/** Opens the session. One left open in the same browser is closed. */
async function enter(tx: TxCtx, before: Actor, owner: FactorOwner, by: Pending['by']): Promise<SignIn> {
  if (before.kind === 'agent' || before.kind === 'super-admin') await store.revokeSession(tx, before.sessionId)
  if (owner.kind === 'agent') {
    const sessionId = await store.insertSession(tx, owner.id)
    await tx.emit(agentSignedIn(owner.id, by))
    return { step: 'inside', sessionId }
  }
  const sessionId = await superStore.insertSuperSession(tx, owner.id)
  await tx.emit(superAdminSignedIn(owner.id))
  return { step: 'inside', sessionId }
}

/**
 * The password or the link was right: inside, unless a second factor guards the account. The account is held first: one
 * closed, given another password, or a factor turned on meanwhile is seen. Null when what was right no longer is.
 */
async function pass(
  tx: TxCtx,
  before: Actor,
  { owner, by, login: proved }: { owner: FactorOwner; by: Pending['by']; login: Login },
): Promise<Done<SignIn> | null> {
  await lockOwner(tx, owner)
  const login = await findOpenLogin(tx, owner)
  if (!login || login.passwordHash !== proved.passwordHash) return null
  const factor = await findFactor(tx, owner)
  if (!factor?.isConfirmed) return done(await enter(tx, before, owner, by))
  const pending: Pending = { owner, by, mark: markOf(owner, login) }
  return done<SignIn>({ step: 'code', pending })
}

/**
 * Few tries at one account from one address: whoever tries from elsewhere does not lock its agent out. Many more from
 * everywhere together. Without an address, few from anywhere. A success starts a new count: only tries in a row add up.
 */
async function countTry(ctx: Ctx, email: string, lastSignInAt: Date | null): Promise<void> {
  const account = `${email}|${lastSignInAt?.getTime() ?? 0}`
  await consume(ctx, LIMITS.signInsPerAddress, ctx.clientAddress)
  await consume(ctx, LIMITS.signInsPerEmail, `${account}|${ctx.clientAddress ?? ''}`)
  await consume(ctx, LIMITS.signInsPerEmailAnywhere, account)
}

/**
 * Every refusal is the same one, after the same work: nobody learns whether the account exists. Whoever proved theirs is
 * told that it has no place left (domain §7.2).
 */
export async function signInWithPassword(
  ctx: Ctx,
  input: PasswordSignIn,
): Promise<Outcome<SignIn, 'wrong-credentials' | 'no-place'>> {
  const login = await findLogin(ctx, input.email)
  await countTry(ctx, input.email, login?.lastSignInAt ?? null)
  const isRight = await isPasswordOf(login?.passwordHash ?? null, input.password)
  if (!login || !isRight || !mayEnter(login, env().APP_ENV)) return refused('wrong-credentials')
  if (!hasPlace(login)) return refused('no-place')
  const owner: FactorOwner = { kind: 'agent', id: login.id }
  return inTransaction<SignIn, 'wrong-credentials'>(
    withActor(ctx, newcomer(owner)),
    async (tx) => (await pass(tx, ctx.actor, { owner, by: 'password', login })) ?? refused('wrong-credentials'),
  )
}

/** The link of a mail, once the button of its page is pressed. Works once. */
export async function signInWithLink(
  ctx: Ctx,
  input: { token: string },
): Promise<Outcome<SignIn, 'link-spent' | 'no-place'>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const link = await findLoginByLink(ctx, { token: input.token, purpose: 'sign-in' })
  const login = link && (await findLoginById(ctx, link.id))
  if (!login || !mayEnter(login, env().APP_ENV)) return refused('link-spent')
  if (!hasPlace(login)) return refused('no-place')
  const owner: FactorOwner = { kind: 'agent', id: login.id }
  return inTransaction(withActor(ctx, newcomer(owner)), async (tx) => {
    if (!(await store.spendLink(tx, login.id, input.token, 'sign-in'))) return refused('link-spent')
    return (await pass(tx, ctx.actor, { owner, by: 'link', login })) ?? refused('link-spent')
  })
}

/**
 * Somebody ProConnect answers for, by the professional address it gives: their account, and their second factor when they
 * have one. Unknown, it opens none: agents are invited.
 */
export async function signInWithProConnect(
  ctx: Ctx,
  { email }: { email: string },
): Promise<Outcome<SignIn, 'no-account' | 'no-place'>> {
  await consume(ctx, LIMITS.signInsPerAddress, ctx.clientAddress)
  const login = await findLogin(ctx, email)
  if (!login || !mayEnter(login, env().APP_ENV)) return refused('no-account')
  if (!hasPlace(login)) return refused('no-place')
  const owner: FactorOwner = { kind: 'agent', id: login.id }
  return inTransaction<SignIn, 'no-account'>(
    withActor(ctx, newcomer(owner)),
    async (tx) => (await pass(tx, ctx.actor, { owner, by: 'pro-connect', login })) ?? refused('no-account'),
  )
}

/**
 * The other door, of those who run the platform: the same answer after the same work, fewer tries. Without a second factor
 * yet, what it opens is the page to set one up.
 */
export async function signInAsSuperAdmin(
  ctx: Ctx,
  input: PasswordSignIn,
): Promise<Outcome<SignIn, 'wrong-credentials'>> {
  const login = await findSuperLogin(ctx, { email: input.email })
  await consume(ctx, LIMITS.superSignInsPerAddress, ctx.clientAddress)
  await countTry(ctx, `super|${input.email}`, login?.lastSignInAt ?? null)
  const isRight = await isPasswordOf(login?.passwordHash ?? null, input.password)
  if (!login || !isRight || !maySuperEnter(login, env().APP_ENV)) return refused('wrong-credentials')
  const owner: FactorOwner = { kind: 'super-admin', id: login.id }
  return inTransaction<SignIn, 'wrong-credentials'>(
    withActor(ctx, newcomer(owner)),
    async (tx) => (await pass(tx, ctx.actor, { owner, by: 'password', login })) ?? refused('wrong-credentials'),
  )
}

/** The second step: a code of the telephone, or a recovery code, for whoever passed the first one a moment ago. */
export async function signInWithCode(
  ctx: Ctx,
  { owner, by, mark }: Pending,
  typed: string,
): Promise<Outcome<SignIn, 'wrong-code' | 'too-late'>> {
  const isStillAsked = async (at: Ctx) => {
    const login = await findOpenLogin(at, owner)
    return login !== null && markOf(owner, login) === mark
  }
  if (!(await isStillAsked(ctx))) return refused('too-late')
  await countCode(ctx, owner)
  return inTransaction<SignIn, 'wrong-code' | 'too-late'>(withActor(ctx, newcomer(owner)), async (tx) => {
    await lockOwner(tx, owner)
    if (!(await isStillAsked(tx))) return refused('too-late')
    const proved = await proveFactor(tx, owner, typed)
    return proved.ok ? done(await enter(tx, ctx.actor, owner, by)) : proved
  })
}

async function findOpenLogin(ctx: Ctx, { kind, id }: FactorOwner): Promise<Login | null> {
  if (kind === 'agent') {
    const login = await findLoginById(ctx, id)
    return login && mayEnter(login, env().APP_ENV) ? login : null
  }
  const login = await findSuperLogin(ctx, { id })
  return login && maySuperEnter(login, env().APP_ENV) ? login : null
}
