// `npm run bench`: what the product costs on this machine, beside the least it could cost. Plain Node to begin with.
import './node-version.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { elapsed, Refusal, say } from './terminal.mjs'

// What is measured goes to standard output, alone; what a person follows meanwhile goes beside.
console.log = console.error

const USAGE = 'Usage : npm run bench [-- [--json] [--scale] [engine] [search] [bookings] [messages] [pages] [bytes]]'

function readArguments(parts) {
  const args = process.argv.slice(2)
  const names = args.filter((arg) => !arg.startsWith('--'))
  const isKnown = (arg) => ['--json', '--scale'].includes(arg) || parts.some(({ id }) => id === arg)
  if (!args.every(isKnown)) throw new Refusal(USAGE)
  const isScaled = args.includes('--scale')
  const wanted = names.length > 0 ? parts.filter(({ id }) => names.includes(id)) : parts
  return { isJson: args.includes('--json'), chosen: wanted.filter(({ needsScale }) => isScaled || !needsScale) }
}

await runUntilStopped(async ({ stopped, isStopping, onClose }) => {
  const startMs = performance.now()
  await ensureInstalled()
  const { PARTS } = await import('./bench/parts.mjs') // needs what was just installed
  const { describeMachine, printDocument, printTable } = await import('./bench/report.mjs')
  const { openWorld } = await import('./bench/world.mjs')
  const { isJson, chosen } = readArguments(PARTS)
  const machine = describeMachine()
  say(`RDV Territoires : mesures (${machine.cores} cœurs, charge ${machine.loadAtStart.toFixed(1)})`)
  if (machine.loadAtStart > 0.3 * machine.cores)
    say('  Machine occupée : seuls les rapports à la borne seront parlants, pas les durées.')

  const results = []
  const world = openWorld({ stopped, onClose })
  for (const { label, work } of chosen) {
    const partMs = performance.now()
    try {
      results.push(...(await work(world)))
    } catch (error) {
      if (isStopping()) break
      throw error
    }
    say(`  ${label} (${elapsed(partMs)})`)
  }
  if (isStopping()) return void (process.exitCode = 130)
  if (isJson) printDocument({ machine, results })
  else printTable({ machine, results })
  say(`\nDurée totale : ${elapsed(startMs)}`)
})
