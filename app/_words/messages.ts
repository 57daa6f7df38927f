import type { Failure } from '@/server/messaging/rules/sending'
import type { MessageLine } from '@/server/messaging/rules/messages'
import type { Channel, News } from '@/server/messaging/rules/telling'

export const newsWords = {
  created: 'Confirmation',
  moved: 'Changement',
  cancelled: 'Annulation',
  reminder: 'Rappel',
} as const satisfies Record<News, string>

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
  'no-gateway': 'L’envoi de SMS n’est pas configuré\u00a0: prévenez la personne autrement.',
} as const satisfies Record<Failure, string>

/** Why a message did not leave, or may not have; null when there is nothing to say. */
export function whyUnsentWords({ state, failure }: Pick<MessageLine, 'state' | 'failure'>): string | null {
  if (failure) return failureWords[failure]
  return state === 'uncertain' ? 'Le serveur n’a pas répondu\u00a0: prévenez la personne autrement.' : null
}
