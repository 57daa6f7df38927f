import { describe, expect, test } from 'vitest'
import { DRAFT_FIELDS } from '@/server/booking/schema'
import { fieldErrorWords } from './booking'

describe('what is wrong with a field', () => {
  test.each(DRAFT_FIELDS)('%s agrees with its name, whoever it is about', (field) => {
    const isFeminine = /\b(adresse|date|réponse)\b/u.test(fieldErrorWords(field, 'too-long'))
    expect(fieldErrorWords(field, 'too-long')).toMatch(
      isFeminine ? / est trop longue\u00a0: raccourcissez-la$/u : / est trop long\u00a0: raccourcissez-le$/u,
    )
    expect(fieldErrorWords(field, 'too-old')).toMatch(
      isFeminine ? / est trop ancienne\u00a0: / : / est trop ancien\u00a0: /,
    )
  })

  test.each([
    ['email', 'L’adresse e-mail est trop longue\u00a0: raccourcissez-la'],
    ['address', 'L’adresse est trop longue\u00a0: raccourcissez-la'],
    ['lastName', 'Votre nom est trop long\u00a0: raccourcissez-le'],
    ['relativeLastName', 'Le nom de votre proche est trop long\u00a0: raccourcissez-le'],
  ] as const)('%s too long: « %s »', (field, words) => expect(fieldErrorWords(field, 'too-long')).toBe(words))

  test.each([
    ['bornOn', 'Votre date de naissance est trop ancienne\u00a0: vérifiez l’année'],
    ['relativeBornOn', 'La date de naissance de votre proche est trop ancienne\u00a0: vérifiez l’année'],
  ] as const)('%s too old: « %s »', (field, words) => expect(fieldErrorWords(field, 'too-old')).toBe(words))
})
