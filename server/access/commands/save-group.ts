import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { idsSql, violatedConstraint } from '@/server/platform/sql'
import { grantChanged, groupDeleted, groupSaved } from '../events/rights'
import { mayAdministerTerritory } from '../policy'
import { lockGrants } from '../queries/places'
import type { GroupRefusal } from '../rules/groups'
import type { SaveGroup } from '../schema/rights'
import * as store from '../store/rights'

type Group = { groupId: number; territoryId: number; name: string; members: number[] }

/** A group of those the actor administers, held to the end of the transaction. */
async function lockGroup(tx: TxCtx, groupId: number): Promise<Group> {
  await tx.db.execute(sql`select id from agent_groups where id = ${groupId} for update`)
  const [group] = await tx.db.execute<Group>(sql`
    select id::float8 as "groupId", territory_id::float8 as "territoryId", name,
           array(select agent_id from agent_group_members where group_id = id order by agent_id)::float8[] as members
    from agent_groups where id = ${groupId}`)
  return found(group && mayAdministerTerritory(tx.actor, group.territoryId) ? group : undefined)
}

/**
 * Makes a group of agents, or changes its name and members: what it was given is theirs at once, and no longer that of who
 * leaves it. For the admins of the territory; its members work there.
 */
export async function saveGroup(ctx: Ctx, input: SaveGroup): Promise<Outcome<{ groupId: number }, GroupRefusal>> {
  try {
    return await save(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'agent_groups_name_unique') return refused('name-taken')
    throw error
  }
}

const save = (
  ctx: Ctx,
  { territoryId, groupId, name, agentIds }: SaveGroup,
): Promise<Outcome<{ groupId: number }, GroupRefusal>> =>
  inTransaction(ctx, async (tx) => {
    found(mayAdministerTerritory(tx.actor, territoryId) ? territoryId : undefined)
    const before = groupId === null ? null : await lockGroup(tx, groupId)
    found(before === null || before.territoryId === territoryId ? territoryId : undefined)
    const members = inIdOrder(agentIds)
    const [works] = await tx.db.execute<{ count: number }>(sql`
      select count(distinct r.agent_id)::integer as count from agent_roles r join agents a on a.id = r.agent_id
      where r.territory_id = ${territoryId} and a.deleted_at is null and r.agent_id = any(${idsSql(members)})`)
    if (works?.count !== members.length) return refused('not-of-territory')
    const id = before?.groupId ?? (await store.insertGroup(tx, territoryId, name))
    if (before && before.name !== name) await store.renameGroup(tx, id, name)
    const known = before?.members ?? []
    const left = known.filter((one) => !members.includes(one))
    if (left.length > 0) await store.deleteMembers(tx, id, left)
    await store.insertMembers(
      tx,
      id,
      members.filter((one) => !known.includes(one)),
    )
    await tx.emit(
      groupSaved({ groupId: id, territoryId }, { from: before?.name ?? null, to: name }, { from: known, to: members }),
    )
    return done({ groupId: id })
  })

/** Takes a group away, with what it was given and what it opened; its members stay. */
export const deleteGroup = (ctx: Ctx, { groupId }: { groupId: number }): Promise<Outcome<null, never>> =>
  inTransaction(ctx, async (tx) => {
    const group = await lockGroup(tx, groupId)
    const lost = await lockGrants(tx, sql`g.grantee_group_id = ${groupId} or g.target_group_id = ${groupId}`)
    await store.deleteGroup(tx, groupId)
    await Promise.all([
      ...lost.map((grant) => tx.emit(grantChanged(grant, { from: grant.level, to: 'none' }))),
      tx.emit(groupDeleted(group, group.name, group.members)),
    ])
    return done(null)
  })
