import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territorySmsSet } from '../events/sms'
import type { SetSmsSender } from '../schema/sms'
import * as store from '../store/sms'

/** Says who the SMS of a territory are from; to its admins. Beyond reach is not found. */
export const setSmsSender = (ctx: Ctx, { territoryId, sender }: SetSmsSender): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = await store.lockSms(tx, territoryId)
    if (!before) throw new AppError('not-found')
    const to = sender || null
    if (before.sender === to) return done(null)
    await store.setSmsSender(tx, territoryId, to)
    await tx.emit(territorySmsSet(territoryId, [{ field: 'smsSender', from: before.sender, to }]))
    return done(null)
  })
