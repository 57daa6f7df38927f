import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldForSms, heldBySms, smsSizeOf } from './sms-text'

describe('folding to the alphabet of SMS', () => {
  test.each([
    ['é è à ù ì ò ä ö ü ñ É Ç', 'é è à ù ì ò ä ö ü ñ É Ç'],
    ['ça, reçu', 'ca, recu'],
    ['fête, âge, île, hôtel, sûr, Noël', 'fete, age, ile, hotel, sur, Noel'],
    ['œuf, Œuvre, æ', 'oeuf, OEuvre, æ'],
    ['l’heure ‘dite’', "l'heure 'dite'"],
    ['«\u00a0Bébé\u00a0», “vu”', '"Bébé", "vu"'],
    ['14\u00a0h\u202f30 – à\u00a0Lens…', '14 h 30 - à Lens...'],
    ['À Êtes Ù', 'A Etes U'],
    ['2ᵉ n° 5 ½', '2e no 5 1/2'],
    ['10 € [a] {b} ~ ^ | \\', '10 € [a] {b} ~ ^ | \\'],
    ['e\u0301te\u0301', 'été'],
    ['Łukasz Đorđe', 'Lukasz Dorde'],
  ])('%s', (typed, sent) => {
    expect(foldForSms(typed)).toBe(sent)
    expect(smsSizeOf(sent).alphabet).toBe('gsm7')
  })

  test('what another script says stays whole', () => {
    expect(foldForSms('Мария, à l’heure')).toBe('Мария, à l’heure')
    expect(smsSizeOf(foldForSms('Bébé 👶')).alphabet).toBe('ucs2')
  })

  test('what it cannot hold is left out, and any text is held then', () => {
    expect(heldBySms('Bébé 👶 et l’hôtel, 2ᵉ\u200b \u202eétage')).toBe('Bébé et l’hôtel, 2ᵉ étage')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const held = foldForSms(heldBySms(text))
        expect(held === '' || smsSizeOf(held).alphabet === 'gsm7').toBe(true)
      }),
    )
  })

  test('any text of Latin letters is held, and folding twice is folding once', () => {
    const latin = fc.string({
      unit: fc.constantFrom(...'aàâäbcçéèêëfgîïñoôöœuùûüÿzÉÈÀÊÎÔŒ’«»–… \u00a0\u202f0129.,:;!?'),
    })
    fc.assert(
      fc.property(latin, (text) => {
        const folded = foldForSms(text)
        expect(folded === '' || smsSizeOf(folded).alphabet === 'gsm7').toBe(true)
        expect(foldForSms(folded)).toBe(folded)
      }),
    )
  })
})

describe('how many SMS a text is', () => {
  test.each([
    ['', 0, 160],
    ['a'.repeat(160), 1, 0],
    ['a'.repeat(161), 2, 145],
    ['a'.repeat(306), 2, 0],
    ['a'.repeat(307), 3, 152],
    ['€'.repeat(80), 1, 0],
    ['€'.repeat(81), 2, 143],
    ['я'.repeat(70), 1, 0],
    ['я'.repeat(71), 2, 63],
    ['👶'.repeat(35), 1, 0],
  ])('%#', (text, segments, left) => {
    expect(smsSizeOf(text)).toMatchObject({ segments, left })
  })

  test('a sign of two units is not cut between two SMS', () => {
    expect(smsSizeOf('a'.repeat(152) + '€' + 'a'.repeat(152))).toMatchObject({ units: 306, segments: 3 })
    expect(smsSizeOf('я'.repeat(66) + '👶' + 'я'.repeat(66))).toMatchObject({ units: 134, segments: 3 })
  })

  const any = fc.string({ unit: fc.constantFrom(...'aé€[я', '👶'), maxLength: 700 })
  test('what is sent is held by as many SMS as are billed, and by no fewer', () => {
    fc.assert(
      fc.property(any, (text) => {
        const { alphabet, units, segments, left } = smsSizeOf(text)
        const [alone, among] = alphabet === 'gsm7' ? [160, 153] : [70, 67]
        const held = segments <= 1 ? alone : segments * among
        expect(units + left).toBeLessThanOrEqual(held)
        if (segments === 1) expect(units + left).toBe(alone)
        // At most one unit is lost at each cut.
        if (segments > 1) expect(units).toBeGreaterThan((segments - 1) * (among - 1))
      }),
    )
  })

  test('one more sign never makes fewer SMS', () => {
    fc.assert(
      fc.property(any, fc.constantFrom('a', '€'), (text, more) => {
        expect(smsSizeOf(text + more).segments).toBeGreaterThanOrEqual(smsSizeOf(text).segments)
      }),
    )
  })
})
