import { formatDay } from '@/app/_lib/dates'
import type { AgentRdv, PersonOnRdv, RdvHistoryLine, StatusRefusal } from '@/server/booking/rules/agent-views'
import type { ContactLine } from '@/server/booking/rules/contacts'
import { isCancelled, STATUSES, type Phase, type Status } from '@/server/booking/rules/status'
import type { LocationType } from '@/server/directory/rules/motif'
import type { Actor } from '@/server/kernel/actor'

type Stated = Pick<AgentRdv, 'status' | 'phase' | 'isCollective'>

const WAITING = { future: 'À venir', today: 'Aujourd’hui', past: 'À renseigner' } as const satisfies Record<
  Phase,
  string
>

const SETTLED = {
  seen: 'Honoré',
  excused: 'Annulé (excusé)',
  revoked: 'Annulé (par le service)',
  noshow: 'Absent',
} as const satisfies Record<Exclude<Status, 'unknown'>, string>

/** Where an RDV stands, in words. */
export function statusWords({ status, phase, isCollective }: Stated): string {
  if (status === 'unknown') return WAITING[phase]
  return status === 'seen' && isCollective ? 'Effectué' : SETTLED[status]
}

/** What the button that gives this status says. */
export function moveWords(to: Status, rdv: Stated): string {
  switch (to) {
    case 'unknown':
      return `Remettre «\u00a0${WAITING[rdv.phase].toLocaleLowerCase('fr')}\u00a0»`
    case 'seen':
      return rdv.isCollective ? 'Effectué' : 'Honoré'
    case 'noshow':
      return 'Absent'
    case 'excused':
      return rdv.phase === 'past' ? 'L’usager, qui s’est excusé' : 'L’usager s’est excusé'
    case 'revoked':
      return rdv.phase === 'past' ? 'Le service' : 'Le service annule'
  }
}

const SILENCE = 'Aucun message n’est envoyé à l’usager.'
/** Of an RDV to come (docs/decisions/0022). */
const TOLD = 'L’usager en est averti deux minutes après, s’il accepte les messages.'

/** What follows from another time, said before it is given. */
export const MOVED_TELLS = `Rien d’autre ne change. ${TOLD}`

/** What follows from a status, said before it is given. */
export function consequenceWords(to: Status, { status, phase, isCollective }: Stated): string {
  switch (to) {
    case 'unknown':
      return isCancelled(status)
        ? `Le RDV reprend son horaire, s’il est encore libre. ${phase === 'past' ? SILENCE : TOLD}`
        : `Le statut est effacé. ${SILENCE}`
    case 'seen':
      return isCollective ? 'La séance a eu lieu.' : 'La personne est venue.'
    case 'noshow':
      return `Compté comme absence non excusée. ${SILENCE}`
    case 'excused':
      return phase === 'past' ? 'Il avait prévenu.' : `Il a prévenu\u00a0: votre horaire se libère. ${TOLD}`
    case 'revoked':
      if (phase === 'past') return SILENCE
      return isCollective
        ? 'L’horaire se libère. Les inscrits en sont avertis deux minutes après, s’ils acceptent les messages.'
        : `L’horaire se libère. ${TOLD}`
  }
}

export const statusRefusalWords = {
  'changed-meanwhile': 'Quelqu’un a changé ce RDV avant vous. Voici ce qu’il en est maintenant.',
  'not-allowed': 'Ce changement n’est pas possible pour ce RDV.',
  'not-started': 'Une absence se note une fois l’heure du RDV passée.',
  'seats-taken': 'Les places libérées ont été reprises\u00a0: la séance ne peut pas être remise comme avant.',
  'slot-taken': 'L’horaire a été repris par un autre RDV\u00a0: celui-ci reste annulé.',
} satisfies Record<StatusRefusal, string>

/** Beside the button that opens the two ways of cancelling. */
export const WHO_CANCELS = 'Dites ensuite qui a annulé.'
export const NOT_SAVED = 'Votre choix n’a pas pu être enregistré. Réessayez dans un instant.'
export const OUT_OF_REACH = 'Ce RDV n’est plus accessible. Rechargez la page.'
export const WAITING_FOR_NETWORK = 'Pas encore enregistré\u00a0: partira dès que le réseau revient.'

/** Said of an RDV opened on an agenda, when what may be done of it does not come. */
export const PANEL_OFFLINE = 'Pas de réseau\u00a0: ce que vous pouvez faire s’affichera dès qu’il revient.'
export const PANEL_LOST = 'Ce RDV ne se charge pas. Ouvrez sa page, ou réessayez dans un instant.'

/** Another RDV for the same people, once this one is cancelled or over. */
export const REBOOK = 'Reprendre un RDV'

export const locationShortWords = {
  public_office: 'Sur place',
  phone: 'Par téléphone',
  home: 'À domicile',
  visio: 'En visioconférence',
} satisfies Record<LocationType, string>

