import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'message'

/** How long it takes at one stage; `isDripping`: it says something all along, and never all of it. */
export type Slowness = { at: Stage; ms: number; isDripping?: boolean }

const YES: Readonly<Record<string, string>> = { EHLO: '250 here', MAIL: '250 yes', RCPT: '250 yes', DATA: '354 go on' }

/** An SMTP server on this machine that takes its time, and keeps each mail it was given to the end, answered for or not. */
export async function startSlowServer() {
  let slowness: Slowness | null = null
  const received: string[] = []
  const sockets = new Set<Socket>()

  async function say(socket: Socket, stage: Stage, words: string) {
    const until = performance.now() + (slowness?.at === stage ? slowness.ms : 0)
    while (performance.now() < until) {
      if (slowness?.isDripping && !socket.destroyed) socket.write(`${words.slice(0, 3)}-wait\r\n`)
      await pause(Math.min(20, Math.max(1, until - performance.now())))
    }
    if (!socket.destroyed) socket.write(`${words}\r\n`)
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    let [body, typed]: [string | null, string] = [null, '']
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      typed += chunk.toString('latin1')
      const lines = typed.split('\r\n')
      typed = lines.pop() ?? ''
      for (const line of lines) {
        const verb = line.slice(0, 4).toUpperCase()
        if (body === null) {
          if (verb === 'DATA') body = ''
          if (YES[verb]) void say(socket, verb as Stage, YES[verb])
        } else if (line === '.') {
          received.push(body)
          body = null
          void say(socket, 'message', '250 taken')
        } else body += `${line}\n`
      }
    })
    void say(socket, 'greeting', '220 hello')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `smtp://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    received,
    beSlow: (how: Slowness | null) => {
      slowness = how
      received.length = 0
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
