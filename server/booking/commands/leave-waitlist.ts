import { allow, found } from '@/server/kernel/errors'
import type { Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { mayWriteRdv } from '../policy'
import { lockRdv } from '../queries/locks'
import { findRdvByToken } from '../queries/usager-rdvs'
import { findWaitByOfferToken, findWaitByToken, findWaitOfRdv, type Wait } from '../queries/waits'
import { findWaitWithin } from '../queries/waits-within'
import { endWaits } from './end-waits'

type Left = Outcome<{ count: number }, never>

const leave = (ctx: Ctx, wait: Wait | null): Promise<Left> =>
  endWaits(ctx, wait ? [{ entryId: wait.entryId, endedBy: 'left' }] : [])

/** By the link of the wait. What it is offered at this moment goes to the next. */
export async function leaveWaitlist(ctx: Ctx, { token }: { token: string }): Promise<Left> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  return leave(ctx, found(await inRead(ctx, (read) => findWaitByToken(read, token))))
}

/** By the link of an offer. */
export async function leaveWaitlistByOffer(ctx: Ctx, { token }: { token: string }): Promise<Left> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  return leave(ctx, found(await inRead(ctx, (read) => findWaitByOfferToken(read, token))))
}

/** By the link of the RDV it was to bring forward. */
export async function leaveWaitlistByLink(ctx: Ctx, { token }: { token: string }): Promise<Left> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const wait = await inRead(ctx, async (read) => {
    const { rdvId } = found(await findRdvByToken(read, token))
    return findWaitOfRdv(read, rdvId)
  })
  return leave(ctx, wait)
}

/** An agent takes somebody off, with or without an RDV. Beyond reach is not found; said twice, it changes nothing. */
export const leaveWaitlistByAgent = (ctx: Ctx, { entryId }: { entryId: number }): Promise<Left> =>
  inTransaction<{ count: number }, never>(ctx, async (tx) => {
    found(await findWaitWithin(tx, entryId))
    return endWaits(tx, [{ entryId, endedBy: 'left' }])
  })

/** An agent takes the people of an RDV off. Beyond reach is not found. */
export const leaveWaitlistOfRdv = (ctx: Ctx, { rdvId }: { rdvId: number }): Promise<Left> =>
  inTransaction<{ count: number }, never>(ctx, async (tx) => {
    allow(mayWriteRdv(tx.actor, await lockRdv(tx, rdvId)))
    return leave(tx, await findWaitOfRdv(tx, rdvId))
  })
