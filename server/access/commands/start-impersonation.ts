import { sql } from 'drizzle-orm'
import type { SuperAdminActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { violatedConstraint } from '@/server/platform/sql'
import { impersonationStarted } from '../events/super-admins'
import { findLoginById } from '../queries/logins'
import { impersonationExpiry, type ImpersonationRefusal } from '../rules/impersonation'
import { hasPlace, mayEnter } from '../rules/session'
import type { StartImpersonation } from '../schema/super-admins'
import * as store from '../store/super-admins'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

/**
 * Puts a super-admin in an agent's place, for half an hour, to look (house §10.1). Never in another super-admin's, which the
 * database refuses too; never from within another, since whoever stands in an agent's place is that agent.
 */
export async function startImpersonation(
  ctx: SuperCtx,
  { agentId, reason }: StartImpersonation,
): Promise<Outcome<null, ImpersonationRefusal>> {
  const { superAdminId, sessionId } = ctx.actor
  try {
    return await inTransaction<null, ImpersonationRefusal>(ctx, async (tx) => {
      const agent = found(await findLoginById(tx, agentId))
      if (!mayEnter(agent, env().APP_ENV) || !hasPlace(agent)) return refused('not-active')
      const [twin] = await tx.db.execute(sql`select from super_admins where email = ${agent.email}`)
      if (twin) return refused('super-admin')
      const expiresAt = impersonationExpiry(tx.now)
      const id = await store.insertImpersonation(tx, { superAdminId, sessionId, agentId, reason, expiresAt })
      await tx.emit(impersonationStarted(agentId, id))
      return done(null)
    })
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'impersonations_one_at_a_time') return refused('already-elsewhere')
    if (constraint === 'impersonations_no_super_admin') return refused('super-admin')
    throw error
  }
}
