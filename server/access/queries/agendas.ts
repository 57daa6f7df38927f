import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { isAtLeast, levelOnAgenda, reachOf, type Level } from '../rules/reach'

type AgentCtx = Ctx & { readonly actor: AgentActor }

/** A colleague whose agenda is open, and the most that is of it. */
export type Agenda = {
  agentId: number
  name: string
  services: string
  organisations: readonly string[]
  level: Level
  /** Of their first territory. */
  zone: string
}

const MAX_LISTED = 1000

async function readAgendas(ctx: AgentCtx, which: SQL): Promise<Agenda[]> {
  const reach = reachOf(ctx.actor)
  const rows = await inRead(ctx, ({ db }) =>
    db.execute<Omit<Agenda, 'level'>>(sql`
      select a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name,
             coalesce((select string_agg(s.short_name, ', ' order by s.short_name) from agent_services own
                       join services s on s.id = own.service_id where own.agent_id = a.id), '') as services,
             coalesce((select json_agg(o.name order by o.name) from agent_roles r join organisations o on o.id = r.organisation_id
                       where r.agent_id = a.id), '[]') as organisations,
             coalesce((select t.zone from agent_roles r join territories t on t.id = r.territory_id
                       where r.agent_id = a.id order by t.name limit 1), 'Europe/Paris') as zone
      from agents a
      where a.deleted_at is null and ${which}
      order by a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id
      limit ${MAX_LISTED}`),
  )
  return rows.map((row) => ({ ...row, level: levelOnAgenda(reach, row.agentId) }))
}

/** Colleagues whose agenda is open to the agent, however little, by last name. */
export function listAgendas(ctx: AgentCtx): Promise<Agenda[]> {
  const open = new Set(ctx.actor.scopes.flatMap(({ agentIds }) => (agentIds === 'any' ? [] : agentIds)))
  return readAgendas(ctx, sql`a.id = any(${idsSql([...open])})`)
}

/** One of them; closed and unknown are the same. */
export async function getAgenda(ctx: AgentCtx, { agentId }: { agentId: number }): Promise<Agenda> {
  if (!isAtLeast(levelOnAgenda(reachOf(ctx.actor), agentId), 'busy')) throw new AppError('not-found')
  const [agenda] = await readAgendas(ctx, sql`a.id = ${agentId}`)
  return found(agenda)
}
