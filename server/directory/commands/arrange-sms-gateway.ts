import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territorySmsSet } from '../events/sms'
import { secretGoesTo } from '../rules/sms'
import type { ArrangeSmsGateway } from '../schema/sms'
import * as store from '../store/sms'

/**
 * Has a gateway tried before the one above it, or takes it away with its secret: what it still says of what had left is heard
 * for a while. To the territory's admins. Beyond reach is not found.
 */
export const arrangeSmsGateway = (
  ctx: Ctx,
  { territoryId, gatewayId, to }: ArrangeSmsGateway,
): Promise<Outcome<null, 'gone'>> =>
  inTransaction<null, 'gone'>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = (await store.lockSms(tx, territoryId))?.gateways ?? []
    const at = before.findIndex(({ id }) => id === gatewayId)
    const moved = before[at]
    if (!moved) return refused('gone')
    const after = before.filter(({ id }) => id !== gatewayId)
    if (to === 'up') after.splice(Math.max(at - 1, 0), 0, moved)
    await store.setSmsGateways(
      tx,
      territoryId,
      after.map(({ id }) => id),
    )
    const words = (gateways: typeof before) => gateways.map(({ settings }) => secretGoesTo(settings)).join(', ')
    await tx.emit(territorySmsSet(territoryId, [{ field: 'smsGateways', from: words(before), to: words(after) }]))
    return done(null)
  })
