import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filled, piecesOf, shortestSms, variablesIn } from './wording'
import { faultOf, variablesOf } from './wording-faults'
import { standardWording, WORDING_KEYS, type WordingKey } from './standard-wordings'

describe('words with variables', () => {
  const values = { date: 'mardi 2 mars', telephone: '03 21 00 00 00', personnes: null }
  test.each([
    ['Le {date}.', 'Le mardi 2 mars.'],
    ['Le {Date}, {TÉLÉPHONE} ou { telephone }', 'Le mardi 2 mars, 03 21 00 00 00 ou 03 21 00 00 00'],
    ['RDV {date}[ pour {personnes}].', 'RDV mardi 2 mars.'],
    ['RDV {date}[ au {téléphone}].', 'RDV mardi 2 mars au 03 21 00 00 00.'],
    ['RDV[ {date} pour {personnes}] et voilà', 'RDV et voilà'],
    ['RDV pour {personnes} , le {date}', 'RDV pour, le mardi 2 mars'],
    ['Bonjour,\n\n[Pour {personnes}.]\n\nÀ bientôt', 'Bonjour,\n\nÀ bientôt'],
    ['[bonjour]', 'bonjour'],
  ])('%s', (text, said) => {
    expect(filled(text, values)).toBe(said)
  })

  test.each([
    ['RDV [le {date}', 'bracket'],
    ['RDV le {date}]', 'bracket'],
    ['RDV [le [{date}]]', 'bracket'],
    ['RDV le {date', 'brace'],
    ['RDV le date}', 'brace'],
    ['RDV le {da{te}}', 'brace'],
  ])('%s is broken', (text, broken) => {
    expect(piecesOf(text)).toEqual({ ok: false, broken })
  })

  test('a value is never read as words with variables', () => {
    expect(filled('{personnes}[ {date}]', { personnes: '{date} [x]', date: 'mardi' })).toBe('{date} [x] mardi')
  })

  test('any text is read or said to be broken, and nothing of a read one is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab {}[]') }), (text) => {
        const read = piecesOf(text)
        if (!read.ok) return
        const back = read.pieces.map(({ isOptional, parts }) => {
          const words = parts.map((part) => (typeof part === 'string' ? part : `{${part.variable}}`)).join('')
          return isOptional ? `[${words}]` : words
        })
        expect(back.join('').replace(/\s/g, '')).toBe(text.replace(/\[\]/g, '').replace(/\s/g, ''))
      }),
    )
  })
})

describe('an SMS', () => {
  const long = { lieu: 'Maison des solidarités, 12 rue Gambetta, 62300 Lens' }
  const short = { lieu: 'Maison des solidarités' }
  test('says all it can in as few SMS as it can', () => {
    expect(shortestSms('RDV, {lieu}', [long, short]).text).toContain('Gambetta')
    const padding = 'x'.repeat(120)
    expect(shortestSms(`${padding}{lieu}`, [long, short])).toMatchObject({ size: { segments: 1 } })
    // What stands before it outside production counts too.
    expect(
      shortestSms(`${'x'.repeat(145)}[{lieu}]`, [{ lieu: 'à Lens' }, { lieu: '' }], '[recette] ').text,
    ).not.toContain('Lens')
    // What stands outside brackets is said, however short the way.
    expect(shortestSms(`${'x'.repeat(158)}{lieu}.`, [{ lieu: 'à Lens' }, { lieu: null }]).text).toContain('à Lens.')
    // It takes two whatever is left out: then nothing is.
    expect(shortestSms(`${padding}${padding}{lieu}`, [long, short]).text).toContain('Gambetta')
  })
})

const SMS = { audience: 'usager', news: 'created', channel: 'sms' } as const satisfies WordingKey
const MAIL = { audience: 'usager', news: 'moved', channel: 'mail' } as const satisfies WordingKey
const AGENT = { audience: 'agent', news: 'placed', channel: 'mail' } as const satisfies WordingKey

const ABSENCE = { audience: 'agent', news: 'absence-created', channel: 'mail' } as const satisfies WordingKey
const CLOSED = { audience: 'agent', news: 'openings-closed', channel: 'mail' } as const satisfies WordingKey

describe('what may be saved', () => {
  test.each([
    [SMS, 'body', '   ', { what: 'empty' }],
    [SMS, 'body', '{date} [{heure} {lien}', { what: 'bracket' }],
    [SMS, 'body', '{date} {heure} {lien} {prénom}', { what: 'unknown', name: 'prenom' }],
    [SMS, 'body', '{date} {heure}', { what: 'missing', name: 'lien' }],
    [SMS, 'body', '{heure} {lien}', { what: 'missing', name: 'date' }],
    [SMS, 'body', '{date} {heure}[ {lien} pour {personnes}]', { what: 'missing', name: 'lien' }],
    [SMS, 'body', '{date} {heure} {lien} {ancienne date}', { what: 'not-here', name: 'ancienne date' }],
    [SMS, 'body', '{date} {heure} {lien} {auteur}', { what: 'not-here', name: 'auteur' }],
    [
      { ...SMS, news: 'cancelled' } as const,
      'body',
      '{date} {heure} {téléphone}',
      { what: 'missing', name: 'contact' },
    ],
    [{ ...SMS, news: 'cancelled' } as const, 'body', '{date} {heure} {contact}', null],
    [MAIL, 'subject', 'RDV {motif}', { what: 'not-in-subject', name: 'motif' }],
    [MAIL, 'subject', 'RDV pour {personnes}', { what: 'not-in-subject', name: 'personnes' }],
    [MAIL, 'body', 'Au lieu du {ANCIENNE DATE}', null],
    [
      { ...SMS, news: 'offer' } as const,
      'body',
      '{date} {heure} {lien} {téléphone}',
      { what: 'not-here', name: 'téléphone' },
    ],
    [SMS, 'body', '{date} {heure} {lien} {réponse}', { what: 'not-here', name: 'réponse' }],
    [AGENT, 'subject', 'RDV par {auteur}', { what: 'not-in-subject', name: 'auteur' }],
    [AGENT, 'body', 'RDV pour {personnes}', { what: 'not-here', name: 'personnes' }],
    // A title says what somebody is away for.
    [ABSENCE, 'subject', '{intitulé}', { what: 'not-in-subject', name: 'intitulé' }],
    [ABSENCE, 'subject', 'Absence du {date}, {horaires}', null],
    [ABSENCE, 'body', '{auteur} a noté « {Intitule} »', null],
    [ABSENCE, 'body', 'À {heure}', { what: 'not-here', name: 'heure' }],
    [CLOSED, 'subject', '{nombre} plages fermées\u00a0: {organisation}', null],
    [CLOSED, 'body', 'Le {date}', { what: 'not-here', name: 'date' }],
  ] as const)('%j %s « %s »', (key, part, text, fault) => {
    expect(faultOf(key, part, text)).toEqual(fault)
  })

  test('every standard text, and it names no variable that does not exist', () => {
    for (const key of WORDING_KEYS) {
      const { subject, body } = standardWording(key)
      expect(faultOf(key, 'body', body)).toBeNull()
      expect(subject === null).toBe(key.channel === 'sms')
      if (subject !== null) expect(faultOf(key, 'subject', subject)).toBeNull()
      for (const { name } of variablesIn(body)) expect(name).not.toBe('')
      expect(variablesOf(key, 'body').length).toBeGreaterThan(2)
    }
  })
})
