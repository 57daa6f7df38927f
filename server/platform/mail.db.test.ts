import { createServer, type AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import type { Mail } from './mail'

type Received = { from: string; to: string[]; text: string }

const database = await ownDatabase()
let smtp: SMTPServer
const received: Received[] = []

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        callback()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  await new Promise<void>((closed) => smtp.close(closed))
})
afterEach(() => vi.unstubAllEnvs())

const mail = {
  to: 'lea@example.org',
  subject: 'Votre rendez-vous',
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
  calendar: { method: 'REQUEST', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' } as const,
}

async function send(environment: string, smtpUrl: string, more: Partial<Mail> = {}) {
  vi.stubEnv('APP_ENV', environment)
  vi.stubEnv('SMTP_URL', smtpUrl)
  vi.resetModules()
  const { sendMail } = await import('./mail')
  await database.db.transaction((tx: Tx) => sendMail(tx, { ...mail, ...more }))
}

test('in production the mail leaves through SMTP, with its invitation', async () => {
  const { port } = smtp.server.address() as AddressInfo
  await send('production', `smtp://127.0.0.1:${String(port)}`)
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ from: 'ne-pas-repondre@rdv-territoires.example', to: ['lea@example.org'] })
  expect(received[0]?.text).toContain('Subject: Votre rendez-vous')
  expect(received[0]?.text).toContain('text/calendar; charset=utf-8; method=REQUEST')
})

test('it leaves under the name of whoever writes, from our address, and is answered where they say', async () => {
  const { port } = smtp.server.address() as AddressInfo
  const identity = { senderName: 'Département "62", <Accueil>', replyTo: 'accueil@pasdecalais.example' }
  await send('production', `smtp://127.0.0.1:${String(port)}`, identity)
  const { from, text } = received.at(-1) ?? { from: '', text: '' }
  expect(from).toBe('ne-pas-repondre@rdv-territoires.example')
  const header = /^From: (.*(?:\r\n .*)*)/m.exec(text)?.[1] ?? ''
  expect(header).toContain('<ne-pas-repondre@rdv-territoires.example>')
  expect(header).not.toContain('<Accueil>')
  expect(text).toContain('Reply-To: accueil@pasdecalais.example')
})

test('a mail reader finds in it a button that stops them (RFC 8058)', async () => {
  const { port } = smtp.server.address() as AddressInfo
  await send('production', `smtp://127.0.0.1:${String(port)}`, { stopUrl: 'https://rdv.example/m/abc' })
  const { text } = received.at(-1) ?? { text: '' }
  expect(text).toContain('List-Unsubscribe: <https://rdv.example/m/abc>')
  expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
})

test.each(['demo', 'recette', 'development'])(
  'in %s nothing leaves: it is captured, its subject prefixed',
  async (environment) => {
    const { port } = smtp.server.address() as AddressInfo
    const before = received.length
    await send(environment, `smtp://127.0.0.1:${String(port)}`)
    expect(received).toHaveLength(before)
    const rows = await database.db.select().from(capturedMessages)
    expect(rows.at(-1)).toMatchObject({
      channel: 'mail',
      recipient: 'lea@example.org',
      subject: `[${environment}] Votre rendez-vous`,
      hasCalendar: true,
    })
  },
)

test('a server that does not answer is an accident, never a silence', async () => {
  await expect(send('production', 'smtp://127.0.0.1:1')).rejects.toThrow()
})

/** A server that says no where it is told to, and yes elsewhere: what it hears, it does not read. */
async function refusingAt(stage: string, code: number) {
  const server = createServer((socket) => {
    const say = (at: string, yes: string) => socket.write(`${at === stage ? `${String(code)} no` : yes}\r\n`)
    let isBody = false
    say('greeting', '220 hello')
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('latin1').split('\r\n').slice(0, -1)) {
        if (isBody && line !== '.') continue
        const [verb = ''] = /^(EHLO|AUTH|MAIL|RCPT|DATA|QUIT)/.exec(line) ?? []
        if (isBody) say('message', '250 taken')
        else if (verb === 'EHLO') socket.write('250-here\r\n250 AUTH PLAIN\r\n')
        else if (verb === 'DATA') say('DATA', '354 go on')
        else say(verb, verb === 'AUTH' ? '235 welcome' : '250 yes')
        isBody = verb === 'DATA' && stage !== 'DATA'
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  try {
    return await send('production', `smtp://me:secret@127.0.0.1:${String(port)}?ignoreTLS=true`).then(
      () => 'taken',
      async (error: unknown) => (await import('./mail')).fateOf(error),
    )
  } finally {
    server.close()
  }
}

test.each([
  ['greeting', 554, 'later', 1],
  ['AUTH', 535, 'later', 1],
  ['MAIL', 550, 'later', 1],
  ['RCPT', 530, 'later', 1],
  ['RCPT', 451, 'later', 0],
  ['RCPT', 550, 'refused', 0],
  ['message', 554, 'refused', 0],
  ['nowhere', 0, 'taken', 0],
])('a no at %s (%i) makes the mail %s; of us, the operator hears', async (stage, code, fate, times) => {
  vi.stubEnv('LOG_LEVEL', 'error')
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    expect(await refusingAt(stage, code)).toBe(fate)
    const said = written.mock.calls.map(([text]) => String(text)).join('')
    expect(said.split('mail server refuses us')).toHaveLength(times + 1)
    expect(said).not.toContain('lea@example.org')
  } finally {
    written.mockRestore()
  }
})
