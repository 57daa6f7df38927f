import type { Actor } from '@/server/kernel/actor'

type Environment = 'production' | 'recette' | 'demo' | 'development' | 'test'

/** How the messages captured instead of being sent are read: all that they say, or not what opens an account. */
export type CapturedReading = 'everything' | 'but-keys' | 'nothing'

/**
 * Who reads captured messages. In production there are none. On a recette, where real agents have accounts, agents in person
 * read them; what opens an account (links, codes) only the support does, and each agent in what was for their own address: it
 * would put any of them in the place of anybody. Elsewhere, the public demo included, everybody reads everything: nobody there is anybody.
 */
export function capturedReading(environment: Environment, actor: Actor): CapturedReading {
  if (environment === 'production') return 'nothing'
  if (environment !== 'recette') return 'everything'
  if (actor.kind === 'super-admin') return actor.hasSecondFactor ? 'everything' : 'nothing'
  return actor.kind === 'agent' && !actor.impersonation ? 'but-keys' : 'nothing'
}
