import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrastWithWhite, LEAST_CONTRAST, MOTIF_COLORS } from './color'
import { filterMotifs } from './motif-filter'
import { isOpeningOffered, LEADS_MIN, LONGEST_LEAD_MIN, settingsFaults } from './motif-settings'

const PLAIN = {
  minLeadMin: 30,
  maxLeadMin: 1440,
  isCollective: false,
  locationType: 'public_office',
  isForSecretariat: false,
  isFollowUp: false,
} as const

test('options that exclude each other are named under the field to mend', () => {
  expect(settingsFaults(PLAIN)).toEqual({})
  expect(settingsFaults({ ...PLAIN, isCollective: true, locationType: 'phone' })).toEqual({
    isCollective: 'collective-off-site',
  })
  expect(settingsFaults({ ...PLAIN, isForSecretariat: true, isFollowUp: true })).toEqual({
    isFollowUp: 'secretariat-and-follow-up',
  })
  expect(settingsFaults({ ...PLAIN, isForSecretariat: true, locationType: 'home' })).toEqual({
    isForSecretariat: 'secretariat-at-home',
  })
})

test('the longest delay is after the shortest, which is half an hour at least, and a year at most', () => {
  const minutes = fc.integer({ min: 0, max: 2 * LONGEST_LEAD_MIN })
  fc.assert(
    fc.property(minutes, minutes, (minLeadMin, maxLeadMin) => {
      const isSound = minLeadMin >= 30 && maxLeadMin > minLeadMin && maxLeadMin <= 366 * 1440
      expect(Object.keys(settingsFaults({ ...PLAIN, minLeadMin, maxLeadMin })).length === 0).toBe(isSound)
    }),
  )
  expect(LEADS_MIN.every((lead) => lead >= 30 && lead <= LONGEST_LEAD_MIN)).toBe(true)
})

test('invited people exist for insertion alone', () => {
  expect(isOpeningOffered('agents_and_prescripteurs_and_invited_users', 'rdv_solidarites')).toBe(false)
  expect(isOpeningOffered('agents_and_prescripteurs_and_invited_users', 'rdv_insertion')).toBe(true)
  expect(isOpeningOffered('everyone', 'rdv_mairie')).toBe(true)
})

test('every colour of the palette can be read under white text', () => {
  for (const color of Object.keys(MOTIF_COLORS)) expect(contrastWithWhite(color)).toBeGreaterThan(LEAST_CONTRAST)
  expect(contrastWithWhite('#ffffff')).toBeCloseTo(1)
  expect(contrastWithWhite('#000000')).toBeCloseTo(21)
})

test('a search finds motifs by their name or public label, accents or not, and filters add up', () => {
  const motif = { name: 'Pesée', publicName: null, serviceId: 1, locationType: 'phone', bookableBy: 'agents' } as const
  const labelled = { ...motif, name: 'Bilan', publicName: 'Premier rendez-vous', serviceId: 2 }
  const any = { words: '', serviceId: null, locationType: '', bookableBy: '' }
  const found = (filter: object) => filterMotifs([motif, labelled], { ...any, ...filter }).map(({ name }) => name)
  expect(found({})).toEqual(['Pesée', 'Bilan'])
  expect(found({ words: 'pesee' })).toEqual(['Pesée'])
  expect(found({ words: 'rendez premier' })).toEqual(['Bilan'])
  expect(found({ words: 'pesee', serviceId: 2 })).toEqual([])
  expect(found({ locationType: 'home' })).toEqual([])
})
