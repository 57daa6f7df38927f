import { expect, test } from 'vitest'
import type { LocationType } from '@/server/directory/rules/motif'
import { serviceChoices } from './motif-choices'

const offered = (serviceId: number, name: string, locationType: LocationType = 'public_office') => ({
  serviceId,
  serviceName: serviceId === 1 ? 'PMI' : 'Écoute',
  serviceShortName: serviceId === 1 ? 'P' : 'É',
  name,
  publicName: null,
  locationType,
})

test('a service counts what a person may choose: one name in several organisations is one choice', () => {
  const motifs = [offered(1, 'Pesée'), offered(2, 'Pesée'), offered(1, 'pesee'), offered(1, 'Pesée', 'home')]
  expect(serviceChoices(motifs)).toEqual([
    { id: 2, name: 'Écoute', shortName: 'É', motifCount: 1 },
    { id: 1, name: 'PMI', shortName: 'P', motifCount: 2 },
  ])
})
