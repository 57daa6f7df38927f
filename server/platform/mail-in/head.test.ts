import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressesOfHead, keysNamedIn } from './head'

const of = (...lines: string[]) => addressesOfHead(Buffer.from(lines.join('\r\n')))

describe('to whom a mail is, from its head alone', () => {
  test('as servers write it down before as people do, folded, over several lines', () => {
    expect(
      of(
        'From: lea@example.org',
        'To: "RDV, accueil" <rdv+1-ab@Reponses.example>,',
        '\tautre@example.org',
        'X-Original-To: enveloppe@example.org',
        'CC: =?utf-8?Q?L=C3=A9a?= <Copie@example.org>, autre@example.org',
        '',
        'To: corps@example.org',
      ),
    ).toEqual(['enveloppe@example.org', 'rdv+1-ab@reponses.example', 'autre@example.org', 'copie@example.org'])
  })

  test('whatever ends its lines', () => {
    for (const end of ['\n', '\r\n', '\r\r\n']) {
      const raw = Buffer.from(['To: a@example.org', '', 'Cc: b@example.org'].join(end))
      expect(addressesOfHead(raw), JSON.stringify(end)).toEqual(['a@example.org'])
    }
  })

  test.each(['\n', '\r', '\r\n', ' ', 'x', '@', 'a@b,', 'To: ', 'To:a@b.c\n', '\n ', '<00000000-'])(
    'ten megabytes of %j cost nothing',
    (word) => {
      const raw = Buffer.from(`To: ${word.repeat(10_000_000 / word.length)}`)
      const started = process.cpuUsage()
      addressesOfHead(raw)
      keysNamedIn(raw)
      const { user, system } = process.cpuUsage(started)
      expect((user + system) / 1000).toBeLessThan(150)
    },
  )

  test('any bytes at all throw nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const raw = Buffer.from(bytes)
        return addressesOfHead(raw).every((address) => address.includes('@')) && keysNamedIn(raw).length === 0
      }),
    )
  })
})

test('the mails of ours that one returns are those it names by their Message-ID', () => {
  const key = (i: number) => `1b4e28ba-2fa1-41d2-883f-${String(i).padStart(12, '0')}`
  const named = (ids: string[]) => keysNamedIn(Buffer.from(`To: a@b.c\n\nMessage-ID: ${ids.join(' ')}`))
  expect(named([`<${key(1).toUpperCase()}@x.y>`, '<autre@x.y>', `<${key(1)}@x.y>`])).toEqual([key(1)])
  expect(named(Array.from({ length: 50 }, (_, i) => `<${key(i)}@x.y>`))).toHaveLength(20)
})
