import { done, refused } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { hashPassword } from '../auth'
import { agentActivated, agentPasswordChanged } from '../events'
import { findLoginByLink } from '../queries/logins'
import { mayEnter } from '../rules/session'
import type { NewPassword } from '../schema'
import * as store from '../store'

/**
 * Sets a new password by a mailed link, which works once; the first one, by the link of an invitation, opens the account.
 * Every open session of the agent is closed.
 */
export async function choosePassword(ctx: Ctx, input: NewPassword) {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const login = await findLoginByLink(ctx, { token: input.token, purpose: input.purpose })
  const isAwaited = input.purpose === 'invitation' && login?.activatedAt === null
  const state = login && isAwaited ? { ...login, activatedAt: ctx.now } : login
  if (!login || !state || !mayEnter(state, env().APP_ENV)) return refused('link-spent')
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, async (tx) => {
    if (!(await store.spendLink(tx, login.id, input.token, input.purpose))) return refused('link-spent')
    await store.setPassword(tx, login.id, passwordHash)
    await store.revokeSessionsOf(tx, login.id)
    if (isAwaited) {
      await store.activateAgent(tx, login.id)
      await tx.emit(agentActivated(login.id))
    } else await tx.emit(agentPasswordChanged(login.id))
    return done(null)
  })
}
