import { environmentBand } from '@/server/api'

const NAMES: Record<string, string> = {
  demo: 'Démo',
  test: 'Test',
  development: 'Développement',
  recette: 'Recette',
  staging: 'Recette',
}

/** What the coloured band says; null in production. */
export function bandOf(): { name: string; message: string; capturesMessages: boolean } | null {
  const { name, isProduction, capturesMessages } = environmentBand()
  if (isProduction) return null
  return {
    name: NAMES[name] ?? name,
    message: capturesMessages ? 'rien n’est envoyé' : 'environnement d’essai',
    capturesMessages,
  }
}
