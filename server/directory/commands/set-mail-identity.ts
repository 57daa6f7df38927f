import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryMailSet } from '../events/territories'
import type { SetMailIdentity } from '../schema/territories'
import * as store from '../store/territories'

/** Says who the e-mails of a territory are from, and where they are answered; to its admins. Beyond reach is not found. */
export const setMailIdentity = (
  ctx: Ctx,
  { territoryId, senderName, replyTo }: SetMailIdentity,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const before = await store.lockMailIdentity(tx, territoryId)
    if (!before) throw new AppError('not-found')
    const after = { senderName: senderName || null, replyTo: replyTo || null }
    const values = (['senderName', 'replyTo'] as const).flatMap((field) =>
      before[field] === after[field] ? [] : [{ field, from: before[field], to: after[field] }],
    )
    if (values.length === 0) return done(null)
    await store.setMailIdentity(tx, territoryId, after)
    await tx.emit(territoryMailSet(territoryId, values))
    return done(null)
  })
