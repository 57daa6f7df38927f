import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { maySetGrant } from '../policy'
import type { GrantFacts, GrantLine } from '../rules/grants'
import { isAtLeast, LEVELS, levelOnAgenda, reachOf } from '../rules/reach'

type AgentCtx = Ctx & { readonly actor: AgentActor }

const MAX_LISTED = 200

/** Whether the grant `g` opens the agenda of an agent. */
export const opens = (agentId: number): SQL => sql`(
  g.target_agent_id = ${agentId}
  or g.target_group_id in (select group_id from agent_group_members where agent_id = ${agentId})
  or exists (select from agent_roles place where place.agent_id = ${agentId} and place.organisation_id = g.target_organisation_id
             and (g.target_service_id is null or exists (
               select from agent_services own where own.agent_id = ${agentId} and own.service_id = g.target_service_id))))`

/** Whether the grant `g` is given to an agent: the twin of what `grantedScopesSql` gathers. */
export const givenTo = (agentId: number): SQL => sql`(
  g.grantee_agent_id = ${agentId}
  or g.grantee_group_id in (select group_id from agent_group_members where agent_id = ${agentId})
  or exists (select from agent_roles place where place.agent_id = ${agentId} and place.organisation_id = g.grantee_organisation_id
             and case g.grantee_kind when 'secretaries' then place.is_secretary when 'admins' then place.level = 'admin'
               else place.level <> 'intervenant' and (g.grantee_service_id is null or exists (
                 select from agent_services own where own.agent_id = ${agentId} and own.service_id = g.grantee_service_id)) end))`

/** `GrantFacts` of the grant `g`. */
export const grantFactsSql = sql<GrantFacts>`json_build_object(
  'territoryId', g.territory_id, 'targetAgentId', g.target_agent_id, 'level', g.level,
  'scopeOrganisationIds', g.scope_organisation_ids, 'organisationIds', array(
    select r.organisation_id from agent_roles r where r.agent_id = g.target_agent_id and r.territory_id = g.territory_id
    union select g.target_organisation_id where g.target_organisation_id is not null))`

type Row = Omit<GrantLine, 'organisations' | 'services' | 'choices'> & {
  facts: GrantFacts
  organisations: string[] | null
  services: string[] | null
}

export async function readLines(ctx: AgentCtx, which: SQL): Promise<GrantLine[]> {
  const party = (side: 'grantee' | 'target') => {
    const column = (name: string) => sql.raw(`g.${side}_${name}`)
    return sql`json_build_object('kind', ${column('kind')},
      'name', coalesce((select concat_ws(' ', first_name, last_name) from agents where id = ${column('agent_id')}),
                       (select name from agent_groups where id = ${column('group_id')}),
                       (select name from organisations where id = ${column('organisation_id')})),
      'service', (select short_name from services where id = ${column('service_id')}))`
  }
  const rows = await inRead(ctx, ({ db }) =>
    db.execute<Row>(sql`
      select g.id::float8 as "grantId", ${party('grantee')} as grantee, ${party('target')} as target, g.level,
             (select json_agg(name order by name) from organisations where id = any(g.scope_organisation_ids)) as organisations,
             (select json_agg(short_name order by short_name) from services where id = any(g.scope_service_ids)) as services,
             ${grantFactsSql} as facts
      from grants g
      where ${which}
      order by array_position(array['write', 'read', 'busy'], g.level), g.grantee_kind, g.id
      limit ${MAX_LISTED}`),
  )
  return rows.map(({ facts, organisations, services, ...line }) => ({
    ...line,
    organisations: organisations ?? 'any',
    services: services ?? 'any',
    choices: LEVELS.filter((level) => maySetGrant(ctx.actor, facts, level)),
  }))
}

/** Who sees the agent's own agenda, and how much of it. */
export const listGrantsOnMe = (ctx: AgentCtx): Promise<GrantLine[]> => readLines(ctx, opens(ctx.actor.agentId))

/** Why a colleague's agenda is open to the agent: every grant that says so. Closed and unknown are the same. */
export async function listGrantsOpening(ctx: AgentCtx, { agentId }: { agentId: number }): Promise<GrantLine[]> {
  if (!isAtLeast(levelOnAgenda(reachOf(ctx.actor), agentId), 'busy')) throw new AppError('not-found')
  return readLines(ctx, sql`g.level <> 'none' and ${opens(agentId)} and ${givenTo(ctx.actor.agentId)}`)
}
