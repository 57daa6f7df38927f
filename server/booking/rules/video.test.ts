import { expect, test } from 'vitest'
import { videoUrlOf } from './video'

const rdv = {
  uuid: '0b6a4f5e-1111-4222-8333-444455556666',
  locationType: 'visio',
  videoBaseUrl: 'https://visio.example.org',
} as const

test('a video RDV has a room of its own', () =>
  expect(videoUrlOf(rdv)).toBe('https://visio.example.org/RdvTerritoires0b6a4f5e111142228333444455556666'))

test('no other RDV has one, nor one of a territory without a host', () => {
  expect(videoUrlOf({ ...rdv, locationType: 'phone' })).toBeNull()
  expect(videoUrlOf({ ...rdv, videoBaseUrl: null })).toBeNull()
})
