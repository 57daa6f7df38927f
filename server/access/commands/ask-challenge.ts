import type { UsagerActor } from '@/server/kernel/actor'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { challengeAsked } from '../events/accounts'
import { accountQuota, type Contact } from '../rules/accounts'
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
  await consume(ctx, LIMITS.challengesPerContact, contact.kind === 'phone' ? contact.phoneE164 : contact.email)
  return inTransaction(ctx, async (tx) => {
    const challengeId = await insertChallenge(tx, contact, accountId)
    await tx.emit(challengeAsked(challengeId))
    return done({ challengeId })
  })
}
