import { newsWords } from './messages'
import type { PlanningNews } from '@/server/messaging/rules/planning'
import type { AgentEvent, UsagerEvent, WordingKey } from '@/server/messaging/rules/standard-wordings'
import type { Broken, Wording } from '@/server/messaging/rules/wording'
import type { Variable, WordingFault } from '@/server/messaging/rules/wording-faults'
import type { WordingSample, WordingSource } from '@/server/messaging/rules/wording-views'

const usagerEventWords = {
  ...newsWords,
  series: 'Confirmation de plusieurs dates',
  waiting: 'Inscription sur la file d’attente',
  offer: 'Créneau proposé à qui attend',
} as const satisfies Record<UsagerEvent, string>

const agentEventWords = {
  placed: 'Nouveau RDV',
  moved: 'RDV changé',
  cancelled: 'RDV annulé',
  added: 'RDV confié',
  removed: 'RDV retiré',
  people: 'Inscriptions à une séance',
  arrived: 'Usager arrivé en salle d’attente',
  'opening-created': 'Plage d’ouverture créée',
  'opening-changed': 'Plage d’ouverture changée',
  'opening-deleted': 'Plage d’ouverture supprimée',
  'openings-closed': 'Plages fermées (départ d’une organisation)',
  'absence-created': 'Absence créée',
  'absence-changed': 'Absence changée',
  'absence-deleted': 'Absence supprimée',
} as const satisfies Record<AgentEvent | PlanningNews, string>

/** « Confirmation, par SMS ». */
export const wordingWords = (key: WordingKey): string =>
  `${wordingEventWords(key)}, ${key.channel === 'sms' ? 'par SMS' : 'par e-mail'}`

export const wordingEventWords = (key: WordingKey): string =>
  key.audience === 'agent' ? agentEventWords[key.news] : usagerEventWords[key.news]

export const wordingSourceWords = {
  motif: 'Texte du motif',
  territory: 'Texte du territoire',
  standard: 'Texte standard',
} as const satisfies Record<WordingSource, string>

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })
const NAMED_AT_MOST = 3

/** Of words of a territory that name confidential motifs, or their service: these, in order. */
export function givenUpWords(named: readonly string[]): string {
  // Each organisation has its own, often of one name.
  const motifs = [...new Set(named)]
  const [shown, others] = [motifs.slice(0, NAMED_AT_MOST), motifs.length - NAMED_AT_MOST]
  const all = LIST.format([
    ...shown.map((name) => `«\u00a0${name}\u00a0»`),
    ...(others > 0 ? [`${String(others)}\u00a0autre${others > 1 ? 's' : ''}`] : []),
  ])
  return motifs.length > 1
    ? `Il nomme les motifs confidentiels ${all}, ou leur service. Les messages de ces motifs partent avec le texte standard, que voici, sauf s’ils ont leur propre texte.`
    : `Il nomme le motif confidentiel ${all}, ou son service. Les messages de ce motif partent avec le texte standard, que voici, sauf s’il a son propre texte.`
}

/** Of words of a confidential motif that name it: whose leave instead. */
export const leavingWords = (source: Exclude<WordingSource, 'motif'>): string =>
  `Ce motif est confidentiel, et ce texte le nomme, ou nomme son service. ${LEAVES_INSTEAD[source]}\u00a0:`

const LEAVES_INSTEAD = {
  territory: 'À sa place part celui du territoire',
  standard: 'À sa place part le texte standard',
} as const satisfies Record<Exclude<WordingSource, 'motif'>, string>

export const sampleWords = {
  short: 'RDV simple',
  long: 'Pour deux personnes',
} as const satisfies Record<WordingSample['label'], string>

/** What each variable is replaced by. */
export const variableWords = {
  date: 'le jour',
  heure: 'l’heure',
  lieu: 'le lieu et son adresse, raccourcis dans un SMS trop long',
  motif: 'le libellé public du motif\u00a0; rien s’il est confidentiel',
  personnes: 'les prénoms, quand le RDV est pour quelqu’un d’autre',
  lien: 'l’adresse de la page du RDV, ou de l’attente',
  téléphone: 'le téléphone du lieu, sinon de l’organisation',
  contact: 'ce téléphone, ou le lien quand il n’y en a pas',
  territoire: 'le nom du territoire',
  'ancienne date': 'le jour et l’heure d’avant',
  'autres dates': '«\u00a03 autres dates\u00a0»',
  nombre: 'le nombre de dates, ou de plages',
  réponse: '«\u00a0Gardé pour vous jusqu’au…\u00a0», ou «\u00a0Au premier qui répond\u00a0»',
  auteur: 'qui a fait le changement',
  organisation: 'l’organisation',
  horaires: 'de quelle heure à quelle heure\u00a0; rien pour des jours entiers',
  intitulé: 'l’intitulé de la plage ou de l’absence',
} as const satisfies Record<Variable, string>

const BROKEN = {
  bracket: 'Un crochet [ ou ] n’a pas son pareil. Ils vont par deux, sans autre crochet entre eux.',
  brace: 'Une accolade { ou } n’a pas sa pareille. Une variable s’écrit {date}.',
} as const satisfies Record<Broken, string>

/** What is wrong with words, and what to do. */
export function wordingFaultWords(fault: WordingFault, part: keyof Wording): string {
  switch (fault.what) {
    case 'empty':
      return part === 'subject' ? 'L’objet manque.' : 'Le texte manque.'
    case 'bracket':
    case 'brace':
      return BROKEN[fault.what]
    case 'unknown':
      return `La variable {${fault.name}} n’existe pas. Choisissez parmi celles de la page.`
    case 'not-in-subject':
      return `{${fault.name}} ne peut pas être dans l’objet\u00a0: un téléphone l’affiche à qui passe. Mettez-la dans le texte.`
    case 'not-here':
      return `{${fault.name}} n’a pas de sens dans ce message\u00a0: retirez-la.`
    case 'missing':
      return `{${fault.name}} doit figurer dans le texte, hors des crochets\u00a0: ${MISSING[fault.name] ?? 'sans elle, le message ne suffit pas'}.`
  }
}

const MISSING: Partial<Record<Variable, string>> = {
  lien: 'sans le lien, la personne ne peut ni annuler ni revoir son RDV',
  contact: 'sans téléphone ni lien, la personne ne peut pas reprendre un RDV',
  date: 'sans le jour, la personne ne saurait pas quand venir',
  heure: 'sans l’heure, la personne ne saurait pas quand venir',
}

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 })

/** « 4,5 » of 45 thousandths of a euro. */
export const centsWords = (millis: number): string => number.format(millis / 10)

/** « 1 SMS, 143 caractères sur 160, 4,5 centimes ». */
export function smsSizeWords(
  { segments, units, left }: { segments: number; units: number; left: number },
  priceMillis: number | null,
): string {
  const cost =
    priceMillis === null
      ? ''
      : `, ${centsWords(segments * priceMillis)}\u00a0centime${segments * priceMillis >= 20 ? 's' : ''}`
  return `${segments}\u00a0SMS, ${units}\u00a0caractères sur ${units + left}${cost}`
}
