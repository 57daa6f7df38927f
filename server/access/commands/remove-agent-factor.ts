import type { SuperAdminActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { secondFactorRemoved } from '../events'
import { findLoginById } from '../queries/logins'
import { lockOwner } from '../queries/locks'
import { findFactor } from '../queries/second-factors'
import type { RemoveAgentFactor } from '../schema/super-admins'
import { revokeSessionsOfOwner } from '../store'
import { deleteFactor } from '../store/second-factors'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

/**
 * Takes the second factor of an agent away, who lost telephone and codes, or whose secret is sealed under another APP_SECRET.
 * Their password is enough again, and asked for: their sessions end. They are told, by whom and why.
 */
export const removeAgentFactor = (
  ctx: SuperCtx,
  { agentId, reason }: RemoveAgentFactor,
): Promise<Outcome<null, 'factor-off'>> =>
  inTransaction<null, 'factor-off'>(ctx, async (tx) => {
    found(await findLoginById(tx, agentId))
    const owner = { kind: 'agent', id: agentId } as const
    await lockOwner(tx, owner)
    if (!(await findFactor(tx, owner))?.isConfirmed) return refused('factor-off')
    await deleteFactor(tx, owner)
    await revokeSessionsOfOwner(tx, owner, null)
    await tx.emit(secondFactorRemoved(agentId, reason))
    return done(null)
  })
