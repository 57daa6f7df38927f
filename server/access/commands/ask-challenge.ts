import type { UsagerActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, count, giveBack, LIMITS } from '@/server/platform/limits'
import { challengeAsked } from '../events/accounts'
import { accountQuota, askerQuota, contactQuota, type Contact } from '../rules/accounts'
import { insertChallenge } from '../store/accounts'

type Asked = Outcome<{ challengeId: number }, never>

/**
 * Asks for a code by SMS, or for a link by e-mail. Known or unknown, the contact gets the same answer after the same work, a
 * row and a fact: what is sent, and whether, is decided later. Throws `rate-limited`.
 */
export const askSignIn = (ctx: Ctx, contact: Contact): Promise<Asked> => ask(ctx, contact, null)

/**
 * The same for a contact the account is to have from now on, sent there: to whoever's contact it is, which nobody knows yet,
 * hence a few a day.
 */
export const askContactChange = (ctx: Ctx & { readonly actor: UsagerActor }, contact: Contact): Promise<Asked> =>
  ask(ctx, contact, ctx.actor.accountId)

async function ask(ctx: Ctx, contact: Contact, accountId: number | null): Promise<Asked> {
  await consume(ctx, LIMITS.challengesPerAddress, ctx.clientAddress)
  if (accountId !== null) await consume(ctx, LIMITS.challengesPerAccount, accountQuota(accountId, contact))
  await consumeOfContact(ctx, contact)
  return inTransaction(ctx, async (tx) => {
    const challengeId = await insertChallenge(tx, contact, accountId)
    await tx.emit(challengeAsked(challengeId))
    return done({ challengeId })
  })
}

/**
 * Whoever knows a number may ask for its codes, and is not to keep its owner out by that: once a contact has had its codes of
 * the hour, those who had as many today from one address wait, and nobody else. Over it stands what leaves in a day. Throws
 * `rate-limited`.
 */
async function consumeOfContact(ctx: Ctx, contact: Contact): Promise<void> {
  const [perHour, asker] = [LIMITS.challengesPerContact, askerQuota(ctx.clientAddress, contact)]
  const all = await count(ctx, perHour, contactQuota(contact))
  const own = await count(ctx, LIMITS.challengesPerAsker, asker)
  if (all && own && Math.min(all.points, own.points) > perHour.points) {
    // They had none: whoever presses the button again and again waits an hour, not until tomorrow.
    await giveBack(ctx, LIMITS.challengesPerAsker, asker)
    throw new AppError('rate-limited', { retryInSec: all.wait })
  }
  if (own && own.points > LIMITS.challengesPerAsker.points) throw new AppError('rate-limited', { retryInSec: own.wait })
  await consume(ctx, LIMITS.challengesPerContactADay, contactQuota(contact))
}
