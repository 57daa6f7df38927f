import postgres from 'postgres'
import { env } from './env'
import { errorFacts, log } from './log'

/** Where the worker says whose agendas changed: their ids, and nothing of what happened. */
export const AGENDA_CHANNEL = 'agendas_changed'

/** Ids that changed; 'any' when some may have been missed, because the database was out of reach for a while. */
export type Changed = readonly number[] | 'any'
type Listener = { hear: (changed: Changed) => void; close: () => void }

type Ear = { listeners: Set<Listener>; end: () => Promise<void> }

/** Opens the one connection of a process that listens, on `url`; it comes back by itself when it is lost. */
export function openEar(url: string): Ear {
  const listeners = new Set<Listener>()
  const client = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'rdv-live' } })
  const tell = (changed: Changed) => listeners.forEach(({ hear }) => hear(changed))
  let isFirst = true
  client
    .listen(
      AGENDA_CHANNEL,
      (text) => tell(text.split(',').map(Number).filter(Number.isSafeInteger)),
      () => {
        if (!isFirst) tell('any')
        isFirst = false
      },
    )
    .catch((error: unknown) => log().error({ error: errorFacts(error) }, 'agendas are not listened to'))
  return {
    listeners,
    end: async () => {
      listeners.forEach(({ close }) => close())
      await client.end({ timeout: 1 })
    },
  }
}

// Next may load a module several times in one process: one connection all the same.
const shared = globalThis as typeof globalThis & { rdvTerritoiresEar?: Ear }

function theEar(): Ear {
  if (shared.rdvTerritoiresEar) return shared.rdvTerritoiresEar
  const ear = openEar(env().DATABASE_DIRECT_URL ?? env().DATABASE_URL)
  shared.rdvTerritoiresEar = ear
  // A stream that stays open would keep a stopping server alive.
  process.once('SIGTERM', () => void ear.end())
  return ear
}

const BEAT_MS = 20_000
/** Rights are read when a stream opens: it does not live longer than this, and its page comes back at once. */
const STREAM_MS = 5 * 60_000

type Options = { ear?: Ear; lastsMs?: number | null }

/** Server-sent events that name the agendas changed among those `mayHear` lets through, for `lastsMs` at most. */
export function openLiveStream(
  mayHear: (agentId: number) => boolean,
  { ear = theEar(), lastsMs = null }: Options = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = () => undefined as void
  return new ReadableStream({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const beating = setInterval(() => write(': ici\n\n'), BEAT_MS)
      const ending = setTimeout(() => close(), Math.min(STREAM_MS, lastsMs ?? STREAM_MS))
      const listener: Listener = {
        hear: (changed) => {
          const heard = changed === 'any' ? changed : changed.filter(mayHear)
          if (heard.length > 0) write(`event: agendas\ndata: ${JSON.stringify(heard)}\n\n`)
        },
        close: () => close(),
      }
      stop = () => {
        clearInterval(beating)
        clearTimeout(ending)
        ear.listeners.delete(listener)
      }
      const close = () => {
        stop()
        controller.close()
      }
      ear.listeners.add(listener)
      write('retry: 1000\nevent: pret\ndata: 1\n\n')
    },
    cancel: () => stop(),
  })
}
