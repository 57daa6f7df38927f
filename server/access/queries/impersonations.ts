import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import type { ImpersonationLine } from '../rules/impersonation'

/**
 * Whether every territory the agent works in, administers, or holds an RDV of lets a super-admin write in their place; an
 * agent of none lets nobody. An RDV stays its agent's to write, though they have left its territory since.
 */
export const mayBeWrittenFor = (agentId: SQL) => sql<boolean>`coalesce((
  select bool_and(t.allows_impersonated_writes) from territories t where t.id in (
    select territory_id from agent_roles where agent_id = ${agentId}
    union select territory_id from territory_roles where agent_id = ${agentId}
    union select r.territory_id from agent_times x join rdvs r on r.id = x.rdv_id where x.agent_id = ${agentId})), false)`

export const loadMayWrite = (ctx: Ctx, agentId: number): Promise<boolean> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<{ may: boolean }>(sql`select ${mayBeWrittenFor(sql`${agentId}::bigint`)} as may`)
    return row?.may ?? false
  })

/**
 * When an impersonation `i` ended, or will: left, run out, or its session closed, by hand, by its age, with its super-admin
 * switched off. A session purged was over long before.
 */
const endSql = sql`coalesce(i.ended_at, (
  select least(i.expires_at, held.revoked_at, held.expires_at, owner.disabled_at)
  from sessions held join super_admins owner on owner.id = held.super_admin_id where held.id = i.session_id), i.expires_at)`

/** Whether it is over at that instant. */
export const isOverSql = (now: Date) => sql<boolean>`(i.session_id is null or ${endSql} <= ${instantSql(now)})`

const LAST_COUNT = 20

type Row = Omit<ImpersonationLine, 'startedAt' | 'endsAt' | 'writesSince'> & {
  startedMs: number
  endsMs: number
  writesMs: number | null
}

/** Who stood in this agent's place, when and why, the latest first. For the agent, and for super-admins. */
export const loadImpersonations = (ctx: Ctx, agentId: number): Promise<ImpersonationLine[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<Row>(sql`
      select i.id::float8 as "impersonationId", concat_ws(' ', s.first_name, s.last_name) as by,
             concat_ws(' ', a.first_name, a.last_name) as agent, i.reason,
             extract(epoch from i.started_at)::float8 * 1000 as "startedMs",
             extract(epoch from ${endSql})::float8 * 1000 as "endsMs",
             ${isOverSql(ctx.now)} as "isOver",
             extract(epoch from i.writes_since)::float8 * 1000 as "writesMs"
      from impersonations i join super_admins s on s.id = i.super_admin_id join agents a on a.id = i.agent_id
      where i.agent_id = ${agentId} order by i.started_at desc, i.id desc limit ${LAST_COUNT}`)
    return rows.map(({ startedMs, endsMs, writesMs, ...line }) => ({
      ...line,
      startedAt: new Date(startedMs),
      endsAt: new Date(endsMs),
      writesSince: writesMs === null ? null : new Date(writesMs),
    }))
  })

/** Whether a super-admin in the agent's own place may write. */
export const mayBeWritten = (ctx: Ctx & { readonly actor: AgentActor }): Promise<boolean> =>
  loadMayWrite(ctx, ctx.actor.agentId)

export const listMyImpersonations = (ctx: Ctx & { readonly actor: AgentActor }): Promise<ImpersonationLine[]> =>
  loadImpersonations(ctx, ctx.actor.agentId)
