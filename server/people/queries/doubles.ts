import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import { found } from '@/server/kernel/errors'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parsePhone } from '@/server/platform/phone'
import { mayCreateUsager } from '../policy'
import { judgeUsager, type NewUsager } from '../rules/new-usager'
import type { FoundUsager } from '../rules/usager-views'
import { judgeChange } from '../rules/usager-change'
import type { CreateUsager, SaveUsager } from '../schema'
import { MAX_WITH_OTHERS, readUsagers, type AgentCtx } from './search'
import { readUsager } from './usager-sheet'

/** Where a file would be opened. Throws not-found. */
export async function loadPlace(
  { db }: ReadCtx,
  organisationId: number,
): Promise<{ territoryId: number; zone: string }> {
  const [row] = await db.execute<{ territoryId: number; zone: string }>(sql`
    select t.id::float8 as "territoryId", t.zone from organisations o join territories t on t.id = o.territory_id
    where o.id = ${organisationId}`)
  return found(row)
}

/** To be told that somebody is known is to have looked for them: it counts with the agent's searches. Throws `rate-limited`. */
export const countLook = (ctx: AgentCtx): Promise<void> =>
  consume(ctx, LIMITS.peopleSearchesPerAgent, String(ctx.actor.agentId))

/**
 * Who may already be that person, in the territory and nowhere else: the same number or e-mail, or both names and the
 * birth date (domain §8.1). `by: 'email'` looks at the e-mail alone.
 */
export const readDoubles = (
  read: ReadCtx,
  actor: AgentActor,
  {
    territoryId,
    usager,
    by = 'anything',
    exceptId = null,
  }: {
    territoryId: number
    usager: NewUsager
    by?: 'anything' | 'email'
    /** The file itself, when it changes. */ exceptId?: number | null
  },
): Promise<FoundUsager[]> =>
  readUsagers(read, actor, {
    territoryId,
    which:
      by === 'email'
        ? sql`u.email = ${usager.email} and u.id is distinct from ${exceptId}`
        : sql`u.id is distinct from ${exceptId} and (u.phone_e_164 = ${usager.phone?.e164 ?? null} or u.email = ${usager.email} or (u.born_on = ${usager.bornOn}::date
               and u.folded_name = fold(${`${usager.lastName} ${usager.firstName}`})))`,
    limit: MAX_WITH_OTHERS,
  })

/**
 * The same for a file as typed, for the agent to choose somebody instead; nobody while it makes no sense.
 */
export async function findDoubles(ctx: AgentCtx, input: CreateUsager): Promise<FoundUsager[]> {
  found(mayCreateUsager(ctx.actor, input.organisationId) ? input.organisationId : undefined)
  await countLook(ctx)
  return inRead(ctx, async (read) => {
    const { territoryId, zone } = await loadPlace(read, input.organisationId)
    const isProche = input.responsibleId !== null
    const judged = judgeUsager(input.answers, { today: dayOf(read.now, zone), isProche }, parsePhone)
    return judged.ok ? readDoubles(read, ctx.actor, { territoryId, usager: judged.usager }) : []
  })
}

/** The same for a change of a file, within reach; nobody while it makes no sense. */
export async function findDoublesOf(ctx: AgentCtx, input: SaveUsager): Promise<FoundUsager[]> {
  await countLook(ctx)
  return inRead(ctx, async (read) => {
    const sheet = await readUsager(read, ctx.actor, input.usagerId)
    const judged = judgeChange(sheet, input, dayOf(read.now, sheet.zone), parsePhone)
    if (!judged.ok) return []
    const { territoryId } = sheet
    return readDoubles(read, ctx.actor, { territoryId, usager: judged.likely, exceptId: input.usagerId })
  })
}
