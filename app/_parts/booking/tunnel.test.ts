import { expect, test } from 'vitest'
import { furthestStep, instructionsHref, stepHref, tunnelFrom } from './tunnel'

const FULL = {
  commune: '62498',
  service: '3',
  motif: 'consultation.public_office',
  consignes: 'lues',
  lieu: '7',
  creneau: '2026-11-24T08:30Z',
  seul: 'service.lieu',
}

test('a step’s address keeps the answers before it and drops those after', () => {
  const tunnel = tunnelFrom(FULL)
  expect(stepHref('service', tunnel)).toBe('/prendre-rdv/service?commune=62498')
  expect(stepHref('motif', tunnel)).toBe('/prendre-rdv/motif?commune=62498&service=3&seul=service')
  expect(stepHref('coordonnees', tunnel)).toBe(
    '/prendre-rdv/coordonnees?commune=62498&service=3&motif=consultation.public_office&consignes=lues&lieu=7&creneau=2026-11-24T08:30Z&seul=service.lieu',
  )
})

test('the instructions seen again lose no answer', () => {
  const again = new URL(instructionsHref(tunnelFrom(FULL)), 'http://localhost')
  expect(Object.fromEntries(again.searchParams)).toEqual(FULL)
})

test('what makes no sense is absent, and the question is asked again', () => {
  const forged = tunnelFrom({
    ...FULL,
    lieu: '-1',
    creneau: 'demain',
    motif: '<script>',
    avis: 'toString',
    seul: 'tout',
  })
  expect(forged.params).toEqual({ commune: '62498', service: '3', consignes: 'lues' })
  expect([forged.notice, forged.skipped]).toEqual([null, []])
})

test.each(['2026-02-30T08:30Z', '2026-11-31T08:30Z', '2026-11-24T24:00Z', '2026-11-24T08:60Z'])(
  '%s is no start',
  (creneau) => expect(tunnelFrom({ ...FULL, creneau }).params.creneau).toBeUndefined(),
)

test.each([
  [{}, 'lieu'],
  [{ lieu: '7' }, 'creneau'],
  [{ organisation: '2', creneau: '2026-11-24T08:30Z' }, 'coordonnees'],
])('answers %o open the step %s', (given, step) => expect(furthestStep(tunnelFrom(given))).toBe(step))
