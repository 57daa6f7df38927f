import { setTimeout as pause } from 'node:timers/promises'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { agentLinkRequested } from '../events'
import { findLogin } from '../queries/logins'
import { mayEnter } from '../rules/session'
import type { LinkRequest } from '../schema'
import * as store from '../store'

/** Longer than the work for a known account ever takes: all answers come at the same time. */
const ANSWER_AFTER_MS = 400

const makeLink = (ctx: Ctx, input: LinkRequest) =>
  inTransaction(ctx, async (tx) => {
    const login = await findLogin(tx, input.email)
    if (!login || !mayEnter(login, env().APP_ENV)) return done(null)
    const linkId = await store.insertLink(tx, login.id, input.purpose)
    await tx.emit(agentLinkRequested(login.id, linkId, input.purpose))
    return done(null)
  })

/** Asks for a mail with a link. Known or unknown, the e-mail gets the same answer, in the same time. */
export async function requestLink(ctx: Ctx, input: LinkRequest) {
  await consume(ctx, LIMITS.loginMailsPerEmail, input.email)
  await consume(ctx, LIMITS.signInsPerAddress, ctx.clientAddress)
  const [outcome] = await Promise.all([makeLink(ctx, input), pause(ANSWER_AFTER_MS)])
  return outcome
}
