import { expect, test } from 'vitest'
import { byPublicName, type MotifName } from './motif'

const motif = (name: string, publicName: string | null = null): MotifName => ({
  name,
  publicName,
  locationType: 'public_office',
})

test('motifs come in the order of a French dictionary, by the name the public reads', () => {
  const motifs = [motif('Œuvre'), motif('zèbre'), motif('écoute'), motif('Z', 'Bilan'), motif('Étape'), motif('Enfant')]
  const names = motifs.sort(byPublicName).map(({ name }) => name)
  expect(names).toEqual(['Z', 'écoute', 'Enfant', 'Étape', 'Œuvre', 'zèbre'])
})
