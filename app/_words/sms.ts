import type { GatewayKind, GatewaySettings } from '@/server/kernel/gateways'
import type { Trial } from '@/server/directory/rules/sms'

export const gatewayWords = {
  brevo: 'Brevo',
  'link-mobility': 'LINK Mobility (Netsize)',
  http: 'Passerelle HTTP',
} as const satisfies Record<GatewayKind, string>

/** What tells one gateway of a territory from another. */
export function gatewayFacts(settings: GatewaySettings): string {
  if (settings.kind === 'link-mobility') return `Compte ${settings.username}`
  return settings.kind === 'http' ? new URL(settings.url).host : 'Clé d’API enregistrée'
}

type Notice = { tone: 'ok' | 'warn' | 'bad'; text: string }

/** What a trial showed. Keys stand in the URL as `essai`. */
export const trialNotices = {
  sent: { tone: 'ok', text: 'La passerelle a accepté le SMS d’essai. Il arrive d’ordinaire en moins d’une minute.' },
  captured: {
    tone: 'ok',
    text: 'Rien n’est parti\u00a0: hors production, le SMS d’essai est gardé parmi les messages de recette.',
  },
  refused: { tone: 'bad', text: 'La passerelle refuse ce numéro. Essayez-en un autre.' },
  denied: {
    tone: 'bad',
    text: 'La passerelle refuse votre compte\u00a0: clé ou mot de passe, crédit, expéditeur ou adresse sont à vérifier.',
  },
  later: {
    tone: 'warn',
    text: 'La passerelle ne répond pas, ou n’accepte rien pour l’instant. Rien n’est parti\u00a0: réessayez plus tard.',
  },
  unknown: {
    tone: 'warn',
    text: 'La passerelle n’a pas répondu à temps. Le SMS est peut-être parti\u00a0: regardez s’il arrive.',
  },
} as const satisfies Record<Trial['outcome'], Notice>