/** Said of a number or an e-mail when there are others. */
export const contactFromWords = {
  rdv: 'donné pour ce rendez-vous',
  file: 'dans sa fiche',
} satisfies Record<NonNullable<ContactLine['from']>, string>

type Name = Pick<PersonOnRdv, 'firstName' | 'lastName'>

/** « Lina MARTIN »: the last name in capitals tells which is which. */
export const nameWords = ({ firstName, lastName }: Name): string => `${firstName} ${lastName.toLocaleUpperCase('fr')}`

/** « Date de naissance : 14 mars 2019 »: nobody needs its weekday. */
export const bornWords = (onDay: string): string =>
  `Date de naissance\u00a0: ${formatDay(onDay, { withYear: true }).replace(/^\S+ /u, '')}`

/** Said of an RDV knowingly placed over another. */
export const OVERBOOKED = 'Chevauche un autre RDV'

/** What an RDV is called in a list or a sentence: its people, its title, else its motif. */
export function rdvName(
  rdv: Pick<AgentRdv, 'isCollective' | 'title' | 'motifName'> & { people: readonly Name[] },
): string {
  if (rdv.isCollective) return rdv.title ?? rdv.motifName
  return rdv.people.length === 0 ? rdv.motifName : rdv.people.map(nameWords).join(', ')
}

/** « Collectif 7/10 », « Collectif 7 inscrits » when nobody limited it. */
export const seatsWords = ({ taken, max }: NonNullable<AgentRdv['seats']>): string =>
  max === null ? `Collectif, ${taken}\u00a0inscrit${taken > 1 ? 's' : ''}` : `Collectif ${taken}/${max}`

/** « 6 RDV », « 6 RDV, 1 annulé ». */
export function countRdvWords(rdvs: readonly Pick<AgentRdv, 'status'>[]): string {
  const cancelled = rdvs.filter((rdv) => isCancelled(rdv.status)).length
  const held = rdvs.length - cancelled
  const rest = cancelled === 0 ? '' : `, ${cancelled}\u00a0annulé${cancelled > 1 ? 's' : ''}`
  return held === 0 && cancelled === 0 ? 'Aucun RDV' : `${held}\u00a0RDV${rest}`
}

/** How many RDVs of a day stand. */
export const heldOn = (rdvs: readonly AgentRdv[], day: string): number =>
  rdvs.filter((rdv) => rdv.onDay === day && !isCancelled(rdv.status)).length

const EVENTS: Record<string, string> = {
  'rdv.booked': 'RDV pris en ligne',
  'rdv.created': 'RDV créé',
  'rdv.moved': 'RDV déplacé',
  'rdv.title-set': 'Intitulé changé',
  'rdv.cancelled': 'RDV annulé par l’usager',
  'rdv.participation-added': 'Inscription à la séance',
  'rdv.status-set': 'Statut changé',
  'rdv.told-otherwise': 'Prévenu par un agent, après l’échec d’un message',
  'rdv.consent-set': 'Messages arrêtés ou repris, pour ce RDV, par qui les reçoit',
  'rdv.replied': 'Réponse à un e-mail, transmise aux agents sans être gardée ici',
  'rdv.arrival-set': 'Salle d’attente\u00a0: arrivée notée ou effacée',
}

export const eventWords = (kind: string): string => EVENTS[kind] ?? 'RDV modifié'

const AUTHORS = {
  agent: 'Un agent',
  anonymous: 'L’usager',
  link: 'L’usager',
  usager: 'L’usager',
  'super-admin': 'Le support',
  system: 'L’application',
} satisfies Record<Actor['kind'], string>

/** « Claire Dubois », « Le support à la place de Claire Dubois ». */
export const authorWords = ({ kind, name, isImpersonated }: RdvHistoryLine['author']): string => {
  const words = name ?? AUTHORS[kind]
  return isImpersonated ? `Le support à la place de ${words}` : words
}

const isStatus = (text: string | null): text is Status => STATUSES.some((status) => status === text)

/** A status out of the history; null when the line is not about one. */
export const historyStatusWords = (value: string | null, rdv: Stated): string | null =>
  isStatus(value) ? statusWords({ ...rdv, status: value }) : null

/** « Sandrine Lefebvre a indiqué « Absent » aujourd’hui à 10 h 12. »; null when the history does not tell. */
export function whoWasFasterWords(
  history: readonly RdvHistoryLine[],
  rdv: Stated,
  whenWords: (at: Date) => string,
): string | null {
  const line = history.find(({ kind }) => kind === 'rdv.status-set' || kind === 'rdv.cancelled')
  if (!line) return null
  const status = line.kind === 'rdv.cancelled' ? SETTLED.excused : historyStatusWords(line.to, rdv)
  return status && `${authorWords(line.author)} a indiqué «\u00a0${status}\u00a0» ${whenWords(line.at)}.`
}
