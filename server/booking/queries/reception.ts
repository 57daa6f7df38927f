import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import { readNeeds } from '@/server/people/queries/needs'
import { inRead } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { addDays } from '@/server/scheduling/rules/civil'
import { phaseOf } from '../rules/phase'
import type { Reception, ReceptionRdv } from '../rules/reception'
import type { AgentCtx } from './agent-rdvs'

const MAX_LISTED = 500

type Row = Omit<ReceptionRdv, 'startAt' | 'endAt' | 'phase' | 'people' | 'level'> & {
  start_ms: number
  end_ms: number
  may_write: boolean
  people: (Omit<ReceptionRdv['people'][number], 'arrivedAt' | 'needs'> & { arrived_ms: number | null })[]
}

/**
 * Everybody expected at a lieu on a civil day, to members of its organisation, as far as they may read; of the rest they
 * learn how many, so that nobody who comes is a surprise: the hours, set beside an agenda seen as busy, would say whose
 * place it is. Four statements.
 */
export const getReception = (ctx: AgentCtx, { lieuId, onDay }: { lieuId: number; onDay: string }): Promise<Reception> =>
  inRead(ctx, async (read) => {
    const { db } = read
    const organisationIds = ctx.actor.memberships.map(({ organisationId }) => organisationId)
    const [lieu] = await db.execute<{ name: string; zone: string }>(sql`
      select l.name, t.zone from lieux l join territories t on t.id = l.territory_id
      where l.id = ${lieuId} and l.organisation_id = any(${idsSql(organisationIds)})`)
    const { name, zone } = found(lieu)
    const reach = reachOf(ctx.actor)
    const there = sql`rdvs.lieu_id = ${lieuId} and rdvs.starts_at >= (${onDay}::timestamp at time zone ${zone})
                      and rdvs.starts_at < (${addDays(onDay, 1)}::timestamp at time zone ${zone})`
    const [rows, hidden] = await Promise.all([
      db.execute<Row>(sql`
        select rdvs.id::float8 as "rdvId", extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
               extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, rdvs.status, rdvs.is_collective as "isCollective",
               rdvs.title, m.name as "motifName", m.color as "motifColor", s.short_name as "serviceShortName",
               ${rdvsWithin(reach, 'write')} as may_write,
               (select coalesce(json_agg(concat_ws(' ', a.first_name, a.last_name) order by a.id), '[]')
                from agent_times part join agents a on a.id = part.agent_id where part.rdv_id = rdvs.id) as agents,
               (select coalesce(json_agg(json_build_object(
                         'participationId', p.id, 'usagerId', u.id, 'firstName', u.first_name, 'lastName', u.last_name, 'status', p.status,
                         'arrived_ms', extract(epoch from p.arrived_at)::float8 * 1000)
                         order by u.last_name collate "fr-x-icu", u.first_name collate "fr-x-icu", u.id), '[]')
                from participations p join usagers u on u.id = p.usager_id where p.rdv_id = rdvs.id) as people
        from rdvs join motifs m on m.id = rdvs.motif_id join services s on s.id = m.service_id
        where ${there} and ${rdvsWithin(reach, 'read')}
        order by rdvs.starts_at, rdvs.id limit ${MAX_LISTED}`),
      db.execute<{ count: number }>(sql`
        select count(*)::integer as count from rdvs
        where ${there} and rdvs.occupies and not ${rdvsWithin(reach, 'read')}`),
    ])
    const expected = rows.flatMap(({ people }) => people.map(({ usagerId }) => usagerId))
    const files = await readNeeds(read, ctx.actor, [...new Set(expected)])
    const needsOf = new Map(files.map(({ usagerId, ...needs }) => [usagerId, needs]))
    return {
      lieuName: name,
      zone,
      rdvs: rows.map(({ start_ms, end_ms, may_write, people, ...row }) => ({
        ...row,
        startAt: new Date(start_ms),
        endAt: new Date(end_ms),
        phase: phaseOf(new Date(start_ms), zone, ctx.now),
        people: people.map(({ arrived_ms, ...person }) => ({
          ...person,
          arrivedAt: arrived_ms === null ? null : new Date(arrived_ms),
          needs: needsOf.get(person.usagerId) ?? null,
        })),
        level: may_write ? 'write' : 'read',
      })),
      hiddenCount: hidden[0]?.count ?? 0,
    }
  })
