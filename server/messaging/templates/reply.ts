import { dayOf, formatDateTime, formatDay, zoneWords } from '@/server/kernel/dates'
import type { ForwardAbout } from '../queries/replies'
import type { ReplyWords } from '../rules/replies'
import { toldLetter } from './letter'

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })
const SILENT = '(Sans texte.)'

const filesNote = (names: readonly string[]): string | null =>
  names.length === 0
    ? null
    : `${names.length === 1 ? 'Pièce jointe, qui n’est pas transmise' : 'Pièces jointes, qui ne sont pas transmises'}\u00a0: ${LIST.format(names)}.`

const CUT =
  'Ce message était trop lourd pour être transmis en entier\u00a0: la fin du texte ou des pièces jointes peuvent manquer.'

const ofRdv = (rdvId: number, day: string) => ({
  subject: `Réponse à propos du RDV du ${day}`,
  heading: 'Une personne a répondu à un e-mail de RDV',
  when: 'RDV',
  where: 'Ses coordonnées sont sur la page du RDV.',
  link: { words: 'Voir le RDV', path: `/agent/rdvs/${String(rdvId)}` },
})

const OF_WAIT = {
  subject: 'Réponse d’une personne qui attend un créneau',
  heading: 'Une personne qui attend un créneau a répondu',
  when: 'Attend depuis',
  where: 'Ses coordonnées sont dans son dossier.',
  link: { words: 'Voir qui attend', path: '/agent/attente' },
}

const isNote = (note: string | null): note is string => note !== null

/**
 * What a person answered to a mail about their RDV, or their wait, for who holds it: the text, and the names of files. No name in the subject,
 * nor anywhere of a confidential RDV, but what they wrote themselves.
 */
export function replyMail(
  { text, fileNames, isCut, isFromElsewhere }: ReplyWords,
  { rdvId, at, zone, organisation, person }: ForwardAbout,
  url: string,
) {
  const place = zoneWords(zone)
  const { subject, heading, when, where, link } = rdvId === null ? OF_WAIT : ofRdv(rdvId, formatDay(dayOf(at, zone)))
  return toldLetter({
    subject,
    heading,
    intro: 'Bonjour,',
    lines: [
      [when, `${formatDateTime(at, zone)}${place ? ` (${place})` : ''}`],
      ['De', person],
      ['Organisation', organisation],
    ],
    quoted: text || SILENT,
    notes: [
      filesNote(fileNames),
      isCut ? CUT : null,
      isFromElsewhere
        ? 'Cette réponse vient d’une autre adresse que celle à laquelle nous avions écrit\u00a0: vérifiez de qui elle est.'
        : null,
      `Ne répondez pas à cet e-mail\u00a0: la personne ne recevrait rien. ${where}`,
    ].filter(isNote),
    link: { words: link.words, url: `${url}${link.path}` },
    because: 'Vous recevez cet e-mail parce qu’une personne vous répond, quels que soient vos choix de notification.',
  })
}

const confidential = (rdvId: number | null) =>
  rdvId === null
    ? {
        subject: 'Réponse d’une personne qui attend un RDV confidentiel',
        heading: 'Une personne qui attend un RDV confidentiel a répondu',
        when: 'Attend depuis',
        entrust: 'Demandez à un agent du service de la rappeler',
        link: { words: 'Voir qui attend', path: '/agent/attente' },
      }
    : {
        subject: 'Réponse au sujet d’un RDV confidentiel',
        heading: 'Une personne a répondu au sujet d’un RDV confidentiel',
        when: 'RDV',
        entrust: 'Confiez ce RDV à un agent du service, et faites-lui suivre cet e-mail pour qu’il la rappelle',
        link: { words: 'Voir le RDV', path: `/agent/rdvs/${String(rdvId)}` },
      }

/** That a person answered, for who may not open what it is about: nothing of what they wrote, and what is to be done. */
export function replyNotice({ rdvId, at, zone, organisation }: ForwardAbout, url: string) {
  const place = zoneWords(zone)
  const { subject, heading, when, entrust, link } = confidential(rdvId)
  return toldLetter({
    subject,
    heading,
    intro: 'Bonjour,',
    lines: [
      [when, `${formatDateTime(at, zone)}${place ? ` (${place})` : ''}`],
      ['Organisation', organisation],
    ],
    notes: [
      'Ce qu’elle a écrit ne vous est pas transmis\u00a0: seuls les agents du service peuvent le lire, et aucun n’a pu le recevoir.',
      `${entrust}\u00a0: le lien ci-dessous ne montre ses coordonnées qu’aux agents du service.`,
    ],
    link: { words: link.words, url: `${url}${link.path}` },
    because: 'Vous recevez cet e-mail parce qu’aucun agent du service n’a pu recevoir cette réponse.',
  })
}

/** The same for the support. */
export const supportNotice = ({ from }: ReplyWords, url: string) =>
  toldLetter({
    subject: 'Réponse au sujet d’un RDV confidentiel que personne ne suit plus',
    heading: 'Une personne a répondu au sujet d’un RDV confidentiel que personne ne suit plus',
    intro: 'Bonjour,',
    lines: [['De', from]],
    notes: [
      'Ce qu’elle a écrit ne vous est pas transmis\u00a0: seuls les agents du service pouvaient le lire.',
      'Ne répondez pas à cet e-mail\u00a0: écrivez à l’adresse ci-dessus, pour proposer à la personne d’appeler son lieu de rendez-vous.',
    ],
    link: { words: 'Ouvrir RDV Territoires', url },
    because: 'Vous recevez cet e-mail parce que vous tenez le support de RDV Territoires.',
  })

/** What was answered, for the support, when the RDV is long over or gone, or nobody is left to read it: who wrote, since nothing else says it. */
export const supportMail = ({ text, fileNames, isCut, from, subject }: ReplyWords, url: string) =>
  toldLetter({
    subject: 'Réponse à un e-mail de RDV que personne ne suit plus',
    heading: 'Une personne a répondu à un e-mail de RDV que personne ne suit plus',
    intro: 'Bonjour,',
    lines: [
      ['De', from],
      ['Objet', subject],
    ],
    quoted: text || SILENT,
    notes: [
      filesNote(fileNames),
      isCut ? CUT : null,
      'Ne répondez pas à cet e-mail\u00a0: écrivez à l’adresse ci-dessus, après avoir vérifié de qui elle est.',
    ].filter(isNote),
    link: { words: 'Ouvrir RDV Territoires', url },
    because: 'Vous recevez cet e-mail parce que vous tenez le support de RDV Territoires.',
  })
