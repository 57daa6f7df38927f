import { found } from '@/server/kernel/errors'
import type { Outcome } from '@/server/kernel/outcome'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { findWaitByOfferToken } from '../queries/waits'
import { settleOffers } from './settle-offers'

/** Not this one: it goes to the next, and they wait on. Said twice, or too late, it changes nothing. */
export async function declineOffer(ctx: Ctx, { token }: { token: string }): Promise<Outcome<{ count: number }, never>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const { offer } = found(await inRead(ctx, (read) => findWaitByOfferToken(read, token)))
  return settleOffers(ctx, { offerIds: offer ? [offer.offerId] : [], state: 'declined' })
}
