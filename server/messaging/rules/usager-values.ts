import { dayOf, formatDateTime, formatDay, formatDuration, formatTime, zoneWords } from '@/server/kernel/dates'
import { heldBySms } from '@/server/kernel/sms-text'
import { nameOfVariable, type Values } from './wording'
import type { Variable } from './wording-faults'

/** What the words to a person may say. `startAt`: as they know it, of an RDV that is cancelled; null of who has no slot yet. */
export type Sayable = {
  readonly startAt: Date | null
  /** When they thought it was, of one that moved. */
  readonly previousStartsAt: Date | null
  readonly zone: string
  readonly motif: string | null
  readonly placeForms: readonly [string, ...string[]]
  readonly forNames: readonly string[]
  readonly phone: string | null
  readonly url: string
  readonly territoryName: string
  /** Dates told of with this one. */
  readonly othersCount: number
  /** Of one that moved, how long it lasts now, when that is not what they knew. */
  readonly newDurationMin?: number | null
  /** What a session is called now, '' for nothing, when that is not what they knew; who follows them now, likewise. */
  readonly newTitle?: string | null
  readonly newAgents?: string | null
  /** Where it is held has not changed: an SMS that has much else to say may leave it out. */
  readonly isPlaceKnown?: boolean
  /** Until when a slot that is offered may be taken, and whether it is kept for them meanwhile. */
  readonly answer?: { readonly untilAt: Date; readonly isHeld: boolean }
}

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

/** « 9 h 30 (heure de La Réunion) ». */
export const timeOf = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatTime(at, zone)}${words ? ` (${words})` : ''}`
}

/** « 03 21 00 00 00 » → « 0321000000 ». */
const compact = (phone: string): string => phone.replace(/[\s.\u00a0\u202f]/g, '')

/** `place`: null when it is not said. */
type Length = { place: number | null; isShort: boolean; saysPhone: boolean }
const FULL: Length = { place: 0, isShort: false, saysPhone: true }
/** Each says the same in fewer words than the one before. The phone goes last: the link gives it. */
const LENGTHS: readonly Length[] = [
  FULL,
  { ...FULL, place: 1 },
  { ...FULL, place: 1, isShort: true },
  { ...FULL, place: 2, isShort: true },
  { ...FULL, place: 3, isShort: true },
  { place: 3, isShort: true, saysPhone: false },
]
/** For what changed besides when and where, when the place is the one they know: the link says it. */
const WITHOUT_PLACE: Length = { place: null, isShort: true, saysPhone: false }

/** Values by the names people type. */
export const namedValues = (said: Readonly<Partial<Record<Variable, string | null>>>): Values =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [nameOfVariable(name), value]))

/** « 25 autres dates », « 25 autres ». */
function othersWords(count: number, isShort: boolean): string {
  if (count === 1) return isShort ? '1 autre' : 'une autre date'
  return `${String(count)} autres${isShort ? '' : ' dates'}`
}

/** « Gardé pour vous jusqu’au mardi 2 mars à 9 h », « Gardé jusqu’au mar. 2 mars à 9h »: the hour of the slot says the zone. */
function answerWords({ untilAt, isHeld }: NonNullable<Sayable['answer']>, zone: string, isShort: boolean): string {
  if (!isHeld) return 'Au premier qui répond'
  const until = `jusqu’au ${formatDateTime(untilAt, zone, { isShort })}`
  return isShort ? `Gardé ${until.replace(/\u00a0h(?:\u00a0)?/, 'h')}` : `Gardé pour vous ${until}`
}

/** As many letters as an SMS says of a title; fewer where it says less. */
const TITLE_LENGTHS = { full: 50, short: 18 } as const

const cut = (text: string, length: number): string => {
  const signs = [...text]
  return signs.length <= length
    ? text
    : `${signs
        .slice(0, length - 3)
        .join('')
        .trimEnd()}...`
}

/** « « Atelier énergie » », without what would make the SMS cost more; that there is one, of which nothing else can be said. */
function titleWords(title: string, isShort: boolean): string {
  const held = heldBySms(title)
  if (!/[\p{L}\p{N}]/u.test(held)) return 'nouvel intitulé'
  return `«\u00a0${cut(held, TITLE_LENGTHS[isShort ? 'short' : 'full'])}\u00a0»`
}

/** « , « Atelier énergie », avec Léa Martin + 1 ». */
function changeWords({ newTitle, newAgents }: Sayable, isShort: boolean): string {
  const called = newTitle === '' ? 'sans intitulé' : newTitle && titleWords(newTitle, isShort)
  const [first = '', ...others] = newAgents?.split(', ') ?? []
  const names = isShort && others.length > 0 ? `${first} + ${String(others.length)}` : LIST.format([first, ...others])
  return [called, names && `avec ${names}`].flatMap((words) => (words ? `, ${words}` : [])).join('')
}

function valuesAt(facts: Sayable, { place, isShort, saysPhone }: Length): Values {
  const { startAt, previousStartsAt, zone, othersCount, forNames, placeForms, newDurationMin = null } = facts
  const dayWords = (at: Date) => formatDay(dayOf(at, zone), { isShort })
  const timeWords = (at: Date) => {
    const long = timeOf(at, zone)
    return isShort ? long.replaceAll('\u00a0', '').replace(/heure de (?:la )?/i, 'heure ') : long
  }
  const duration = newDurationMin === null ? '' : formatDuration(newDurationMin)
  const lasting = duration && (isShort ? ` (${duration.replaceAll('\u00a0', '')})` : `, durée ${duration}`)
  const phone = facts.phone && isShort ? compact(facts.phone) : facts.phone
  return namedValues({
    date: startAt && dayWords(startAt),
    heure: startAt && `${timeWords(startAt)}${lasting}${changeWords(facts, isShort)}`,
    lieu: place === null ? null : placeForms[Math.min(place, placeForms.length - 1)] || null,
    motif: facts.motif,
    personnes: forNames.length > 0 ? LIST.format(forNames) : null,
    lien: facts.url,
    téléphone: saysPhone ? phone : null,
    contact: phone ?? facts.url,
    territoire: facts.territoryName,
    'ancienne date': previousStartsAt && `${dayWords(previousStartsAt)} à\u00a0${timeWords(previousStartsAt)}`,
    'autres dates': othersCount === 0 ? null : othersWords(othersCount, isShort),
    réponse: facts.answer ? answerWords(facts.answer, zone, isShort) : null,
    nombre: String(othersCount + 1),
  })
}

/** What the variables of an SMS say, in fewer and fewer words. */
export const waysOf = (facts: Sayable): Values[] =>
  (facts.isPlaceKnown && changeWords(facts, true) !== '' ? [...LENGTHS, WITHOUT_PLACE] : LENGTHS).map((length) =>
    valuesAt(facts, length),
  )

/** What those of an e-mail say: it is as long as it likes. */
export const fullValues = (facts: Sayable): Values => valuesAt(facts, FULL)
