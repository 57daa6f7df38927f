import type { ARRIVAL_NEWS, WAITLIST_NEWS } from '@/db/schema/messaging'
import type { AgentNews } from './agent-telling'
import type { PlanningNews } from './planning'
import type { Wording } from './wording'
import type { Channel, News } from './telling'

/** What a person may be told, as its words are chosen: several dates told of together have words of their own. */
export type UsagerEvent = News | (typeof WAITLIST_NEWS)[number] | 'series'
export type AgentEvent = AgentNews | (typeof ARRIVAL_NEWS)[number]

/** Which words: to whom, of what, by which channel. Agents are told by e-mail alone. */
export type WordingKey =
  | { readonly audience: 'usager'; readonly news: UsagerEvent; readonly channel: Channel }
  | { readonly audience: 'agent'; readonly news: AgentEvent | PlanningNews; readonly channel: 'mail' }

const WHERE = '[ pour {personnes}][, {lieu}]'
const LINK = 'Infos, annuler\u00a0: {lien}[ / {téléphone}]'
const CANNOT_COME = 'Si vous ne pouvez pas venir, prévenez-nous\u00a0: l’horaire servira à quelqu’un d’autre.'

const SMS = {
  created: `RDV[ {motif}] {date} à {heure}${WHERE}. ${LINK}`,
  series: `RDV[ {motif}] {date} à {heure} et {autres dates}${WHERE}. Dates\u00a0: {lien}[ / {téléphone}]`,
  moved: `RDV[ {motif}] modifié\u00a0: {date} à {heure}${WHERE}. ${LINK}`,
  reminder: `Rappel\u00a0: RDV[ {motif}] {date} à {heure}${WHERE}. ${LINK}`,
  waiting: 'RDV[ {motif}][, {lieu}]\u00a0: un créneau libre vous sera proposé. Quitter la file\u00a0: {lien}',
  offer: 'RDV[ {motif}] possible {date} à {heure}. {réponse}\u00a0: {lien}',
  cancelled: 'RDV[ {motif}] {date} à {heure}[ pour {personnes}] annulé. Pour en reprendre un\u00a0: {contact}',
} as const satisfies Record<UsagerEvent, string>

const USAGER_MAILS = {
  created: {
    subject: 'Votre rendez-vous du {date} à\u00a0{heure}',
    body: `Bonjour,\n\nVoici ce qu’il faut garder de votre rendez-vous. ${CANNOT_COME}`,
  },
  series: {
    subject: 'Vos {nombre} rendez-vous, à partir du {date} à\u00a0{heure}',
    body: `Bonjour,\n\nVoici toutes vos dates. ${CANNOT_COME}`,
  },
  moved: {
    subject: 'Votre rendez-vous a changé\u00a0: {date} à\u00a0{heure}',
    body: `Bonjour,\n\nVoici ce qui est prévu désormais. ${CANNOT_COME}`,
  },
  reminder: {
    subject: 'Rappel\u00a0: votre rendez-vous du {date} à\u00a0{heure}',
    body: `Bonjour,\n\nVotre rendez-vous approche. ${CANNOT_COME}`,
  },
  waiting: {
    subject: 'Vous êtes sur la file d’attente',
    body: 'Bonjour,\n\nDès qu’un créneau est libre, il vous est proposé à votre tour, par message, et gardé le temps de répondre. Vous n’avez rien à faire d’ici là.',
  },
  offer: { subject: 'Un créneau s’est libéré\u00a0: {date} à\u00a0{heure}', body: 'Bonjour,' },
  cancelled: {
    subject: 'Votre rendez-vous du {date} à\u00a0{heure} est annulé',
    body: 'Bonjour,\n\nCe rendez-vous n’aura pas lieu.',
  },
} as const satisfies Record<UsagerEvent, Wording>

const HELLO = 'Bonjour,'

const AGENT_MAILS = {
  placed: { subject: 'Nouveau RDV\u00a0: {date} à\u00a0{heure}', body: HELLO },
  moved: { subject: 'RDV changé\u00a0: {date} à\u00a0{heure}', body: HELLO },
  cancelled: { subject: 'RDV annulé\u00a0: {date} à\u00a0{heure}', body: HELLO },
  added: { subject: 'RDV qui vous est confié\u00a0: {date} à\u00a0{heure}', body: HELLO },
  removed: { subject: 'RDV qui ne vous est plus confié\u00a0: {date} à\u00a0{heure}', body: HELLO },
  people: { subject: 'Inscriptions changées\u00a0: {date} à\u00a0{heure}', body: HELLO },
  arrived: { subject: 'Usager arrivé\u00a0: RDV de\u00a0{heure}', body: HELLO },
} as const satisfies Record<AgentEvent, Wording>

const PLANNING_MAILS = {
  'opening-created': { subject: 'Une plage d’ouverture a été créée sur votre agenda[\u00a0: {date}]', body: HELLO },
  'opening-changed': { subject: 'Une de vos plages d’ouverture a changé[\u00a0: {date}]', body: HELLO },
  'opening-deleted': { subject: 'Une de vos plages d’ouverture a été supprimée[\u00a0: {date}]', body: HELLO },
  'openings-closed': { subject: 'Vos plages d’ouverture ont été fermées[\u00a0: {organisation}]', body: HELLO },
  'absence-created': { subject: 'Une absence a été créée sur votre agenda[\u00a0: {date}]', body: HELLO },
  'absence-changed': { subject: 'Une de vos absences a changé[\u00a0: {date}]', body: HELLO },
  'absence-deleted': { subject: 'Une de vos absences a été supprimée[\u00a0: {date}]', body: HELLO },
} as const satisfies Record<PlanningNews, Wording>

/** Of an agent's planning: of no RDV, hence of no motif either. */
export const isOfPlanning = (news: string): news is PlanningNews => news in PLANNING_MAILS

/** What is written where nobody chose other words. */
export function standardWording(key: WordingKey): Wording {
  if (key.audience === 'agent') return isOfPlanning(key.news) ? PLANNING_MAILS[key.news] : AGENT_MAILS[key.news]
  return key.channel === 'sms' ? { subject: null, body: SMS[key.news] } : USAGER_MAILS[key.news]
}

export const USAGER_EVENTS = Object.keys(SMS) as UsagerEvent[]
/** Of their RDVs, then of their planning. */
const AGENT_EVENTS = [...Object.keys(AGENT_MAILS), ...Object.keys(PLANNING_MAILS)] as (AgentEvent | PlanningNews)[]

/** Every text there is, in the order people are told of things. */
export const WORDING_KEYS: readonly WordingKey[] = [
  ...USAGER_EVENTS.flatMap((news): WordingKey[] => [
    { audience: 'usager', news, channel: 'sms' },
    { audience: 'usager', news, channel: 'mail' },
  ]),
  ...AGENT_EVENTS.map((news): WordingKey => ({ audience: 'agent', news, channel: 'mail' })),
]

/** « usager-created-sms », as an address says it. */
export const nameOfWording = ({ audience, news, channel }: WordingKey): string => `${audience}-${news}-${channel}`

export const keyOfWording = (name: string): WordingKey | null =>
  WORDING_KEYS.find((key) => nameOfWording(key) === name) ?? null
