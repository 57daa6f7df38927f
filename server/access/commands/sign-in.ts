import type { AgentActor } from '@/server/kernel/actor'
import { done, refused } from '@/server/kernel/outcome'
import { inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { isPasswordOf } from '../auth'
import { agentSignedIn } from '../events'
import { findLogin, findLoginByLink } from '../queries/logins'
import { mayEnter } from '../rules/session'
import type { PasswordSignIn } from '../schema'
import * as store from '../store'

/** Whom the ledger names; their rights are read at the next request. */
const newcomer = (agentId: number): AgentActor => ({
  kind: 'agent',
  agentId,
  sessionId: '',
  memberships: [],
  serviceIds: [],
  scopes: [],
  administers: [],
})

type Entry = { agentId: number; by: 'password' } | { agentId: number; by: 'link'; token: string }

/** Opens the session. One left open in the same browser is closed. */
const enter = (ctx: Ctx, entry: Entry) =>
  inTransaction(withActor(ctx, newcomer(entry.agentId)), async (tx) => {
    if (entry.by === 'link' && !(await store.spendLink(tx, entry.agentId, entry.token, 'sign-in'))) {
      return refused('link-spent')
    }
    if (ctx.actor.kind === 'agent') await store.revokeSession(tx, ctx.actor.sessionId)
    const sessionId = await store.insertSession(tx, entry.agentId)
    await tx.emit(agentSignedIn(entry.agentId, entry.by))
    return done({ sessionId })
  })

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

/** Every refusal is the same one, after the same work: nobody learns whether the account exists. */
export async function signInWithPassword(ctx: Ctx, input: PasswordSignIn) {
  const login = await findLogin(ctx, input.email)
  await countTry(ctx, input.email, login?.lastSignInAt ?? null)
  const isRight = await isPasswordOf(login?.passwordHash ?? null, input.password)
  if (!login || !isRight || !mayEnter(login, env().APP_ENV)) return refused('wrong-credentials')
  return enter(ctx, { agentId: login.id, by: 'password' })
}

/** The link of a mail, once the button of its page is pressed. Works once. */
export async function signInWithLink(ctx: Ctx, input: { token: string }) {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const login = await findLoginByLink(ctx, { token: input.token, purpose: 'sign-in' })
  if (!login || !mayEnter(login, env().APP_ENV)) return refused('link-spent')
  return enter(ctx, { agentId: login.id, by: 'link', token: input.token })
}
