export type Incident =
  'forged' | 'too-big' | 'unreadable' | 'rate-limited' | 'not-found' | 'invalid' | 'unavailable' | 'accident'

type Words = { title: string; text: string; isKept: boolean }

const WORDS = {
  forged: {
    title: 'Ce formulaire n’a pas été reçu',
    text: 'Il semble venir d’un autre site. Rouvrez la page et recommencez\u00a0: rien n’a été enregistré.',
    isKept: false,
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
  'not-found': {
    title: 'Votre demande n’est plus disponible',
    text: 'Elle a expiré ou a déjà été traitée. Il faut la reprendre.',
    isKept: false,
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
} as const satisfies Record<Incident, Words>

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const waitWords = (retryInSec: number): string => {
  const minutes = Math.ceil(retryInSec / 60)
  return minutes <= 1 ? 'Réessayez dans une minute.' : `Réessayez dans ${minutes}\u00a0minutes.`
}

/** The answer to a form that could not be received: a whole page, since a route handler has no other. */
export function incidentPage(
  incident: Incident,
  {
    backHref,
    retryInSec,
    band,
  }: { backHref: string; retryInSec: number | null; band: { name: string; message: string } | null },
): string {
  const { title, text, isKept } = WORDS[incident]
  const lines = [
    text,
    ...(retryInSec === null ? [] : [waitWords(retryInSec)]),
    ...(isKept
      ? ['Le bouton «\u00a0Retour\u00a0» de votre navigateur rouvre le formulaire avec ce que vous avez écrit.']
      : []),
  ]
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · RDV Territoires</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/incident.css">
</head>
<body>
${band ? `<div class="band" role="region" aria-label="Environnement">${escapeHtml(`${band.name.toUpperCase()}\u00a0: ${band.message}`)}</div>` : ''}
<header><a href="/"><img src="/icon.svg" alt="" width="32" height="32"> RDV Territoires</a></header>
<main id="contenu">
<h1>${escapeHtml(title)}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<p class="ways"><a class="button" href="${escapeHtml(backHref)}">Reprendre</a> <a class="button alt" href="/aide">Obtenir de l’aide</a></p>
</main>
</body>
</html>`
}
