import { sql } from 'drizzle-orm'
import { dayOf } from '@/server/kernel/dates'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { loadAgendas } from '@/server/scheduling/queries/agendas'
import { addDays, instantMs } from '@/server/scheduling/rules/civil'
import { mayPlaceWith } from '../policy'
import { agentSlotsOf, HORIZON_DAYS, type AgentSearch } from '../rules/agent-slots'
import type { SearchAgentSlots } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { readLieux } from './lieux'
import { readAgents, readMotif } from './placing'

/**
 * Where a motif may be placed, in the agendas the agent writes it on: seven days of slots by agent, and each lieu's next
 * within six months. Neither delays nor sectors bind an agent (domain §2.12). Seven statements whatever the answer; a
 * motif beyond reach is not found.
 */
export async function searchAgentSlots(ctx: AgentCtx, asked: SearchAgentSlots): Promise<AgentSearch> {
  const nowMs = ctx.now.getTime()
  const { motif, agents, groups, lieux, chosen, isWhole, today, fromDay, agendas } = await inRead(ctx, async (read) => {
    const motif = await readMotif(read, ctx.actor, asked.motifId)
    const [everybody, teams] = await Promise.all([
      readAgents(read, motif.organisationId),
      readGroups(read, motif.territoryId),
    ])
    const agents = everybody.filter(({ id }) => mayPlaceWith(ctx.actor, motif, id))
    const isOpen = (agentId: number) => agents.some(({ id }) => id === agentId)
    const groups = teams.filter(({ agentIds }) => agentIds.some(isOpen))
    const wanted = chosenAgents(asked, agents, groups)
    // Several at once means each of them: without one, there is no such time.
    const isWhole = !asked.together || asked.agents === 'any' || asked.agents.every(isOpen)
    const chosen = isWhole ? wanted : []
    const today = dayOf(ctx.now, motif.zone)
    const fromDay = asked.fromDay > today ? asked.fromDay : today
    const agentIds = agents.map(({ id }) => id)
    const rooms = readLieux(read, { organisationId: motif.organisationId, motifId: motif.id, agentIds })
    const searched = loadAgendas(read, {
      motifIds: [motif.id],
      lieuId: 'any',
      // Whose openings are not wanted need not be named: those without any are not read at all.
      agents: asked.agents === 'any' && asked.groupIds.length === 0 ? 'any' : chosen,
      fromMs: instantMs(motif.zone, fromDay, 0),
      toMs: instantMs(motif.zone, addDays(fromDay, HORIZON_DAYS), 0),
    })
    const [lieux, agendas] = await Promise.all([rooms, searched])
    return { motif, agents, groups, lieux, chosen, isWhole, today, fromDay, agendas }
  })
  const slots = agentSlotsOf(
    { ...agendas, openings: agendas.openingsByMotif.get(motif.id) ?? [] },
    {
      zone: motif.zone,
      department: motif.department,
      nowMs,
      durationMin: (asked.rowCount ?? 1) * (asked.durationMin ?? motif.durationMin),
      agentIds: chosen,
      lieux: asked.lieux,
      fromDay,
      together: asked.together,
    },
  )
  return {
    ...slots,
    isTeamWhole: isWhole,
    motif,
    today,
    agents,
    groups: groups.map(({ id, name }) => ({ id, name })),
    lieux,
  }
}

type Group = { id: number; name: string; agentIds: number[] }

/** Those named and those of the groups named; everybody when neither is. */
function chosenAgents(
  { agents: named, groupIds }: SearchAgentSlots,
  open: readonly { id: number }[],
  groups: readonly Group[],
): number[] {
  const ids = open.map(({ id }) => id)
  if (named === 'any' && groupIds.length === 0) return ids
  const ofGroups = groups.filter(({ id }) => groupIds.includes(id)).flatMap(({ agentIds }) => agentIds)
  const wanted = new Set([...(named === 'any' ? [] : named), ...ofGroups])
  return ids.filter((id) => wanted.has(id))
}

async function readGroups({ db }: ReadCtx, territoryId: number): Promise<Group[]> {
  const rows = await db.execute<Group>(sql`
    select g.id::float8 as id, g.name,
           array(select m.agent_id::float8 from agent_group_members m where m.group_id = g.id order by 1) as "agentIds"
    from agent_groups g where g.territory_id = ${territoryId} order by g.name collate "fr-x-icu", g.id limit 200`)
  return [...rows]
}
