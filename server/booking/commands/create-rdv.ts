import { eq, inArray } from 'drizzle-orm'
import { agentRoles, motifs, usagers } from '@/db/schema'
import { allow, found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { rdvCreated } from '../events'
import { mayCreateRdv } from '../policy'
import { isAnyAgentTaken } from '../queries/locks'
import { drawRdvIds, insertRdv, lockAgents } from '../store'

export type CreateRdv = {
  motifId: number
  lieuId: number | null
  startAt: Date
  /** The motif's own when absent. */
  durationMin?: number
  agentIds: readonly number[]
  usagerIds: readonly number[]
  /** What the agent passes over, knowingly. */
  acknowledged: readonly 'overlap'[]
}

export type CreateRefusal =
  'overlap' | 'no-such-person' | 'agent-elsewhere' | 'agent-missing' | 'person-missing' | 'place-missing'

/**
 * An agent places an RDV, anywhere in time. Over another one only knowingly: without `acknowledged: ['overlap']` it is
 * refused, with it the RDV's time stops being exclusive (domain §2.7, §3.3).
 */
export const createRdv = (ctx: Ctx, input: CreateRdv): Promise<Outcome<{ rdvId: number }, CreateRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const motif = await loadMotif(tx, input.motifId)
    allow(mayCreateRdv(tx.actor, motif.organisationId))
    if ((motif.locationType === 'public_office') !== (input.lieuId !== null)) return refused('place-missing')
    if (input.agentIds.length === 0) return refused('agent-missing')
    if (input.usagerIds.length === 0) return refused('person-missing')
    if (!(await areAllOf(tx, motif.organisationId, input.agentIds))) return refused('agent-elsewhere')
    if (!(await areInTerritory(tx, motif.territoryId, input.usagerIds))) return refused('no-such-person')

    const [, ids] = await Promise.all([lockAgents(tx, input.agentIds), drawRdvIds(tx, input.usagerIds.length)])
    const endsAt = new Date(input.startAt.getTime() + (input.durationMin ?? motif.durationMin) * 60_000)
    const overlaps = await isAnyAgentTaken(tx, { ...input, startsAt: input.startAt, endsAt, exceptRdvId: null })
    const acknowledged = input.acknowledged.includes('overlap')
    if (overlaps && !acknowledged) return refused('overlap')

    const isInserted = await insertRdv(tx, ids, {
      ...motif,
      motifId: motif.id,
      lieuId: input.lieuId,
      startsAt: input.startAt,
      endsAt,
      agentIds: input.agentIds,
      usagerIds: input.usagerIds,
      notifies: motif.visibility === 'visible_and_notified',
      exclusive: !overlaps,
      bookingKey: null,
      contact: null,
      homeAddress: null,
      author: { kind: 'agent', id: tx.actor.kind === 'agent' ? tx.actor.agentId : null },
    })
    if (!isInserted) return refused('overlap')
    await joinOrganisation(tx, { ...motif, usagerIds: input.usagerIds })
    const rdv = { id: ids.rdvId, territoryId: motif.territoryId }
    await tx.emit(rdvCreated(rdv, { agentIds: input.agentIds, acknowledgedOverlap: overlaps }))
    return done({ rdvId: ids.rdvId })
  })

async function loadMotif({ db }: TxCtx, motifId: number) {
  const [motif] = await db
    .select({
      id: motifs.id,
      territoryId: motifs.territoryId,
      organisationId: motifs.organisationId,
      durationMin: motifs.durationMin,
      locationType: motifs.locationType,
      visibility: motifs.visibility,
    })
    .from(motifs)
    .where(eq(motifs.id, motifId))
  return found(motif)
}

/** Agents offered are those of the motif's organisation, whatever their service (domain §1.9). */
async function areAllOf({ db }: TxCtx, organisationId: number, agentIds: readonly number[]): Promise<boolean> {
  const rows = await db
    .select({ agentId: agentRoles.agentId, organisationId: agentRoles.organisationId })
    .from(agentRoles)
    .where(inArray(agentRoles.agentId, [...agentIds]))
  const here = new Set(rows.filter((row) => row.organisationId === organisationId).map(({ agentId }) => agentId))
  return agentIds.every((agentId) => here.has(agentId))
}

async function areInTerritory({ db }: TxCtx, territoryId: number, usagerIds: readonly number[]): Promise<boolean> {
  const rows = await db
    .select({ id: usagers.id, territoryId: usagers.territoryId, deletedAt: usagers.deletedAt })
    .from(usagers)
    .where(inArray(usagers.id, [...usagerIds]))
  return (
    rows.length === usagerIds.length && rows.every((row) => row.territoryId === territoryId && row.deletedAt === null)
  )
}
