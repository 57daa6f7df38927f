import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { choose } from '@/server/people/commands/set-consent'
import { findToldByToken } from '../queries/consents'
import type { SetConsentByLink } from '../schema'

/**
 * Whoever is told of an RDV says, holding its link, whether they are written to by this channel. Throws `not-found` for a
 * link unknown or revoked.
 */
export async function setConsentByLink(
  ctx: Ctx,
  { token, ...choice }: SetConsentByLink,
): Promise<Outcome<null, never>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const { rdvId, participationId, toldId } = found(await inRead(ctx, (read) => findToldByToken(read, token)))
  return inTransaction<null, never>(withActor(ctx, { kind: 'link', rdvId, participationId }), async (tx) => {
    await choose(tx, toldId, choice)
    return done(null)
  })
}
