import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf, type RdvInReach } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { mayPlaceWith } from '../policy'
import { warningsOfMove, type Held, type Rescheduling } from '../rules/reschedule'
import { isCancelled, type Status } from '../rules/status'
import { warningsOf, type Warning } from '../rules/warnings'
import type { ReschedulingQuestion } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { readLieux } from './lieux'
import { readAgents } from './placing'
import { readPlacingFacts } from './placing-facts'

type Movable = RdvInReach & {
  id: number
  motifId: number
  zone: string
  lieuId: number | null
  participations: readonly { usagerId: number; status: Status }[]
}

/** What an agent is warned of before this RDV is held so, its own time apart. */
export async function judgeMove(read: ReadCtx, actor: AgentActor, rdv: Movable, after: Held): Promise<Warning[]> {
  const about = { ...after, motifId: rdv.motifId, usagerIds: whoComes(rdv), zone: rdv.zone, exceptRdvId: rdv.id }
  const [facts] = await readPlacingFacts(read, actor, about, [after])
  return warningsOfMove(warningsOf(after, found(facts), read.now))
}

const whoComes = ({ participations }: Movable): number[] =>
  participations.filter(({ status }) => !isCancelled(status)).map(({ usagerId }) => usagerId)

/** Among whom and where an RDV one may write may be moved, and what to know of the time asked for. */
export const getRescheduling = (ctx: AgentCtx, question: ReschedulingQuestion): Promise<Rescheduling> =>
  inRead(ctx, async (read) => {
    const rdv = await readMovable(read, ctx.actor, question.rdvId)
    // Of those one may place with alone, or already of it: where somebody else receives is not told.
    const isOpen = (id: number) => rdv.agentIds.includes(id) || mayPlaceWith(ctx.actor, rdv, id)
    const chosen = (question.agentIds ?? rdv.agentIds).filter(isOpen)
    const [everybody, rooms] = await Promise.all([
      readAgents(read, rdv.organisationId, { currentIds: rdv.agentIds }),
      rdv.locationType === 'public_office' ? readLieux(read, { ...rdv, agentIds: chosen }, rdv.lieuId) : [],
    ])
    const isOfIt = ({ id }: { id: number }) => rdv.agentIds.includes(id)
    const agents = [
      ...everybody.filter(isOfIt),
      ...everybody.filter((one) => !isOfIt(one) && mayPlaceWith(ctx.actor, rdv, one.id)),
    ]
    return {
      sequence: rdv.sequence,
      agents,
      lieux: rooms,
      warnings: await warnIf(read, ctx.actor, rdv, question, agents),
    }
  })

async function warnIf(
  read: ReadCtx,
  actor: AgentActor,
  rdv: Movable & { durationMin: number },
  { startAt, durationMin, lieuId, agentIds }: ReschedulingQuestion,
  agents: Rescheduling['agents'],
): Promise<Warning[] | null> {
  if (!startAt) return null
  return judgeMove(read, actor, rdv, {
    startsAt: startAt,
    endsAt: new Date(startAt.getTime() + (durationMin ?? rdv.durationMin) * 60_000),
    lieuId: lieuId ?? rdv.lieuId,
    // Of those one may place with alone: whether somebody else is taken is not told.
    agentIds: (agentIds ?? rdv.agentIds).filter((agentId) => agents.some(({ id }) => id === agentId)),
  })
}

type MovableRow = Movable & { sequence: number; durationMin: number; locationType: LocationType }

async function readMovable({ db }: ReadCtx, actor: AgentActor, rdvId: number): Promise<MovableRow> {
  const [row] = await db.execute<MovableRow>(sql`
    select rdvs.id::float8 as id, rdvs.territory_id::float8 as "territoryId", rdvs.organisation_id::float8 as "organisationId",
           m.service_id::float8 as "serviceId", m.id::float8 as "motifId", m.is_confidential as "isConfidential",
           m.location_type as "locationType", rdvs.lieu_id::float8 as "lieuId", t.zone, rdvs.sequence,
           (extract(epoch from rdvs.ends_at - rdvs.starts_at) / 60)::float8 as "durationMin",
           coalesce((select json_agg(x.agent_id order by x.agent_id) from agent_times x where x.rdv_id = rdvs.id), '[]') as "agentIds",
           coalesce((select json_agg(json_build_object('usagerId', p.usager_id, 'status', p.status) order by p.id)
                     from participations p where p.rdv_id = rdvs.id), '[]') as participations
    from rdvs join motifs m on m.id = rdvs.motif_id join territories t on t.id = rdvs.territory_id
    where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(actor), 'write')}`)
  return found(row)
}
