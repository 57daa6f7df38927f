import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePhone } from '@/server/platform/phone'
import { judgeChange, shownFile, type TypedFile } from './usager-change'

const TODAY = '2027-03-01'
type Before = Parameters<typeof judgeChange>[0]
const lea: Before = {
  firstName: 'Léa',
  lastName: 'Martin',
  bornOn: '1990-02-03',
  phone: '06 12 34 56 78',
  phoneE164: '+33612345678',
  email: 'lea@exemple.fr',
  address: '3 rue des Lilas',
  cityName: 'Lens',
  phoneConfirmed: false,
  emailConfirmed: false,
  notifyBySms: true,
  notifyByEmail: true,
  interpreterLanguage: 'arabe',
  accessibilityNeeds: ['wheelchair'],
  accessibilityNote: null,
  responsible: null,
  hasAccount: false,
}
const judge = (over: Partial<TypedFile>, before = lea) =>
  judgeChange(before, { ...shownFile(before), ...over }, TODAY, parsePhone)
const changedBy = (over: Partial<TypedFile>, before = lea) => {
  const judged = judge(over, before)
  return judged.ok ? judged.changed : judged.reason
}

test('a file sent back as it was shown changes nothing, whatever is in it', () => {
  const text = fc.option(fc.constantFrom('3 rue des Lilas', '12 av. Jaurès, Lens'), { nil: null })
  fc.assert(
    fc.property(
      fc.record({
        bornOn: fc.option(fc.constantFrom('1990-02-03', '1850-01-01'), { nil: null }),
        phone: fc.option(fc.constantFrom('06 12 34 56 78', '12', 'inconnu'), { nil: null }),
        email: fc.option(fc.constant('lea@exemple.fr'), { nil: null }),
        address: text,
        cityName: fc.option(fc.constant('Lens'), { nil: null }),
        notifyBySms: fc.boolean(),
        accessibilityNeeds: fc.subarray(['wheelchair', 'companion'] as const),
        interpreterLanguage: fc.option(fc.constant('arabe'), { nil: null }),
        hasAccount: fc.boolean(),
        responsible: fc.option(fc.constant({}), { nil: null }),
      }),
      (over) => {
        const before = { ...lea, ...over, phoneE164: null }
        expect(judge({}, before)).toMatchObject({ ok: true, changed: [], told: [] })
      },
    ),
  )
})

describe('what changed', () => {
  test.each<[string, Partial<TypedFile>, unknown]>([
    ['a name', { lastName: 'Durand' }, ['lastName']],
    ['the number written otherwise', { phone: '+33 6 12 34 56 78' }, []],
    ['another number', { phone: '06 22 34 56 78' }, ['phone']],
    ['a number checked with the person', { phoneConfirmed: true }, ['phoneConfirmed']],
    ['a number written anew, and so checked', { phone: '06 22 34 56 78', phoneConfirmed: true }, ['phone']],
    ['no number any more', { phone: '' }, ['phone']],
    ['the e-mail in capitals', { email: 'LEA@exemple.fr' }, []],
    ['a language and a box', { interpreterLanguage: 'LSF', accessibilityNeeds: [] }, ['needs']],
    ['a consent', { notifyBySms: false }, ['notifyBySms']],
    ['a number that does not exist', { phone: '06 12' }, 'not-a-phone'],
    ['a birth to come', { bornOn: '2027-03-02' }, 'in-the-future'],
    ['a birth long ago', { bornOn: '1850-01-01' }, 'too-old'],
  ])('%s', (_case, over, expected) => expect(changedBy(over)).toEqual(expected))

  test('a new address takes the place of the whole line', () => {
    const judged = judge({ address: '1 place Cantin, Béthune' })
    expect(judged.ok && [judged.changed, judged.after.address, judged.after.cityName]).toEqual([
      ['address'],
      '1 place Cantin, Béthune',
      null,
    ])
  })

  test('only what changed is looked for among the others', () => {
    const likely = (over: Partial<TypedFile>) => {
      const judged = judge(over)
      return judged.ok && [judged.likely.bornOn, judged.likely.phone?.e164 ?? null, judged.likely.email]
    }
    expect(likely({ interpreterLanguage: 'portugais' })).toEqual([null, null, null])
    expect(likely({ lastName: 'Durand' })).toEqual(['1990-02-03', null, null])
    expect(likely({ phone: '06 22 34 56 78' })).toEqual([null, '+33622345678', null])
    expect(likely({ email: 'l@exemple.fr' })).toEqual([null, null, 'l@exemple.fr'])
  })

  test('the consents of whoever holds an account are theirs; the rest of their file is not', () => {
    const holder = { ...lea, hasAccount: true }
    expect(changedBy({ notifyByEmail: false }, holder)).toBe('consents-theirs')
    expect(changedBy({ lastName: 'Durand' }, holder)).toEqual(['lastName'])
  })

  test('of a proche, neither contact nor consent is changed, whatever is sent', () => {
    const proche = { ...lea, responsible: {} }
    expect(changedBy({ phone: '', email: 'x', address: '', notifyBySms: false }, proche)).toEqual([])
    expect(changedBy({ firstName: 'Léo', accessibilityNote: 'Ascenseur' }, proche)).toEqual(['firstName', 'needs'])
  })

  test('what is told in full is a consent, and nothing else', () => {
    const judged = judge({ lastName: 'Durand', notifyBySms: false, interpreterLanguage: '' })
    expect(judged.ok && judged.told).toEqual([{ field: 'notifyBySms', from: true, to: false }])
  })
})
