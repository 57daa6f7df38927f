// One part of the bench in a process of its own: its last line of output is { results, … }.
import { benchBookings } from './bookings'
import { benchEngine } from './engine'
import { benchMessages } from './messages'
import type { BenchResult } from './result'
import { benchScale } from './scale'
import { benchSearch } from './search'

const PARTS: Record<string, () => Promise<{ results: BenchResult[] }>> = {
  engine: async () => ({ results: await benchEngine() }),
  search: benchSearch,
  bookings: benchBookings,
  messages: benchMessages,
  scale: benchScale,
}

const part = PARTS[process.argv[2] ?? '']
if (!part) throw new Error(`no such part: ${String(process.argv[2])}`)
process.stdout.write(`\n${JSON.stringify(await part())}\n`)
