import type { AgentActor } from '@/server/kernel/actor'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { preferencesSet } from '../events'
import { lockPreferences } from '../queries/locks'
import { changedPreferences, type Preferences } from '../rules/preferences'
import * as store from '../store/members'

/** Keeps what an agent chose for themselves. Chosen again as it is, nothing is written. */
export const setPreferences = (
  ctx: Ctx & { readonly actor: AgentActor },
  chosen: Preferences,
): Promise<Outcome<null, never>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = ctx.actor
    const changes = changedPreferences(await lockPreferences(tx, agentId), chosen)
    if (changes.length === 0) return done(null)
    await store.setPreferences(tx, agentId, chosen)
    await tx.emit(preferencesSet(agentId, changes))
    return done(null)
  })
