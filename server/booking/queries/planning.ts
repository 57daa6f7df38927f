import { sql } from 'drizzle-orm'
import { AppError, found } from '@/server/kernel/errors'
import type { ReadCtx } from '@/server/platform/ctx'
import { mayWriteOpening, mayWritePlanning } from '@/server/scheduling/policy'
import {
  loadLiveOpenings,
  loadOpeningMeans,
  loadOpenings,
  type OpeningLine,
  type OpeningMeans,
} from '@/server/scheduling/queries/openings'
import { addDays, wallClock } from '@/server/scheduling/rules/civil'
import {
  firstMeeting,
  hasSameMeans,
  holidayOn,
  isLeftOut,
  mayReceiveFor,
  openTimes,
  planOneDate,
  type Ground,
  type OpeningPlan,
  type OpenSeries,
} from '@/server/scheduling/rules/opening'
import { withOpenings } from '@/server/scheduling/rules/planned'
import { isOfNoDate, planChange } from '@/server/scheduling/rules/series'
import type { AgentFault, PlanningJudgement, PlanningWarning } from '../rules/planning-views'
import type { DeleteOpening, SaveOpening } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { loadTimesToCome, tell, warningsOfLost, type Judged } from './judged'
import type { Changed } from './offers'

type Values = NonNullable<OpeningPlan['row']>

type JudgedOpening = Judged<OpeningPlan>

const valuesOf = (line: OpeningLine): Values => ({ ...line, motifIds: line.motifs.map(({ id }) => id) })
/** How far ahead two openings are compared: beyond a year, they meet again as they did. */
const COMPARED_DAYS = 400

/** The opening a change is about; unknown and beyond reach are the same. */
export async function loadTarget(read: ReadCtx, { id }: { id: number }): Promise<OpeningLine> {
  const [seen] = await loadOpenings(read, sql`o.id = ${id}`)
  return found(seen && mayWriteOpening(read.actor, seen) ? seen : undefined)
}

/** The same, where the date asked about is one of its own, as long as nobody changed it meanwhile. */
async function loadDated(read: ReadCtx, target: DeleteOpening['target']): Promise<OpeningLine> {
  const seen = await loadTarget(read, target)
  if (seen.version === target.version && isOfNoDate(seen, target)) throw new AppError('invalid')
  return seen
}

const groundedOn = (values: Values, { zone, department }: Ground) => ({ ...values, zone, department })

/** RDVs of its agent that stood in the opening and stand in none of theirs once it is changed. */
async function loadLeftOut(
  read: ReadCtx,
  seen: OpeningLine,
  after: readonly (OpenSeries & Ground & { lieuId: number | null })[],
): Promise<number[]> {
  const times = await loadTimesToCome(read, [seen.agentId])
  return times.flatMap((time) => (isLeftOut(time, seen, after) ? [time.rdvId] : []))
}

/** Judges the taking away of an opening, or of some of its dates. */
export async function judgeDeletion(read: ReadCtx, { target }: Pick<DeleteOpening, 'target'>): Promise<JudgedOpening> {
  const seen = await loadDated(read, target)
  const plan = planChange<Values>(valuesOf(seen), { ...target, given: null })
  const others = await loadLiveOpenings(read, { agentIds: [seen.agentId], exceptId: seen.id })
  const rdvIds = await loadLeftOut(read, seen, [...(plan.row ? [groundedOn(plan.row, seen)] : []), ...others])
  const isStale = seen.version !== target.version
  return {
    plans: [{ seen: { ...seen, version: target.version }, zone: seen.zone, ...target, ...plan }],
    isStale,
    faults: [],
    warnings: [],
    rdvIds,
  }
}

/** Judges an opening as it would be, for each agent it is for. */
export async function judgeChange(read: ReadCtx, input: SaveOpening): Promise<JudgedOpening> {
  const { target, agentIds } = input
  if (!agentIds.every((agentId) => mayWritePlanning(read.actor, agentId))) throw new AppError('not-found')
  const [seen, means, others] = await Promise.all([
    target && loadDated(read, target),
    loadOpeningMeans(read, agentIds),
    loadLiveOpenings(read, { agentIds, exceptId: target?.id ?? null }),
  ])
  if (seen && seen.agentId !== agentIds[0]) throw new AppError('not-found')
  const organisation = means.organisations.find(({ id }) => id === input.organisationId)
  const isWithin = ({ territoryId }: { territoryId: number }) =>
    agentIds.every((agentId) => mayWriteOpening(read.actor, { agentId, territoryId }))
  if (organisation && !isWithin(organisation)) throw new AppError('not-found')
  const isOneDate = seen !== null && seen.rrule !== null && target?.scope === 'this'
  const isMovedOnly = isOneDate && hasSameMeans(valuesOf(seen), input)
  const faults = isMovedOnly ? [] : agentIds.flatMap((agentId) => faultsOf(means, input, agentId))
  const ground = isMovedOnly ? seen : organisation
  if (!ground || faults.length > 0) return { plans: [], isStale: false, faults, warnings: [], rdvIds: [] }

  const plans = agentIds.map((agentId): OpeningPlan => {
    // One date has no rule, and gives none to what no longer repeats.
    const rrule = target?.scope === 'this' ? null : input.rrule
    const given = { ...input, rrule, agentId, territoryId: ground.territoryId }
    const { zone } = ground
    if (!seen || !target)
      return { seen: null, zone, scope: 'all', day: null, row: null, begun: { ...given, exceptions: [] } }
    const plan = isOneDate
      ? planOneDate(valuesOf(seen), { day: target.day, given })
      : planChange<Values>(valuesOf(seen), { ...target, given })
    return { seen: { ...seen, version: target.version }, zone, ...target, ...plan }
  })
  // One date may meet another of its own series.
  const without = isOneDate && target && planChange<Values>(valuesOf(seen), { ...target, given: null }).row
  const otherDates = without ? [{ ...seen, exceptions: without.exceptions }] : []
  const after = plans.flatMap(({ row, begun }) => [row, begun]).filter((one) => one !== null)
  return {
    plans,
    isStale: seen !== null && seen.version !== target?.version,
    faults,
    warnings: [
      ...warningsOf(read, { input, isOneDate, plans, ground, means, others: [...others, ...otherDates] }),
      ...(seen && target ? warningsOfLost(read, seen, target, plans) : []),
    ],
    rdvIds: seen
      ? await loadLeftOut(read, seen, [
          // What is left of it stays where it was; what begins is where its organisation is.
          ...after.map((one) => groundedOn(one, one.territoryId === seen.territoryId ? seen : ground)),
          ...others.filter(({ agentId }) => agentId === seen.agentId),
        ])
      : [],
  }
}

