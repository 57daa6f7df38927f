import { ButtonLink } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import type { View } from './document'

export type FormIncident =
  | 'forged'
  | 'too-big'
  | 'unreadable'
  | 'rate-limited'
  | 'crowded'
  | 'not-found'
  | 'invalid'
  | 'unavailable'
  | 'accident'
  | 'read-only'
  | 'in-person'
export type PageIncident = 'rate-limited' | 'crowded' | 'unavailable' | 'accident'

type Words = { title: string; text: string; isKept?: boolean }

const STATUS = {
  forged: 403,
  'too-big': 413,
  unreadable: 400,
  'rate-limited': 429,
  crowded: 429,
  'not-found': 404,
  invalid: 400,
  unavailable: 503,
  accident: 500,
  'read-only': 403,
  'in-person': 403,
} as const satisfies Record<FormIncident, number>

const FORM_WORDS = {
  forged: {
    title: 'Ce formulaire n’a pas été reçu',
    text: 'Il semble venir d’un autre site. Rouvrez la page et recommencez\u00a0: rien n’a été enregistré.',
  },
  'too-big': {
    title: 'Vos réponses sont trop longues',
    text: 'Raccourcissez-les, puis envoyez de nouveau le formulaire. Rien n’a été enregistré.',
    isKept: true,
  },
  unreadable: {
    title: 'Ce formulaire n’a pas pu être lu',
    text: 'Il est arrivé abîmé, sans doute à cause du réseau. Envoyez-le de nouveau\u00a0: rien n’a été enregistré.',
    isKept: true,
  },
  'rate-limited': {
    title: 'Trop de demandes en peu de temps',
    text: 'Pour protéger le service, il faut attendre un peu avant d’envoyer de nouveau.',
    isKept: true,
  },
  crowded: {
    title: 'Beaucoup de monde en ce moment',
    text: 'Votre demande n’a pas été prise en compte. Envoyez-la de nouveau\u00a0: vos réponses sont gardées.',
    isKept: true,
  },
  'not-found': {
    title: 'Votre demande n’est plus disponible',
    text: 'Elle a expiré ou a déjà été traitée. Il faut la reprendre.',
  },
  invalid: {
    title: 'Il manque une partie de votre demande',
    text: 'Reprenez-la depuis l’étape précédente\u00a0: rien n’a été enregistré.',
    isKept: true,
  },
  unavailable: {
    title: 'Le service est momentanément indisponible',
    text: 'Réessayez dans un instant. Rien n’a été enregistré.',
    isKept: true,
  },
  accident: {
    title: 'Le service a rencontré un problème',
    text: 'Un incident technique a empêché de recevoir votre demande. Ce n’est pas de votre fait. Réessayez dans un instant.',
    isKept: true,
  },
  'read-only': {
    title: 'Vous êtes en lecture seule',
    text: 'Vous êtes connecté à la place de cet agent pour regarder\u00a0: rien n’a été changé.',
  },
  'in-person': {
    title: 'Seul l’agent peut faire cela',
    text: 'Mot de passe, double authentification, adresse secrète\u00a0: personne ne les change à sa place. Rien n’a été changé.',
  },
} as const satisfies Record<FormIncident, Words>

const PAGE_WORDS = {
  'rate-limited': {
    title: 'Trop de demandes en peu de temps',
    text: 'Pour protéger le service, il faut attendre un peu avant de recharger cette page.',
  },
  crowded: {
    title: 'Beaucoup de monde en ce moment',
    text: 'Les demandes sont plus nombreuses que d’habitude. Les vôtres ne sont pas perdues\u00a0: rechargez cette page.',
  },
  unavailable: {
    title: 'Le service est momentanément indisponible',
    text: 'Rechargez cette page dans un instant.',
  },
  accident: {
    title: 'Le service a rencontré un problème',
    text: 'Un incident technique empêche d’afficher cette page. Ce n’est pas de votre fait. Rechargez-la dans un instant.',
  },
} as const satisfies Record<PageIncident, Words>

const waitWords = (retryInSec: number): string => {
  if (retryInSec <= 30) return 'Réessayez dans quelques secondes.'
  const minutes = Math.ceil(retryInSec / 60)
  return minutes <= 1 ? 'Réessayez dans une minute.' : `Réessayez dans ${minutes}\u00a0minutes.`
}

type Way = { href: string; words: string }

const incident = (kind: FormIncident, { title, text, isKept }: Words, way: Way, retryInSec: number | null): View => ({
  title,
  status: STATUS[kind],
  retryInSec,
  body: (
    <PageShell>
      <StepTitle>{title}</StepTitle>
      <p>{text}</p>
      {retryInSec !== null && <p>{waitWords(retryInSec)}</p>}
      {isKept && (
        <p>Le bouton «&nbsp;Retour&nbsp;» de votre navigateur rouvre le formulaire avec ce que vous avez écrit.</p>
      )}
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={way.href}>{way.words}</ButtonLink>
        <ButtonLink href="/aide" variant="secondary">
          Obtenir de l’aide
        </ButtonLink>
      </div>
    </PageShell>
  ),
})

/** The answer to a form that could not be received. */
export const formIncident = (kind: FormIncident, backHref: string, retryInSec: number | null = null): View =>
  incident(kind, FORM_WORDS[kind], { href: backHref, words: 'Reprendre' }, retryInSec)

/** The answer to a page that could not be shown. */
export const pageIncident = (kind: PageIncident, retryInSec: number | null = null): View =>
  incident(kind, PAGE_WORDS[kind], { href: '', words: 'Recharger la page' }, retryInSec)
