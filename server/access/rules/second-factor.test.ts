import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acceptableSteps, readCode, recoveryCodeOf, STEP_SEC, stepOf } from './second-factor'

const NOW = new Date('2027-03-01T06:00:00Z')

test('a code is taken one step early or late, and no further', () => {
  const step = stepOf(NOW)
  expect(acceptableSteps(NOW, 0)).toEqual([step, step - 1, step + 1])
  expect(stepOf(new Date(NOW.getTime() + STEP_SEC * 1000 - 1))).toBe(step)
  expect(stepOf(new Date(NOW.getTime() + STEP_SEC * 1000))).toBe(step + 1)
})

test('no step is accepted twice, nor one before the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3, max: 3 }), (shift) => {
      const lastStep = stepOf(NOW) + shift
      const steps = acceptableSteps(NOW, lastStep)
      expect(steps.every((step) => step > lastStep && Math.abs(step - stepOf(NOW)) <= 1)).toBe(true)
      expect(steps).toHaveLength(Math.max(0, Math.min(3, 1 - shift)))
    }),
  )
})

test.each([
  ['123456', { kind: 'totp', code: '123456' }],
  [' 123 456 ', { kind: 'totp', code: '123456' }],
  ['abcde-23456', { kind: 'recovery', code: 'ABCDE23456' }],
  ['ABCDE 23456', { kind: 'recovery', code: 'ABCDE23456' }],
  ['12345', null],
  ['', null],
  ['١٢٣٤٥٦', null],
  ['ABCDE-2345é', null],
])('« %s » is read as %j', (typed, code) => expect(readCode(typed)).toEqual(code))

test('a recovery code is read back as it was written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
      const code = recoveryCodeOf([...bytes])
      expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/)
      expect(readCode(code)).toEqual({ kind: 'recovery', code: code.replace('-', '') })
    }),
  )
})
