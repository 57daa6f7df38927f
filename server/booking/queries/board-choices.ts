import { sql } from 'drizzle-orm'
import { inRead } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { BoardChoices } from '../rules/board'
import type { AgentCtx } from './agent-rdvs'

/** Agents whose agenda is open, their groups and services, and the lieux of one's own organisations; by name. */
export const listBoardChoices = (ctx: AgentCtx): Promise<BoardChoices> =>
  inRead(ctx, async ({ db }) => {
    const { agentId, scopes, memberships } = ctx.actor
    const open = [...new Set([agentId, ...scopes.flatMap(({ agentIds }) => (agentIds === 'any' ? [] : agentIds))])]
    const organisationIds = memberships.map(({ organisationId }) => organisationId)
    const [row] = await db.execute<BoardChoices>(sql`
      with open as (select a.id, concat_ws(' ', a.first_name, a.last_name) as name, a.last_name from agents a
                    where a.deleted_at is null and a.id = any(${idsSql(open)}))
      select (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by last_name collate "fr-x-icu", id), '[]')
              from open) as agents,
             (select coalesce(json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name collate "fr-x-icu"), '[]')
              from agent_groups g where exists (
                select from agent_group_members m join open on open.id = m.agent_id where m.group_id = g.id)) as groups,
             (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name collate "fr-x-icu"), '[]')
              from services s where exists (
                select from agent_services own join open on open.id = own.agent_id where own.service_id = s.id)) as services,
             (select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name) order by l.name collate "fr-x-icu", l.id), '[]')
              from lieux l where l.organisation_id = any(${idsSql(organisationIds)}) and l.availability = 'enabled') as lieux`)
    return row ?? { agents: [], groups: [], services: [], lieux: [] }
  })
