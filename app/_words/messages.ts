import type { Failure } from '@/server/messaging/rules/sending'
import type { Answers } from '@/app/_ui/answer-notice'
import { formatDateTime } from '@/server/kernel/dates'
import type { AgentMessageLine, MessageLine } from '@/server/messaging/rules/messages'
import type { Channel, News } from '@/server/messaging/rules/telling'
import type { Untold, UntoldWait } from '@/server/messaging/rules/untold'

export const newsWords = {
  created: 'Confirmation',
  moved: 'Changement',
  cancelled: 'Annulation',
  reminder: 'Rappel',
} as const satisfies Record<News, string>

/** On the page of an RDV. */
export const messageWords = {
  ...newsWords,
  offer: 'Créneau plus tôt proposé',
} as const satisfies Record<MessageLine['news'], string>

export const agentNewsWords = {
  placed: 'RDV placé',
  moved: 'RDV changé',
  cancelled: 'RDV annulé',
  added: 'RDV confié',
  removed: 'RDV retiré',
  people: 'Inscriptions changées',
  arrived: 'Arrivée en salle d’attente',
} as const satisfies Record<AgentMessageLine['news'], string>

export const channelWords = { mail: 'par e-mail', sms: 'par SMS' } as const satisfies Record<Channel, string>

export const messageStateWords = {
  waiting: 'En attente',
  sending: 'En cours d’envoi',
  sent: 'Envoyé',
  dropped: 'Non envoyé',
  failed: 'Échec',
  uncertain: 'Incertain',
} as const satisfies Record<MessageLine['state'], string>

const failureWords = {
  'too-late': 'Le rendez-vous avait commencé.',
  obsolete: 'Le rendez-vous a changé entre-temps.',
  muted: 'La personne ne peut plus, ou ne souhaite plus, être prévenue ainsi.',
  refused: 'L’adresse ou le numéro a été refusé\u00a0: prévenez la personne autrement.',
  'gave-up': 'Après plusieurs essais, le message n’est pas parti\u00a0: prévenez la personne autrement.',
  'no-gateway': 'L’envoi de SMS n’est pas configuré\u00a0: prévenez la personne autrement.',
  undelivered: 'Il est parti, mais n’est pas arrivé à la personne\u00a0: prévenez-la autrement.',
  'no-contact': 'Ni mobile ni e-mail où lui écrire, ou elle ne le souhaite pas\u00a0: prévenez-la autrement.',
} as const satisfies Record<Failure, string>

const offerFailureWords: Readonly<Partial<Record<Failure, string>>> = {
  'too-late': 'Le créneau n’était plus à prendre.',
  obsolete: 'Le créneau n’était plus proposé.',
}

/** What an agent was not told, they see on their agenda: nobody is to tell them. */
const agentFailureWords: Readonly<Record<Failure, string>> = {
  ...failureWords,
  muted: 'L’agent ne souhaite pas, ou ne peut plus, être prévenu ainsi.',
  refused: 'L’adresse a été refusée.',
  'gave-up': 'Après plusieurs essais, le message n’est pas parti.',
  undelivered: 'Il est parti, mais il est revenu.',
}

export function whyUnsentToAgentWords({ state, failure }: AgentMessageLine): string | null {
  if (failure) return agentFailureWords[failure]
  return state === 'uncertain' ? 'Le serveur n’a pas répondu.' : null
}

/** Why a message did not leave, or may not have; null when there is nothing to say. */
export function whyUnsentWords({ news, state, failure }: MessageLine): string | null {
  if (failure && news === 'offer') return offerFailureWords[failure] ?? failureWords[failure]
  if (failure) return failureWords[failure]
  return state === 'uncertain' ? 'Le serveur n’a pas répondu\u00a0: prévenez la personne autrement.' : null
}

const WHAT_TO_SAY = {
  created: 'Dites-lui que le RDV est pris',
  moved: 'Dites-lui que le RDV a changé',
  cancelled: 'Dites-lui que le RDV est annulé',
  reminder: 'Rappelez-lui le RDV',
} as const satisfies Record<News, string>

/** « Dites-lui que le RDV a changé : il était prévu mardi 2 mars à 9 h ». */
export function untoldWords({ news, previousStartAt, zone }: Untold): string {
  const known =
    news === 'moved' && previousStartAt ? `\u00a0: il était prévu ${formatDateTime(previousStartAt, zone)}` : ''
  return `${WHAT_TO_SAY[news]}${known}`
}

/** « Un créneau est gardé pour elle jusqu’à… », or that her contact is to be corrected. */
export function untoldWaitWords({ offer, zone }: UntoldWait): { what: string; todo: string } {
  if (offer?.isOpen)
    return {
      what: `Un créneau lui est proposé\u00a0: ${formatDateTime(offer.startAt, zone)}`,
      todo: `Appelez avant ${formatDateTime(offer.untilAt, zone)}\u00a0: ensuite, il ira à une autre personne.`,
    }
  if (!offer)
    return {
      what: 'N’a pas reçu la confirmation de son attente',
      todo: 'Les créneaux libres ne pourront pas lui être proposés\u00a0: son contact est à corriger.',
    }
  return {
    what: `N’a pas su qu’un créneau était libre\u00a0: ${formatDateTime(offer.startAt, zone)}`,
    todo: 'Ce créneau n’est plus proposé. Pour qu’un autre le soit, son contact est à corriger.',
  }
}

/** Why no message told them, a line a channel. */
export const triesWords = ({ tries }: Pick<Untold, 'tries'>): string[] => [
  ...new Set(
    tries.map(({ channel, recipient, failure }) => {
      if (failure === 'no-contact') return 'Ni mobile ni e-mail où lui écrire, ou elle ne le souhaite pas'
      const why = failure ? triedWords[failure] : 'le serveur n’a pas répondu'
      return `${channel === 'mail' ? 'E-mail' : 'SMS'} à ${recipient}\u00a0: ${why}`
    }),
  ),
]

const triedWords: Readonly<Partial<Record<Failure, string>>> = {
  refused: 'refusé',
  'gave-up': 'pas parti après plusieurs essais',
  'no-gateway': 'l’envoi de SMS n’est pas configuré',
  undelivered: 'parti, mais pas arrivé',
}

export const untoldNotices = {
  'attente-prevenue': { tone: 'ok', text: 'C’est noté.' },
  prevenu: { tone: 'ok', text: 'C’est noté dans l’historique du RDV.' },
  introuvable: { tone: 'warn', text: 'Ce RDV ou cette attente n’est plus parmi ce que vous pouvez modifier.' },
} as const satisfies Answers
