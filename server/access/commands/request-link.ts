import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { enqueue } from '@/server/platform/jobs'
import { consume, LIMITS } from '@/server/platform/limits'
import { findLogin } from '../queries/logins'
import { mayEnter } from '../rules/session'
import { NOBODY, type LinkRequest } from '../schema'

/**
 * Asks for a mail with a link. Known or unknown, the e-mail gets the same answer after the same work, a reading and a
 * job: how long it takes tells nothing. The job makes the link, for whoever may enter.
 */
export async function requestLink(ctx: Ctx, { email, purpose }: LinkRequest) {
  await consume(ctx, LIMITS.loginMailsPerEmail, email)
  await consume(ctx, LIMITS.signInsPerAddress, ctx.clientAddress)
  return inTransaction(ctx, async (tx) => {
    const login = await findLogin(tx, email)
    const agentId = login && mayEnter(login, env().APP_ENV) ? login.id : NOBODY
    await enqueue(tx.db, 'make-link', { agentId, purpose })
    return done(null)
  })
}
