import { idIn, idsIn, one, type SearchParams } from '@/app/_lib/search'
import type { RepeatRule } from '@/server/booking/rules/rdv-series'
import type { AskedPlace } from '@/server/booking/rules/warnings'
import { placementSchema, startField, startParameter } from '@/server/booking/schema'
import { repeatSchema } from '@/server/booking/schema/series'

export const PATH = '/agent/rdvs/nouveau'

/** What has been chosen so far, as the address says it: identities and times, never a name. */
export type Placing = {
  motif: number | null
  usagers: readonly number[]
  agents: readonly number[]
  /** `one-off`: a place of this RDV alone, whose name and address are never in the address of the page. */
  lieu: AskedPlace
  startAt: Date | null
  durationMin: number | null
  /** How it repeats; without an end as long as none was said. */
  repeat: RepeatRule | null
  /** One RDV for each person, one after the other. */
  inARow: boolean
  /** The step asked for again, once past it. */
  step: Step | null
}

export const STEPS = ['motif', 'personnes', 'horaire', 'verifier'] as const
export type Step = (typeof STEPS)[number]

const { durationMin: durationField } = placementSchema.shape

/** What stands in the address for a place of this RDV alone. */
export const ONE_OFF = 'autre'

const { everyWeeks: everyField, untilDay: untilField, count: countField } = repeatSchema.shape

function readRepeat(search: SearchParams): RepeatRule | null {
  const every = everyField.safeParse(Number(one(search.repeter) ?? NaN))
  if (!every.success) return null
  return {
    everyWeeks: every.data,
    untilDay: untilField.safeParse(one(search.fin)).data ?? null,
    count: countField.safeParse(Number(one(search.fois) ?? NaN)).data ?? null,
  }
}

export const readPlacing = (search: SearchParams): Placing => ({
  motif: idIn(search.motif),
  usagers: idsIn(search.usagers, 20),
  agents: idsIn(search.agents ?? search.agent, 10),
  lieu: one(search.lieu) === ONE_OFF ? 'one-off' : idIn(search.lieu),
  startAt: startField.safeParse(one(search.debut)).data ?? null,
  durationMin: durationField.safeParse(Number(one(search.duree) ?? NaN)).data ?? null,
  repeat: readRepeat(search),
  inARow: one(search.suite) === 'oui',
  step: STEPS.find((step) => step === one(search.etape)) ?? null,
})

/** The same as parameters: of a link, or of a form's hidden fields. */
export function parametersOf(placing: Placing): [string, string][] {
  const { motif, usagers, agents, lieu, startAt, durationMin, repeat, inARow, step } = placing
  const given: [string, string | null][] = [
    ['motif', motif === null ? null : String(motif)],
    ['usagers', usagers.length > 0 ? usagers.join(',') : null],
    ['agents', agents.length > 0 ? agents.join(',') : null],
    ['lieu', lieu === null ? null : lieu === 'one-off' ? ONE_OFF : String(lieu)],
    ['debut', startAt && startParameter(startAt)],
    ['duree', durationMin === null ? null : String(durationMin)],
    ['repeter', repeat && String(repeat.everyWeeks)],
    ['fin', repeat?.untilDay ?? null],
    ['fois', repeat?.count ? String(repeat.count) : null],
    ['suite', inARow ? 'oui' : null],
    ['etape', step],
  ]
  return given.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
}

export const placingHref = (placing: Placing, over: Partial<Placing> = {}): string =>
  `${PATH}?${new URLSearchParams(parametersOf({ ...placing, step: null, ...over })).toString()}`

/** The first question without an answer, or the one asked for again. */
export function stepOf(placing: Placing, needsLieu: boolean): Step {
  if (placing.motif === null || placing.step === 'motif') return 'motif'
  if (placing.usagers.length === 0 || placing.step === 'personnes') return 'personnes'
  const isPlaced = placing.agents.length > 0 && placing.startAt !== null && (!needsLieu || placing.lieu !== null)
  return isPlaced && placing.step !== 'horaire' ? 'verifier' : 'horaire'
}

/** What is typed for this RDV is kept under this, whatever is chosen of its dates meanwhile. */
export const keptAs = (placing: Placing, what: string): string =>
  `${PATH} ${what} ${placing.motif ?? ''} ${placing.usagers.join(',')}`
