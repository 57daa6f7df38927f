import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'

/** What a server was given: which message, for whom, and its words. */
export type Received = { key: string; to: string; text: string; atMs: number }
/** `taken`: told of each message before its answer leaves; false when no answer is to leave. */
type House = { says: (to: string) => 'yes' | 'later' | 'never'; taken: () => boolean }

const closing = (server: { close: (done: () => void) => unknown }) =>
  new Promise<void>((closed) => server.close(closed))
const saying = (responseCode: number) => Object.assign(new Error('no'), { responseCode })

/** An SMTP server on loopback that holds every mail it was given. */
export async function startMailbox({ says, taken }: House) {
  const received: Received[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, callback) {
      const answer = says(address)
      callback(answer === 'never' ? saying(550) : answer === 'later' ? saying(451) : null)
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const key = /^Message-ID: <([^@>]+)@/im.exec(text)?.[1] ?? ''
        const one = { atMs: performance.now(), key, to: envelope.rcptTo[0]?.address ?? '', text }
        received.push(one)
        if (taken()) callback()
      })
    },
  })
  smtp.on('error', () => undefined)
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  const { port } = smtp.server.address() as AddressInfo
  const close = () => {
    for (const { _socket } of smtp.connections as unknown as Set<{ _socket: { destroy: () => void } }>)
      _socket.destroy()
    return closing(smtp)
  }
  return { url: `smtp://127.0.0.1:${String(port)}`, received, close }
}

/** An SMS gateway on loopback that holds every SMS it was given. */
export async function startPhones({ says, taken }: House) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Omit<Received, 'atMs'>
      const one = { ...body, atMs: performance.now() }
      const answer = says(one.to)
      if (answer !== 'yes') return void response.writeHead(answer === 'never' ? 422 : 503).end()
      received.push(one)
      if (taken()) response.writeHead(200).end(JSON.stringify({ id: `ref-${one.key}` }))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const close = async () => {
    server.closeAllConnections()
    await closing(server)
  }
  return { host, received, close }
}

type Outside = { env: NodeJS.ProcessEnv; databaseUrl: string; smtpUrl: string; smsHost: string }

const gatewayAt = (host: string) =>
  JSON.stringify({
    settings: {
      ...{ kind: 'http', method: 'POST', url: `http://${host}/sms`, headers: [], format: 'json' },
      ...{ template: '{"to":"{to}","text":"{text}","key":"{key}"}', referencePath: 'id' },
      ...{ okFrom: 200, okTo: 299, refusedStatuses: [422] },
    },
    secret: 'x',
  })

/** The worker as it runs in production, in a process of its own; ready once it says so. */
export async function startWorkerProcess({ env, databaseUrl, smtpUrl, smsHost }: Outside): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(process.cwd(), 'server/worker.ts')], {
    env: {
      ...env,
      ...{ APP_ENV: 'production', DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, LOG_LEVEL: 'info' },
      ...{ SMS_GATEWAY: gatewayAt(smsHost), SMS_TRUSTED_HOSTS: smsHost },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the worker ended by itself: ${String(code)}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString('utf8').includes('worker ready')) ready()
    })
  })
  return child
}

/** As a machine that loses power. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((ended) => child.once('exit', ended))
  child.kill('SIGKILL')
  await gone
}
