import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territorySmsSet } from '../events/sms'
import type { SetSmsPrice } from '../schema/sms'
import * as store from '../store/sms'

/** Says what one SMS costs a territory, in thousandths of a euro; to its admins. Beyond reach is not found. */
export const setSmsPrice = (ctx: Ctx, { territoryId, price }: SetSmsPrice): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = await store.lockSms(tx, territoryId)
    if (!before) throw new AppError('not-found')
    const from = before.priceMillis
    if (from === price) return done(null)
    await store.setSmsPrice(tx, territoryId, price)
    const words = (millis: number | null) => (millis === null ? null : String(millis))
    await tx.emit(territorySmsSet(territoryId, [{ field: 'smsPriceMillis', from: words(from), to: words(price) }]))
    return done(null)
  })
