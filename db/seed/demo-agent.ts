import type { Agent } from './agents'
import { localTime, weekdayOf, type Day } from './calendar'
import type { Motif } from './motifs'
import { addOpening, type Planning } from './openings'
import { fallsOn, firstFallFrom, monthly, weekly, type Rule } from './recurrence'
import type { Lieu } from './territories'

type Setting = { motifs: readonly Motif[]; lieux: readonly Lieu[]; now: Date; today: Day }

const CONSULTATIONS = ['Entretien prénatal précoce', 'Suivi de grossesse', 'Consultation postnatale']
const CONTRACEPTION = [
  'Contraception\u00a0: premier entretien',
  'Contraception\u00a0: suivi',
  'Dépistage des infections sexuellement transmissibles',
]

export const isDemoAgent = (agent: Agent) => agent.spec.account === 'claire.dubois'

/** The week of Claire Dubois, midwife: two services, four lieux, home visits and video, one agenda. */
export function planDemoAgent(planning: Planning, agent: Agent, setting: Setting) {
  const { motifs, lieux, today } = setting
  const from = today - 7 * 30
  const named = (names: readonly string[]) =>
    motifs.filter(({ organisation, spec }) => agent.organisations.includes(organisation) && names.includes(spec.name))
  const open = (
    title: string,
    lieuName: string | null,
    names: readonly string[],
    rule: Rule,
    hours: readonly [number, number],
  ) => {
    const offered = named(names)
    const lieu = lieux.find(({ name }) => name === lieuName) ?? null
    const organisation = lieu?.organisation ?? offered[0]?.organisation
    if (!organisation || offered.length !== names.length) throw new Error(`incomplete opening: ${title}`)
    const firstDay = firstFallFrom(rule, from)
    addOpening(planning, {
      agent,
      organisation,
      lieu,
      title,
      motifs: offered,
      firstDay,
      startMin: hours[0],
      endMin: hours[1],
      rule,
    })
  }
  open('Consultations de grossesse', 'Centre PMI de Béthune', CONSULTATIONS, weekly(1, [0]), [540, 720])
  open('Consultations à Bruay', 'Consultation PMI de Bruay', CONSULTATIONS, weekly(2, [1]), [540, 750])
  open('Préparation à la naissance (visio)', null, ['Préparation à la naissance'], weekly(1, [1]), [840, 975])
  open('Permanence CPEF', 'CPEF d’Arras', CONTRACEPTION, weekly(1, [2]), [810, 1080])
  open('Consultations de grossesse', 'Centre PMI de Béthune', CONSULTATIONS, weekly(1, [3]), [540, 720])
  open('Visites à domicile', null, ['Suivi de grossesse à domicile'], weekly(1, [3]), [810, 1050])
  open('Permanence CPEF', 'CPEF de Béthune', CONTRACEPTION, weekly(1, [4]), [540, 750])
  open('Consultations à Nœux', 'Consultation PMI de Nœux-les-Mines', CONSULTATIONS, monthly(2, 0), [840, 1020])
  planning.free.set(agent, new Set([2 * 2, 4 * 2 + 1]))
  openToday(planning, agent, setting)
}

/**
 * Whatever the weekday and the hour, the agenda of the demo has a full day today: one opening around now,
 * in place of the regular ones.
 */
function openToday(planning: Planning, agent: Agent, { motifs, lieux, now, today }: Setting) {
  for (const opening of planning.openings) {
    if (opening.agent !== agent || !fallsOn(opening.rule, opening.firstDay, today)) continue
    opening.exceptions.push({ kind: 'cancelled', onDay: today })
  }
  const [base] = agent.organisations
  const { min } = localTime(base.territory.zone, now)
  const quarter = Math.floor(min / 15) * 15
  addOpening(planning, {
    agent,
    organisation: base,
    lieu: lieux.find(({ name }) => name === 'Centre PMI de Béthune') ?? null,
    title: weekdayOf(today) > 4 ? 'Permanence exceptionnelle du week-end' : 'Permanence exceptionnelle',
    motifs: motifs.filter(({ organisation, spec }) => organisation === base && spec.name === 'Suivi de grossesse'),
    firstDay: today,
    startMin: Math.max(0, Math.min(540, quarter - 120)),
    endMin: Math.min(1440, Math.max(1080, quarter + 240)),
    rule: null,
    onHolidays: true,
  })
}
