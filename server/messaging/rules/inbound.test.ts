import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fateOfReports, kindOf, ownWords } from './inbound'

const mail = (
  over: { from?: string | null; subject?: string; said?: Record<string, string>; reports?: string[] } = {},
) => ({
  ...{ from: 'lea@example.org', subject: 'Re: Votre rendez-vous', reports: [] },
  ...over,
  said: new Map(Object.entries({ 'content-type': 'text/plain', ...over.said })),
})
const OURS = ['ne-pas-repondre@rdv.example', 'support@rdv.example']
const kind = (over: Parameters<typeof mail>[0]) => kindOf(mail(over), OURS)

describe('whose mail it is', () => {
  test('a person’s, from whatever reader', () => {
    expect(kind({})).toBe('person')
    expect(kind({ said: { 'auto-submitted': 'no' } })).toBe('person')
    expect(kind({ said: { 'return-path': 'lea@example.org' } })).toBe('person')
    expect(kind({ subject: 'Réponse tardive' })).toBe('person')
    expect(kind({ from: 'noreplymartin@example.org' })).toBe('person')
  })

  test.each([
    ['an absence (RFC 3834)', { said: { 'auto-submitted': 'auto-replied' } }],
    ['a machine’s (RFC 3834)', { said: { 'auto-submitted': 'auto-generated; type=x' } }],
    ['in bulk', { said: { precedence: 'bulk' } }],
    ['an absence, of old', { said: { precedence: 'auto_reply' } }],
    ['an absence, of other servers', { said: { 'x-autoreply': 'yes' } }],
    ['an absence, of others still', { said: { 'x-autorespond': '' } }],
    ['a list’s', { said: { list: 'unsubscribe' } }],
    ['of nobody: a server’s', { said: { 'return-path': '' } }],
    ['of nobody, written so', { said: { 'return-path': '<>' } }],
    ['read, says its reader', { said: { 'content-type': 'multipart/report; report-type=disposition-notification' } }],
    ['a server’s, by its name', { from: 'mailer-daemon@mx.example.org' }],
    ['without author', { from: null }],
    ['our own', { from: 'ne-pas-repondre@rdv.example' }],
    ['the support’s', { from: 'support@rdv.example' }],
    ['an absence, by its subject', { subject: 'Réponse automatique : Votre rendez-vous' }],
    ['an absence, in English', { subject: 'Automatic reply: Votre rendez-vous' }],
  ])('a machine’s: %s', (_, over) => {
    expect(kind(over)).toBe('machine')
  })

  test('a report: what says what became of a mail', () => {
    expect(kind({ said: { 'content-type': 'multipart/report; report-type=delivery-status' } })).toBe('report')
    expect(kind({ reports: ['Action: failed'], from: null })).toBe('report')
  })
})

describe('what became of a mail', () => {
  const report = (action: string, status: string) =>
    `Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@b.c\nAction: ${action}\nStatus: ${status}\n`
  test.each([
    ['failed', '5.1.1', 'refused'],
    ['Failed', '5.1.10', 'refused'],
    ['failed', '5.4.4', 'refused'],
    ['failed', '5.2.2', 'undelivered'],
    ['failed', '5.7.1', 'undelivered'],
    ['failed', '4.4.7', 'undelivered'],
    ['failed', 'rubbish', 'undelivered'],
    ['delayed', '4.4.1', null],
    ['delayed', '5.1.1', null],
    ['delivered', '2.0.0', null],
    ['relayed', '2.0.0', null],
    ['', '5.1.1', null],
  ])('« %s » with %s: %s', (action, status, fate) => {
    expect(fateOfReports([report(action, status)])).toBe(fate)
    expect(fateOfReports([report(action, status).replaceAll('\n', '\r\n')])).toBe(fate)
  })

  test('of several recipients, one that failed is enough; nothing of no report', () => {
    expect(fateOfReports([report('delivered', '2.0.0'), report('failed', '5.1.1')])).toBe('refused')
    expect(fateOfReports([report('failed', '5.2.2'), report('failed', '5.1.1')])).toBe('undelivered')
    expect(fateOfReports([])).toBeNull()
  })

  test('any text throws nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => [null, 'refused', 'undelivered'].includes(fateOfReports(texts))),
    )
  })
})

describe('the words of who answers', () => {
  const SAID = 'Je serai en retard.\n\nLéa'
  test.each([
    [
      'Gmail',
      `${SAID}\n\nLe mar. 2 mars 2027 à 09:00, Accueil <rdv+1@x.example> a\nécrit :\n\n> Bonjour\n>\n> Votre RDV`,
    ],
    ['Thunderbird', `${SAID}\n\nLe 02/03/2027 à 09:00, Accueil a écrit\u00a0:\n> Bonjour\n`],
    ['Apple Mail', `${SAID}\n\n> Le 2 mars 2027 à 09:00, Accueil <x@y.z> a écrit :\n> \n> Bonjour\n`],
    ['in English', `${SAID}\n\nOn Tue, Mar 2, 2027 at 9:00 AM Accueil <x@y.z>\nwrote:\n> Bonjour`],
    [
      'Outlook',
      `${SAID}\n\n________________________________\nDe : Accueil <x@y.z>\nEnvoyé : mardi 2 mars 2027 09:00\nÀ : Léa\nObjet : RDV\n\nBonjour`,
    ],
    ['Outlook of old', `${SAID}\n\n-----Message d'origine-----\nDe : Accueil\n\nBonjour`],
  ])('without the mail they answer: %s', (_, text) => {
    expect(ownWords(text).replace(/\s*_{20,}$/, '')).toBe(SAID)
    expect(ownWords(text.replaceAll('\n', '\r\n')).replace(/\s*_{20,}$/, '')).toBe(SAID)
  })

  test('with the quotation they write between the lines of', () => {
    const text = '> À 9 h ?\nNon, 10 h\n> À Lens ?\nOui'
    expect(ownWords(text)).toBe(text)
  })

  test('whole when nothing else would be left', () => {
    expect(ownWords('> Je viens\n> demain')).toBe('> Je viens\n> demain')
    expect(ownWords('  \n')).toBe('')
  })

  test('a line that begins like a header is none alone', () => {
    expect(ownWords('De : la gare, je viens\nà pied')).toBe('De : la gare, je viens\nà pied')
  })

  test('what is not quoted is never lost, and once cut there is nothing more to cut', () => {
    const line = fc.oneof(
      fc.constantFrom('> x', '', 'Bonjour', 'Le lundi', 'on vient'),
      fc.stringMatching(/^[a-z]{1,8}$/),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n')
        const cut = ownWords(text)
        const plain = (of: string) => of.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('>'))
        expect(plain(cut)).toEqual(plain(text))
        expect(ownWords(cut)).toBe(cut)
      }),
    )
  })

  test('a hundred thousand lines of anything are judged at once', () => {
    const started = performance.now()
    for (const one of ['>', '-'.repeat(20_000), ' '.repeat(20_000), 'De : x\n', '* '.repeat(10_000)])
      ownWords(`${one}\n`.repeat(5))
    ownWords('> x\n'.repeat(100_000))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
