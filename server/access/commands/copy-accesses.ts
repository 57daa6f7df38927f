import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { copyUndone, grantChanged, grantsCopied } from '../events/rights'
import { findCopy, isSameRows, mayReplace, planOf, readCopied } from '../queries/copies'
import { lockGrants, type LockedGrant } from '../queries/places'
import type { CopyRefusal, UndoRefusal } from '../rules/copy'
import type { CopyAccesses } from '../schema/rights'
import * as sharedStore from '../store'
import * as membersStore from '../store/members'
import * as store from '../store/rights'

type AgentCtx = Ctx & { readonly actor: AgentActor }

const ownGrants = (territoryId: number, agentId: number) => sql`
  g.territory_id = ${territoryId} and g.grantee_kind = 'agent' and g.grantee_agent_id = ${agentId}`

/**
 * Gives an agent the accesses another was given alone, as the preview said: changed since then, nothing is done. Rights
 * which are not the actor's to set are left as they are.
 */
export const copyAccesses = (ctx: AgentCtx, input: CopyAccesses): Promise<Outcome<null, CopyRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<null, CopyRefusal>> => {
    const { territoryId, fromAgentId, toAgentId } = input
    if (fromAgentId === toAgentId) return refused('same-agent')
    const before = await lockGrants(tx, ownGrants(territoryId, toAgentId))
    const copied = await readCopied({ ...tx, actor: ctx.actor }, input)
    const plan = planOf(ctx.actor, copied, input)
    if (plan.mark !== input.seen) return refused('changed-meanwhile')
    if (plan.changes.length === 0) return refused('nothing-to-copy')
    for (const { kind, grantId, ownId, to } of plan.changes) {
      if (kind === 'added') {
        const { row } = found(copied.find((one) => one.row.id === grantId))
        await store.insertGrant(tx, { ...columnsOf(row), granteeAgentId: toAgentId })
      } else if (ownId !== null && to !== 'none') await sharedStore.setGrantLevel(tx, ownId, to)
      else if (ownId !== null) await sharedStore.deleteGrant(tx, ownId)
    }
    const after = await lockGrants(tx, ownGrants(territoryId, toAgentId))
    await Promise.all([
      ...told(tx, before, after),
      tx.emit(grantsCopied(territoryId, { fromAgentId, toAgentId }, { before, after })),
    ])
    return done(null)
  })

/**
 * Puts the accesses of an agent back as they were before one's own copy of this session: exactly, or not at all when
 * somebody changed them meanwhile. Not found when a change of it is no longer the actor's to make.
 */
export const undoCopy = (
  ctx: AgentCtx,
  { agentId, eventId }: { agentId: number; eventId: number },
): Promise<Outcome<null, UndoRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<null, UndoRefusal>> => {
    const { territoryId, before, after } = found(await findCopy({ ...tx, actor: ctx.actor }, { agentId, eventId }))
    const current = await lockGrants(tx, ownGrants(territoryId, agentId))
    if (!isSameRows(current, after)) return refused('changed-meanwhile')
    found((await mayReplace({ ...tx, actor: ctx.actor }, current, before)) ? eventId : undefined)
    const gone = current.filter(({ id }) => !before.some((row) => row.id === id))
    await membersStore.deleteGrants(
      tx,
      gone.map(({ id }) => id),
    )
    for (const row of before) {
      const now = current.find(({ id }) => id === row.id)
      if (!now) await store.restoreGrant(tx, row)
      else if (now.level !== row.level) await sharedStore.setGrantLevel(tx, row.id, row.level)
    }
    await Promise.all([...told(tx, current, before), tx.emit(copyUndone(territoryId, agentId, eventId))])
    return done(null)
  })

/** What a new row takes of another: all but its identity. */
const columnsOf = (row: LockedGrant) => ({
  territoryId: row.territoryId,
  granteeKind: row.granteeKind,
  granteeAgentId: row.granteeAgentId,
  granteeGroupId: row.granteeGroupId,
  granteeOrganisationId: row.granteeOrganisationId,
  granteeServiceId: row.granteeServiceId,
  targetKind: row.targetKind,
  targetAgentId: row.targetAgentId,
  targetGroupId: row.targetGroupId,
  targetOrganisationId: row.targetOrganisationId,
  targetServiceId: row.targetServiceId,
  level: row.level,
  scopeOrganisationIds: row.scopeOrganisationIds,
  scopeServiceIds: row.scopeServiceIds,
})

/** One fact for each grant that is not what it was. */
function told(tx: TxCtx, before: readonly LockedGrant[], after: readonly LockedGrant[]): Promise<void>[] {
  const levelIn = (rows: readonly LockedGrant[], id: number) => rows.find((row) => row.id === id)?.level ?? 'none'
  const all = new Map([...before, ...after].map((row) => [row.id, row]))
  return [...all.values()].flatMap((row) => {
    const [from, to] = [levelIn(before, row.id), levelIn(after, row.id)]
    return from === to ? [] : [tx.emit(grantChanged(row, { from, to }))]
  })
}
