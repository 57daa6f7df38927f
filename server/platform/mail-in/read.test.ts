import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMail } from './read'

const read = (...lines: string[]) => readMail(Buffer.from(lines.join('\r\n')))
const HEAD = ['From: =?utf-8?Q?L=C3=A9a?= <Lea@Example.org>', 'Message-ID: <abc@example.org>'] as const
const parted = (...parts: string[]) => [
  ...HEAD,
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  ...parts.flatMap((part) => ['--b', part]),
  '--b--',
]

describe('a mail is read', () => {
  test('who wrote it, its words, the mails it answers', async () => {
    const mail = await read(
      ...HEAD,
      'In-Reply-To: <one@example.org>',
      'References: <zero@example.org> <one@example.org>',
      'Subject: =?utf-8?Q?R=C3=A9ponse?=',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Je viendrai =E0 10 h.',
    )
    expect(mail).toMatchObject({
      ...{ mailId: 'abc@example.org', from: 'lea@example.org', subject: 'Réponse' },
      answeredIds: ['one@example.org', 'zero@example.org'],
      ...{ fileNames: [], reports: [], isCut: false },
    })
    expect(mail?.text.trim()).toBe('Je viendrai à 10 h.')
  })

  test('whatever ends its lines', async () => {
    const lines = [...HEAD, '', 'Bonjour']
    for (const end of ['\n', '\r\n', '\r\r\n']) {
      expect((await readMail(Buffer.from(lines.join(end))))?.from, JSON.stringify(end)).toBe('lea@example.org')
    }
  })

  test('of HTML alone, its words', async () => {
    const mail = await read(...HEAD, 'Content-Type: text/html', '', '<p>Je <b>viendrai</b></p><script>x()</script>')
    expect(mail?.text.trim()).toBe('Je viendrai')
  })

  test('of its files, the names, made harmless: no content, nothing is opened', async () => {
    const file = (name: string) =>
      `Content-Type: application/zip\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(30_000).toString('base64')}`
    const picture = 'Content-Type: image/png\r\nContent-Disposition: attachment\r\n\r\nx'
    const many = Array.from({ length: 40 }, (_, i) => file(`${String(i)}${'x'.repeat(300)}.zip`))
    const mail = await read(...parted('Content-Type: text/plain\r\n\r\nVoici', file('caf.pdf'), picture, ...many))
    expect(mail?.fileNames.slice(0, 2)).toEqual(['caf.pdf', 'sans nom'])
    expect(mail?.fileNames).toHaveLength(20)
    expect(Math.max(...(mail?.fileNames.map((name) => name.length) ?? []))).toBe(120)
    expect(mail?.text.trim()).toBe('Voici')
  })

  test('a mail within it is a file: its words are not those of who wrote', async () => {
    const mail = await read(
      ...parted(
        'Content-Type: text/plain\r\n\r\nVoir',
        'Content-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\n\r\nSecret',
      ),
    )
    expect(mail?.text).not.toContain('Secret')
  })
})

describe('rubbish', () => {
  test.each([
    ['nothing', ''],
    ['an empty line', '\r\n\r\n'],
    ['no header', 'Bonjour'],
  ])('%s is no mail, or one without words', async (_, raw) => {
    const mail = await readMail(Buffer.from(raw))
    expect(mail?.from ?? null).toBeNull()
  })

  test.each([
    ['an unknown charset', [...HEAD, 'Content-Type: text/plain; charset=klingon', '', 'Bonjour']],
    ['a charset that is not text', [...HEAD, 'Content-Type: text/plain; charset=utf-7', '', '+ADw-script+AD4-']],
    ['base64 that is none', [...HEAD, 'Content-Transfer-Encoding: base64', '', '§§§ Bonjour']],
    ['parts that never end', [...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Bonjour']],
    ['parts of no name', [...HEAD, 'Content-Type: multipart/mixed', '', '--', '', 'Bonjour']],
    ['half a character', [...HEAD, '', '\ud800 Bonjour \u0000']],
  ])('%s is read all the same, as text the database takes', async (_, lines) => {
    const mail = await read(...lines)
    expect(mail?.from).toBe('lea@example.org')
    expect(mail?.text).not.toContain('\u0000')
    expect(mail?.text.isWellFormed()).toBe(true)
  })

  test('too many parts, parts within parts, endless headers: it is no mail', async () => {
    const parts = Array.from({ length: 1000 }, () => '\r\nx')
    expect(await read(...parted(...parts))).toBeNull()
    const nested = Array.from({ length: 500 }, (_, i) =>
      [`Content-Type: multipart/mixed; boundary="n${String(i)}"`, '', `--n${String(i)}`].join('\r\n'),
    )
    expect(await read(...HEAD, nested.join('\r\n'))).toBeNull()
    expect(await read(`X-Long: ${'x'.repeat(200_000)}`, '', 'Bonjour')).toBeNull()
  })

  test.each([
    ['of words', ['', 'x'.repeat(10_000_000)]],
    ['of empty lines', ['', '\n'.repeat(10_000_000)]],
    ['of quoted lines, flowed', ['Content-Type: text/plain; format=flowed; delsp=yes', '', '> \n'.repeat(3_000_000)]],
    ['of soft breaks', ['Content-Transfer-Encoding: quoted-printable', '', '=\r\n'.repeat(3_000_000)]],
    ['of HTML', ['Content-Type: text/html', '', '<div>'.repeat(2_000_000)]],
  ])('ten megabytes %s keep nobody waiting: of a long mail the beginning is read', async (_, lines) => {
    const raw = Buffer.from([...HEAD, ...lines].join('\r\n'))
    const started = process.cpuUsage()
    const mail = await readMail(raw)
    const { user, system } = process.cpuUsage(started)
    expect(mail).toMatchObject({ from: 'lea@example.org', isCut: true })
    expect(mail?.text.length).toBeLessThanOrEqual(20_000)
    expect((user + system) / 1000).toBeLessThan(600)
  })

  test('photos of a phone, before and after, hide no words that stand before two megabytes', async () => {
    const photo = (mb: number) =>
      `Content-Type: image/jpeg; name="IMG.jpeg"\r\nContent-Disposition: inline; filename="IMG.jpeg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${(
        'A'.repeat(76) + '\r\n'
      ).repeat(mb * 12_800)}`
    const words = (said: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${said}\r\n`
    const mail = await read(...parted(words('Voici mes papiers.'), photo(1), words('À demain.'), photo(3), photo(3)))
    expect(mail).toMatchObject({ fileNames: ['IMG.jpeg', 'IMG.jpeg'], isCut: true })
    expect(mail?.text).toMatch(/Voici mes papiers\.[^]*À demain\./)
  })

  test('any bytes at all throw nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        const mail = await readMail(Buffer.from(bytes))
        return mail === null || mail.text.isWellFormed()
      }),
      { numRuns: 300 },
    )
  })

  test('a mail cut anywhere throws nothing', async () => {
    const raw = Buffer.from(
      parted(
        'Content-Type: text/plain\r\n\r\nVoici',
        'Content-Type: message/delivery-status\r\n\r\nAction: failed',
      ).join('\r\n'),
    )
    for (let end = 0; end <= raw.length; end++) await readMail(raw.subarray(0, end))
  })
})
