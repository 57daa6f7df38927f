import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import type { CreateRefusal } from '../rules/placing'
import type { CreateRdv } from '../schema'
import { placeRdvs, type WrittenPlace } from './place-rdvs'

/** `isNew` is false when the very same RDV already stood: a form sent twice places one (domain §3.3, « doublon »). */
type Created = Outcome<{ rdvId: number; isNew: boolean }, CreateRefusal>

/** An agent places an RDV, anywhere in time, in agendas they may write on; see `placeRdvs` for what they are warned of. */
export const createRdv = (
  ctx: Ctx & { readonly actor: AgentActor },
  input: CreateRdv,
  written: WrittenPlace = {},
): Promise<Created> =>
  inTransaction(ctx, async (tx): Promise<Created> => {
    const { startAt, acknowledged, ...same } = input
    const placed = await placeRdvs({ ...tx, actor: ctx.actor }, same, [{ startAt, acknowledged }], written)
    return placed.ok ? done({ rdvId: found(placed.value.rdvIds[0]), isNew: placed.value.newCount > 0 }) : placed
  })
