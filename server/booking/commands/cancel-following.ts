import type { AgentActor } from '@/server/kernel/actor'
import { allow } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { lockRdvs } from '../queries/locks'
import { readSeries } from '../queries/series'
import { followingOf, type CancelFollowingRefusal } from '../rules/rdv-series'
import type { CancelFollowing } from '../schema/series'
import { cancelTogether } from './cancel-together'

type Cancelled = Outcome<{ count: number }, CancelFollowingRefusal>

/**
 * Cancels this RDV of a series and those after it that the agent may write, all or none, in as many statements for one as
 * for many; one event each. Only those they were shown: when the list is another by then, it is shown again.
 */
export const cancelFollowing = (
  ctx: Ctx & { readonly actor: AgentActor },
  { rdvId, to, rdvIds }: CancelFollowing,
): Promise<Cancelled> =>
  inTransaction(ctx, async (tx): Promise<Cancelled> => {
    const inside = { ...tx, actor: ctx.actor }
    const before = await readSeries(inside, rdvId)
    if (!before) return refused('nothing-left')
    allow(before.rdvs.some((rdv) => rdv.rdvId === rdvId && rdv.level === 'write'))
    await lockRdvs(tx, rdvIds)
    const series = await readSeries(inside, rdvId)
    const following = series ? followingOf(series, rdvId, tx.now).map((rdv) => rdv.rdvId) : []
    if (following.length === 0) return refused('nothing-left')
    const shown = new Set(rdvIds)
    if (following.length !== shown.size || !following.every((id) => shown.has(id))) return refused('changed-meanwhile')

    const { territoryId } = before
    const cancelled = await cancelTogether(tx, { rdvs: following.map((id) => ({ id, territoryId })), to })
    return cancelled.ok ? done({ count: following.length }) : cancelled
  })
