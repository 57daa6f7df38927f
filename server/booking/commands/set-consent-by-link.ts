import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { rdvConsentSet } from '../events'
import { findToldByToken } from '../queries/consents'
import type { SetConsentByLink } from '../schema'
import { setRdvConsent } from '../store/consents'

/**
 * Whoever is told of an RDV says, holding its link, whether they are written to of it by this channel. Of that RDV alone:
 * whoever types a name and a number is given a link, and is not always the person of the file. Throws `not-found` for a
 * link unknown or revoked. Said again, it changes nothing.
 */
export async function setConsentByLink(
  ctx: Ctx,
  { token, channel, isOn }: SetConsentByLink,
): Promise<Outcome<null, never>> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const { rdvId, participationId, toldId } = found(await inRead(ctx, (read) => findToldByToken(read, token)))
  return inTransaction<null, never>(withActor(ctx, { kind: 'link', rdvId, participationId }), async (tx) => {
    const parts = await setRdvConsent(tx, { rdvId, toldId, channel, isOn })
    const [part] = parts
    if (part)
      await tx.emit(rdvConsentSet({ id: rdvId, territoryId: part.territoryId }, { participationId, channel, isOn }))
    return done(null)
  })
}
