import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import type { CreateRefusal } from '../rules/placing'
import type { CreateSeries } from '../schema/series'
import { placeRdvs } from './place-rdvs'

/** The first of the series; not `isNew` when the very same RDVs already stood. */
type Created = Outcome<{ rdvId: number; isNew: boolean; newCount: number }, CreateRefusal>

/**
 * The same RDV on several dates, linked to each other. All or none: what is refused on one date is refused on all. Each
 * date is judged again under the agents' lock, by what was passed over on that date (docs/decisions/0017).
 */
export const createSeries = (ctx: Ctx & { readonly actor: AgentActor }, input: CreateSeries): Promise<Created> =>
  inTransaction(ctx, async (tx): Promise<Created> => {
    const { dates, ...same } = input
    if (dates.length === 0) return refused('date-missing')
    const inOrder = [...dates].sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
    const placed = await placeRdvs({ ...tx, actor: ctx.actor }, same, inOrder)
    if (!placed.ok) return placed
    const { rdvIds, newCount } = placed.value
    return done({ rdvId: found(rdvIds[0]), isNew: newCount > 0, newCount })
  })
