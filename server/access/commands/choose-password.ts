import { done, refused } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { hashPassword } from '../auth'
import { agentPasswordChanged } from '../events'
import { findLoginByLink } from '../queries/logins'
import { mayEnter } from '../rules/session'
import type { NewPassword } from '../schema'
import * as store from '../store'

/** Sets a new password by a mailed link, which works once. Every open session of the agent is closed. */
export async function choosePassword(ctx: Ctx, input: NewPassword) {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const login = await findLoginByLink(ctx, { token: input.token, purpose: 'reset-password' })
  if (!login || !mayEnter(login, env().APP_ENV)) return refused('link-spent')
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, async (tx) => {
    if (!(await store.spendLink(tx, login.id, input.token, 'reset-password'))) return refused('link-spent')
    await store.setPassword(tx, login.id, passwordHash)
    await store.revokeSessionsOf(tx, login.id)
    await tx.emit(agentPasswordChanged(login.id))
    return done(null)
  })
}
