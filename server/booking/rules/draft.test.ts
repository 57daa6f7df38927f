import { describe, expect, test } from 'vitest'
import { parseOnlinePhone } from '@/server/platform/phone'
import type { DraftAnswers } from '../schema'
import { demandsOf, judgeDraft } from './draft'

const TODAY = '2026-11-22'
const onSite = demandsOf({ locationType: 'public_office', asksBirthDate: false })
const lea: DraftAnswers = { firstName: ' Léa ', lastName: "N'Diaye", phone: '06 12 34 56 78' }
const judge = (over: DraftAnswers = {}, demands = onSite) =>
  judgeDraft({ ...lea, ...over }, demands, TODAY, parseOnlinePhone)
const errors = (over: DraftAnswers, demands = onSite) => {
  const judged = judge(over, demands)
  return judged.ok ? {} : judged.errors
}

test('keeps a name and a mobile', () =>
  expect(judge()).toEqual({
    ok: true,
    coordinates: {
      person: {
        firstName: 'Léa',
        lastName: "N'Diaye",
        bornOn: null,
        phone: { typed: '06 12 34 56 78', e164: '+33612345678' },
        email: null,
        address: null,
      },
      relative: null,
    },
  }))

test('an e-mail is enough', () => expect(judge({ phone: '', email: 'LEA@example.org' })).toMatchObject({ ok: true }))

test.each(['03 21 12 34 56', '+32 470 12 34 56'])('%s, which gets no SMS, does beside an e-mail', (phone) =>
  expect(judge({ phone, email: 'lea@example.org' })).toMatchObject({ ok: true }),
)

describe('says what is wrong, on its field', () => {
  test.each<[string, DraftAnswers, object]>([
    ['no name', { firstName: '', lastName: ' ' }, { firstName: 'missing', lastName: 'missing' }],
    ['a name of 10 kB', { lastName: 'x'.repeat(10_000) }, { lastName: 'too-long' }],
    ['an emoji', { firstName: '🎉' }, { firstName: 'not-a-name' }],
    ['a script tag', { firstName: '<script>alert(1)</script>' }, { firstName: 'not-a-name' }],
    ['no contact at all', { phone: '' }, { phone: 'contact-missing' }],
    ['a landline alone, which gets no SMS', { phone: '03 21 12 34 56' }, { phone: 'not-a-mobile' }],
    ['a foreign mobile alone, which gets none either', { phone: '+32 470 12 34 56' }, { phone: 'not-a-mobile' }],
    ['a phone too short', { phone: '06 12' }, { phone: 'not-a-phone' }],
    ['an e-mail without a domain', { email: 'lea@' }, { email: 'not-an-email' }],
    [
      'a relative without a name',
      { forRelative: 'oui' },
      { relativeFirstName: 'missing', relativeLastName: 'missing' },
    ],
  ])('%s', (_case, over, expected) => expect(errors(over)).toEqual(expected))
})

describe('asks only what the motif needs', () => {
  const phoneMotif = demandsOf({ locationType: 'phone', asksBirthDate: false })
  const homeMotif = demandsOf({ locationType: 'home', asksBirthDate: true })
  test('a phone motif needs a phone', () =>
    expect(errors({ phone: '', email: 'lea@example.org' }, phoneMotif)).toEqual({ phone: 'missing' }))
  test('a phone motif calls a landline too', () =>
    expect(judge({ phone: '03 21 12 34 56' }, phoneMotif)).toMatchObject({ ok: true }))
  test('a home motif needs an address, and here a birth date', () =>
    expect(errors({}, homeMotif)).toEqual({ address: 'missing', bornOn: 'missing' }))
  test.each([
    ['2026-11-23', 'in-the-future'],
    ['1890-01-01', 'too-old'],
    ['2026-02-30', 'not-a-day'],
  ])('the birth date %s is %s', (bornOn, error) =>
    expect(errors({ bornOn, address: '8 rue des Lilas' }, homeMotif)).toEqual({ bornOn: error }),
  )
  test('an address not asked for is not kept', () =>
    expect(judge({ address: '8 rue des Lilas' })).toMatchObject({ coordinates: { person: { address: null } } }))
})
