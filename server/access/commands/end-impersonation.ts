import { done, refused, type Outcome } from '@/server/kernel/outcome'
import type { AgentActor, Impersonation, SuperAdminActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { impersonationEnded, impersonationTurnedToWriting } from '../events/super-admins'
import { loadMayWrite } from '../queries/impersonations'
import type { WritingRefusal } from '../rules/impersonation'
import * as store from '../store/super-admins'

type AgentCtx = Ctx & { readonly actor: AgentActor }

/** The super-admin behind an agent's place: what begins or ends it is their act, and the ledger says so. */
const behind = ({ sessionId }: AgentActor, { superAdminId }: Impersonation): SuperAdminActor => ({
  kind: 'super-admin',
  superAdminId,
  sessionId,
  hasSecondFactor: true,
})

/** Leaves the agent's place. For anybody else there is nothing to leave. */
export const endImpersonation = (ctx: AgentCtx): Promise<Outcome<null, never>> => {
  const impersonation = found(ctx.actor.impersonation)
  return inTransaction<null, never>(withActor(ctx, behind(ctx.actor, impersonation)), async (tx) => {
    if (await store.endImpersonation(tx, impersonation.impersonationId)) {
      await tx.emit(impersonationEnded(ctx.actor.agentId, impersonation.impersonationId))
    }
    return done(null)
  })
}

/** The second act: from now on they may change what the agent may, where every territory of the agent lets them. */
export const turnToWriting = (ctx: AgentCtx): Promise<Outcome<null, WritingRefusal>> => {
  const impersonation = found(ctx.actor.impersonation)
  return inTransaction<null, WritingRefusal>(withActor(ctx, behind(ctx.actor, impersonation)), async (tx) => {
    if (!(await loadMayWrite(tx, ctx.actor.agentId))) return refused('not-allowed-here')
    if (!(await store.setWriting(tx, impersonation.impersonationId))) return refused('already-writing')
    await tx.emit(impersonationTurnedToWriting(ctx.actor.agentId, impersonation.impersonationId))
    return done(null)
  })
}

/** The same request once out of the agent's place; unchanged for anybody else. */
export async function withoutImpersonation(ctx: Ctx): Promise<Ctx> {
  const { actor } = ctx
  if (actor.kind !== 'agent' || !actor.impersonation) return ctx
  await endImpersonation({ ...ctx, actor })
  return withActor(ctx, behind(actor, actor.impersonation))
}
