import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentSignedOut } from '../events'
import * as store from '../store'

/** Closes the session of this request. Without one there is nothing to close. */
export const signOut = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind !== 'agent') return done(null)
    const agentId = await store.revokeSession(tx, tx.actor.sessionId)
    if (agentId !== null) await tx.emit(agentSignedOut(agentId, 'session'))
    return done(null)
  })

/** Closes every session of the agent, this one included. */
export const signOutEverywhere = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind !== 'agent') return done(null)
    await store.revokeSessionsOf(tx, tx.actor.agentId)
    await tx.emit(agentSignedOut(tx.actor.agentId, 'everywhere'))
    return done(null)
  })
