import type { AgentActor } from '@/server/kernel/actor'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { violatedConstraint } from '@/server/platform/sql'
import { hashPassword } from '../auth'
import { agentEmailChanged, agentLinkRequested, agentPasswordChanged, agentRenamed } from '../events'
import { findEmailChange } from '../queries/logins'
import { getMe } from '../queries/profile'
import { mayEnter } from '../rules/session'
import * as sharedStore from '../store'
import * as store from '../store/members'
import { provePassword } from './prove-password'

type AgentCtx = Ctx & { readonly actor: AgentActor }

/** Changes one's own name, as colleagues read it. */
export const renameMe = (
  ctx: AgentCtx,
  names: { firstName: string; lastName: string },
): Promise<Outcome<null, never>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = ctx.actor
    const me = await getMe({ ...tx, actor: ctx.actor })
    const [from, to] = [me, names].map(({ firstName, lastName }) => `${firstName ?? ''} ${lastName}`.trim())
    if (from === to) return done(null)
    await store.renameAgent(tx, agentId, names)
    await tx.emit(agentRenamed(agentId, { from: from ?? '', to: to ?? '' }))
    return done(null)
  })

/**
 * Asks for another e-mail: a link goes there, a warning to the one it leaves, and nothing changes until the link is opened.
 * The answer is the same whether somebody has that address or not.
 */
export async function requestEmailChange(ctx: AgentCtx, { email }: { email: string }): Promise<Outcome<null, never>> {
  const { agentId } = ctx.actor
  await consume(ctx, LIMITS.loginMailsPerEmail, `change|${String(agentId)}`)
  return inTransaction(ctx, async (tx) => {
    const linkId = await sharedStore.insertLink(tx, agentId, 'email-change', email)
    await tx.emit(agentLinkRequested(agentId, linkId, 'email-change'))
    return done(null)
  })
}

/** The e-mail a link was sent to becomes its agent's, unless it was spent, or somebody has that address meanwhile. */
export async function confirmEmailChange(
  ctx: Ctx,
  { token }: { token: string },
): Promise<Outcome<null, 'link-spent' | 'email-taken'>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const change = await findEmailChange(ctx, token)
  if (!change || !mayEnter(change, env().APP_ENV)) return refused('link-spent')
  const { agentId, email, newEmail } = change
  try {
    return await inTransaction(ctx, async (tx) => {
      if (!(await sharedStore.spendLink(tx, agentId, token, 'email-change'))) return refused('link-spent')
      await store.setEmail(tx, agentId, newEmail)
      await tx.emit(agentEmailChanged(agentId, { from: email, to: newEmail }))
      return done(null)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'agents_email_unique') return refused('email-taken')
    throw error
  }
}

/** Changes one's own password, with the current one; every other session is closed. */
export async function changePassword(
  ctx: AgentCtx,
  { current, password }: { current: string; password: string },
): Promise<Outcome<null, 'wrong-password'>> {
  const { agentId, sessionId } = ctx.actor
  if (!(await provePassword(ctx, { kind: 'agent', id: agentId }, current))) return refused('wrong-password')
  const passwordHash = await hashPassword(password)
  return inTransaction(ctx, async (tx) => {
    await sharedStore.setPassword(tx, agentId, passwordHash)
    await sharedStore.revokeSessionsOf(tx, agentId, sessionId)
    await tx.emit(agentPasswordChanged(agentId))
    return done(null)
  })
}