function faultsOf(means: OpeningMeans, input: SaveOpening, agentId: number): AgentFault[] {
  const agent = means.agents.find(({ id }) => id === agentId)
  const name = agent?.name ?? ''
  const organisation = means.organisations.find(({ id }) => id === input.organisationId)
  const roles = agent?.roles ?? []
  if (!organisation || !roles.some(({ organisationId }) => organisationId === organisation.id))
    return [{ reason: 'not-member', agent: name }]
  const lieu = means.lieux.find(({ id }) => id === input.lieuId)
  if (input.lieuId !== null && lieu?.territoryId !== organisation.territoryId)
    return [{ reason: 'lieu-closed', agent: name }]
  const motifs = input.motifIds.map((motifId) => means.motifs.find(({ id }) => id === motifId))
  const isOffered = motifs.every(
    (motif) => agent && motif?.territoryId === organisation.territoryId && mayReceiveFor(agent, motif),
  )
  if (!isOffered) return [{ reason: 'motif-not-offered', agent: name }]
  return input.lieuId === null && motifs.some((motif) => motif?.needsLieu)
    ? [{ reason: 'lieu-missing', agent: name }]
    : []
}

type Given = {
  input: SaveOpening
  isOneDate: boolean
  plans: readonly OpeningPlan[]
  ground: { zone: string; department: string }
  means: OpeningMeans
  others: readonly OpeningLine[]
}

function warningsOf({ now }: ReadCtx, { input, isOneDate, plans, ground, means, others }: Given): PlanningWarning[] {
  const today = wallClock(ground.zone, now.getTime()).onDay
  const { firstDay } = input
  const warnings: PlanningWarning[] = []
  for (const { row, begun } of plans) {
    const changed = begun ?? row
    if (!changed) continue
    const series = isOneDate ? { ...input, rrule: null, exceptions: [], onHolidays: changed.onHolidays } : changed
    const from = series.firstDay > today ? series.firstDay : today
    const span = [from, addDays(from, COMPARED_DAYS)] as const
    // Begun earlier than the date it was asked from, it may meet what is left of its own series.
    const left = row && begun && !isOneDate ? [{ ...row, ...ground }] : []
    const theirs = [...left, ...others.filter(({ agentId }) => agentId === changed.agentId)]
    const met = firstMeeting(
      openTimes(series, ground, ...span),
      theirs.flatMap((other) => openTimes(other, other, ...span).map((time) => ({ ...time, title: other.title }))),
    )
    const agent = means.agents.find(({ id }) => id === changed.agentId)?.name ?? ''
    if (met) warnings.push({ kind: 'overlap', agent, onDay: met[0].onDay, title: met[1].title })
  }
  const openMin = input.endMin - input.startMin
  for (const { id, name, durationMin } of means.motifs)
    if (input.motifIds.includes(id) && durationMin > openMin) warnings.push({ kind: 'short', motif: name, durationMin })
  const holiday = holidayOn(ground.department, firstDay)
  if (holiday && !input.onHolidays && firstDay >= today) warnings.push({ kind: 'holiday', onDay: firstDay, holiday })
  return warnings
}

const after =
  (plans: readonly OpeningPlan[]): Changed =>
  (agendas, motifIds) => ({ ...agendas, openingsByMotif: withOpenings(agendas.openingsByMotif, motifIds, plans) })

export const judgeOpening = (ctx: AgentCtx, input: SaveOpening): Promise<PlanningJudgement> =>
  tell(ctx, input.fates, { judge: (read) => judgeChange(read, input), after })

export const judgeOpeningDeletion = (ctx: AgentCtx, input: DeleteOpening): Promise<PlanningJudgement> =>
  tell(ctx, input.fates, { judge: (read) => judgeDeletion(read, input), after })
