import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { hashToken } from '@/server/platform/tokens'
import { idsSql } from '@/server/platform/sql'
import { maySetGrant } from '../policy'
import { planCopy, type CopyChange, type CopyMode } from '../rules/copy'
import type { GrantFacts, GrantLine } from '../rules/grants'
import type { Level } from '../rules/reach'
import { grantFactsSql, readLines } from './grants'
import { findAccessTerritory } from './accesses'
import { grantRowSql, type LockedGrant } from './places'

type AgentCtx = Ctx & { readonly actor: AgentActor }
type AgentReadCtx = ReadCtx & { readonly actor: AgentActor }
type Asked = { territoryId: number; fromAgentId: number; toAgentId: number; mode: CopyMode }
type Copied = { row: LockedGrant; facts: GrantFacts }

/** The grants two agents were given alone, for whoever may look at the accesses of both. */
export async function readCopied(
  read: AgentReadCtx,
  { territoryId, fromAgentId, toAgentId }: Asked,
): Promise<Copied[]> {
  await findAccessTerritory(read, { agentId: fromAgentId, territoryId })
  await findAccessTerritory(read, { agentId: toAgentId, territoryId })
  const rows = await read.db.execute<Copied>(sql`
    select ${grantRowSql} as row, ${grantFactsSql} as facts from grants g
    where g.territory_id = ${territoryId} and g.grantee_kind = 'agent'
      and g.grantee_agent_id = any(${idsSql([fromAgentId, toAgentId])})
    order by g.id`)
  return [...rows]
}

/** What the copy would change, as far as it is the actor's to change; `mark` tells this plan from another. */
export function planOf(actor: AgentActor, copied: readonly Copied[], asked: Asked) {
  const of = (agentId: number) => copied.flatMap(({ row }) => (row.granteeAgentId === agentId ? [row] : []))
  const all = planCopy(of(asked.fromAgentId), of(asked.toAgentId), asked)
  const isTheirs = ({ grantId, from, to }: CopyChange) => {
    const one = copied.find(({ row }) => row.id === grantId)
    return one !== undefined && maySetGrant(actor, { ...one.facts, level: from }, to)
  }
  const changes = all.filter(isTheirs)
  return { changes, leftCount: all.length - changes.length, mark: hashToken(JSON.stringify(changes)) }
}

export type CopyPreview = {
  readonly changes: readonly (Pick<CopyChange, 'kind' | 'from' | 'to'> & { readonly grant: GrantLine })[]
  /** Changes that are not the viewer's to make. */
  readonly leftCount: number
  readonly mark: string
}

/** What copying would change, before anything is. */
export const previewCopy = (ctx: AgentCtx, asked: Asked): Promise<CopyPreview> =>
  inRead(ctx, async (read) => {
    const mine = { ...read, actor: ctx.actor }
    const plan = planOf(ctx.actor, await readCopied(mine, asked), asked)
    const ids = plan.changes.map(({ grantId }) => grantId)
    const lines = await readLines(mine, sql`g.id = any(${idsSql(ids)})`)
    return {
      leftCount: plan.leftCount,
      mark: plan.mark,
      changes: plan.changes.map(({ kind, from, to, grantId }) => ({
        kind,
        from,
        to,
        grant: found(lines.find((line) => line.grantId === grantId)),
      })),
    }
  })

type Copy = { eventId: number; territoryId: number; before: LockedGrant[]; after: LockedGrant[] }

/** A copy the actor made in this session for an agent; the last one when `eventId` is null. */
export async function findCopy(
  read: AgentReadCtx,
  { agentId, eventId }: { agentId: number; eventId: number | null },
): Promise<Copy | undefined> {
  const [copy] = await read.db.execute<Copy>(sql`
    select e.id::float8 as "eventId", e.territory_id::float8 as "territoryId", v.old_value as before, v.new_value as after
    from events e join event_values v on v.event_id = e.id and v.occurred_at = e.occurred_at and v.field = 'grants'
    where e.subject_kind = 'agent' and e.subject_id = ${agentId} and e.kind = 'grant.copied'
      and e.actor_kind = 'agent' and e.actor_id = ${read.actor.agentId}
      and e.occurred_at >= (select created_at from sessions where id::text = ${read.actor.sessionId})
      ${eventId === null ? sql`` : sql`and e.id = ${eventId}`}
    order by e.occurred_at desc, e.id desc limit 1`)
  return copy
}

/** Of grants as their rows hold them, those gone since too. */
async function readFacts({ db }: ReadCtx, rows: readonly LockedGrant[]): Promise<Map<number, GrantFacts>> {
  const given = rows.map((row) => ({
    id: row.id,
    territory_id: row.territoryId,
    target_agent_id: row.targetAgentId,
    target_organisation_id: row.targetOrganisationId,
    level: row.level,
    scope_organisation_ids: row.scopeOrganisationIds,
  }))
  const found = await db.execute<{ id: number; facts: GrantFacts }>(sql`
    select g.id::float8 as id, ${grantFactsSql} as facts from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g
      (id bigint, territory_id bigint, target_agent_id bigint, target_organisation_id bigint, level text,
       scope_organisation_ids bigint[])`)
  return new Map(found.map(({ id, facts }) => [id, facts]))
}

const levelIn = (rows: readonly LockedGrant[], id: number): Level => rows.find((row) => row.id === id)?.level ?? 'none'

/** Whether each change from these grants to those is still the actor's to make: a right is asked of now, not of then. */
export async function mayReplace(
  read: AgentReadCtx,
  before: readonly LockedGrant[],
  after: readonly LockedGrant[],
): Promise<boolean> {
  const facts = await readFacts(read, [...new Map([...before, ...after].map((row) => [row.id, row])).values()])
  return [...facts].every(([id, fact]) => {
    const [from, to] = [levelIn(before, id), levelIn(after, id)]
    return from === to || maySetGrant(read.actor, { ...fact, level: from }, to)
  })
}

const factsOf = (rows: readonly LockedGrant[]) =>
  JSON.stringify(rows.map(({ id, level }) => [id, level]).sort(([a], [b]) => Number(a) - Number(b)))

/** A grant never changes but in its level. */
export const isSameRows = (one: readonly LockedGrant[], other: readonly LockedGrant[]): boolean =>
  factsOf(one) === factsOf(other)

/** The copy that one click would undo; null when there is none, or what it made is no longer so. */
export const findUndoableCopy = (ctx: AgentCtx, { agentId }: { agentId: number }): Promise<number | null> =>
  inRead(ctx, async (read) => {
    const mine = { ...read, actor: ctx.actor }
    const copy = await findCopy(mine, { agentId, eventId: null })
    if (!copy) return null
    await findAccessTerritory(mine, { agentId, territoryId: copy.territoryId })
    const rows = await read.db.execute<{ row: LockedGrant }>(sql`
      select ${grantRowSql} as row from grants g
      where g.territory_id = ${copy.territoryId} and g.grantee_kind = 'agent' and g.grantee_agent_id = ${agentId}`)
    const current = rows.map(({ row }) => row)
    return isSameRows(current, copy.after) && (await mayReplace(mine, current, copy.before)) ? copy.eventId : null
  })
