import { done } from '@/server/kernel/outcome'
import { AppError } from '@/server/kernel/errors'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentSignedOut } from '../events'
import { superAdminSignedOut } from '../events/super-admins'
import * as store from '../store'
import { withoutImpersonation } from './end-impersonation'

/** Closes the session of this request. Without one there is nothing to close. From an agent's place, it is the super-admin's. */
export const signOut = async (ctx: Ctx) => {
  const own = await withoutImpersonation(ctx)
  return inTransaction(own, async (tx) => {
    if (tx.actor.kind !== 'agent' && tx.actor.kind !== 'super-admin') return done(null)
    const owner = await store.revokeSession(tx, tx.actor.sessionId)
    if (owner?.kind === 'agent') await tx.emit(agentSignedOut(owner.id, 'session'))
    if (owner?.kind === 'super-admin') await tx.emit(superAdminSignedOut(owner.id))
    return done(null)
  })
}

/** Closes every session of the agent, or of the super-admin, this one included. In person alone. */
export const signOutEverywhere = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind === 'super-admin') {
      const { superAdminId } = tx.actor
      await store.revokeSessionsOfOwner(tx, { kind: 'super-admin', id: superAdminId }, null)
      await tx.emit(superAdminSignedOut(superAdminId))
    }
    if (tx.actor.kind !== 'agent') return done(null)
    if (tx.actor.impersonation) throw new AppError('in-person')
    await store.revokeSessionsOf(tx, tx.actor.agentId)
    await tx.emit(agentSignedOut(tx.actor.agentId, 'everywhere'))
    return done(null)
  })
