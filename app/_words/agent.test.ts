import { expect, test } from 'vitest'
import { authorWords } from './agent'

test.each([
  [{ kind: 'link', name: null }, 'L’usager'],
  [{ kind: 'anonymous', name: null }, 'L’usager'],
  [{ kind: 'system', name: null }, 'L’application'],
  [{ kind: 'agent', name: 'Claire Dubois' }, 'Claire Dubois'],
] as const)('%j is called « %s » in the history', (author, words) => expect(authorWords(author)).toBe(words))
