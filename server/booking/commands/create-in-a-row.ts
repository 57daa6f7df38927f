import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { readMotif } from '../queries/placing'
import type { CreateRefusal } from '../rules/placing'
import type { CreateRdv } from '../schema'
import { createRdv } from './create-rdv'

type Created = Outcome<{ rdvId: number; isNew: boolean }, CreateRefusal>

/**
 * One RDV for each person, one after the other without a hole, in the order given: a family that comes once. All or none:
 * what is refused to one is refused to all. A one-off lieu is written once. Answers the first.
 */
export const createInARow = (ctx: Ctx & { readonly actor: AgentActor }, input: CreateRdv): Promise<Created> =>
  inTransaction(ctx, async (tx): Promise<Created> => {
    const inside = { ...tx, actor: ctx.actor }
    const { durationMin } = await readMotif(tx, ctx.actor, input.motifId)
    const stepMs = (input.durationMin ?? durationMin) * 60_000
    let oneOffLieuId: number | null = null
    let first: { rdvId: number; isNew: boolean } | null = null
    for (const [place, usagerId] of [...new Set(input.usagerIds)].entries()) {
      const startAt = new Date(input.startAt.getTime() + place * stepMs)
      const created = await createRdv(inside, { ...input, usagerIds: [usagerId], startAt }, { oneOffLieuId })
      if (!created.ok) return created
      first ??= created.value
      if (input.oneOffLieu) oneOffLieuId ??= await lieuOf(tx, first.rdvId)
    }
    return first ? done(first) : createRdv(inside, input)
  })

async function lieuOf({ db }: ReadCtx, rdvId: number): Promise<number | null> {
  const [rdv] = await db.execute<{ id: number | null }>(sql`
    select lieu_id::float8 as id from rdvs where id = ${rdvId}`)
  return rdv?.id ?? null
}
