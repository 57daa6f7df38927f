// `npm test`: every check, one readable list, one last line. `npm test -- unit db` runs some of them.
import './node-version.mjs'
import { ensureInstalled } from './install.mjs'
import { runUntilStopped } from './lifecycle.mjs'
import { elapsed, Refusal, say } from './terminal.mjs'

const AT_ONCE = 2

/** Steps asked for (all by default) and, after the first option or path, words passed on to their runner. */
function readArguments(steps) {
  const args = process.argv.slice(2)
  const ids = [...new Set(steps.map(({ id }) => id))]
  const firstOther = args.findIndex((arg) => !ids.includes(arg))
  const [wanted, extra] = firstOther === -1 ? [args, []] : [args.slice(0, firstOther), args.slice(firstOther)]
  const isMisspelt = extra.length > 0 && (wanted.length !== 1 || !['unit', 'db', 'e2e'].includes(wanted[0]))
  if (isMisspelt) throw new Refusal(`Étape « ${extra[0]} » inconnue. Étapes : ${ids.join(', ')}.`)
  return { chosen: wanted.length === 0 ? steps : steps.filter(({ id }) => wanted.includes(id)), extra }
}

/** Runs the steps, at most two at once, each when those it waits for are over. */
async function runAll(steps, runOne, isStopping) {
  const over = new Map() // step → passed?
  const running = new Map()
  const isOver = (id) => steps.filter((step) => step.id === id).every((step) => over.has(step))
  const isReady = ({ after = [], needs = [] }) => [...after, ...needs].every(isOver)
  while (over.size < steps.length && !isStopping()) {
    const waiting = steps.filter((step) => !over.has(step) && !running.has(step))
    const hasRoom = running.size < AT_ONCE && ![...running.keys()].some(({ alone }) => alone)
    const next = hasRoom && waiting.find((step) => isReady(step) && (!step.alone || running.size === 0))
    if (next) {
      const broken = (next.needs ?? []).filter((id) => steps.some((step) => step.id === id && over.get(step) === false))
      const work = runOne(next, broken).then((hasPassed) => {
        over.set(next, hasPassed)
        running.delete(next)
      })
      running.set(next, work)
    } else await Promise.race(running.values())
  }
  await Promise.all(running.values())
}

const line = (mark, label, time, detail = '') =>
  say(`  ${mark} ${label.padEnd(18)} ${time.padStart(8)}   ${detail}`.trimEnd())

function detailOf({ counts, note }) {
  const { passed, failed, skipped } = counts
  const words = passed + failed + skipped > 1 ? [`${passed} réussis`] : []
  if (failed > 0 && words.length > 0) words.push(`${failed} échoués`)
  if (skipped > 0) words.push(`${skipped} laissés de côté`)
  return [...words, note].filter(Boolean).join(', ')
}

const indent = (text) => text.trimEnd().replace(/^/gm, '      ')

await runUntilStopped(async ({ stopped, isStopping }) => {
  const startMs = performance.now()
  await ensureInstalled()
  const { STEPS } = await import('./test-steps.mjs') // needs what was just installed
  const { add, ONE_FAILED } = await import('./test-reports.mjs')
  const { chosen, extra } = readArguments(STEPS)
  let total = { passed: 0, failed: 0, skipped: 0 }

  const runOne = async (step, broken) => {
    const stepMs = performance.now()
    const result =
      broken.length > 0
        ? { counts: ONE_FAILED, output: `Non lancé : ${broken.join(', ')} a échoué.` }
        : await step.work(extra, stopped).catch((error) => ({ counts: ONE_FAILED, output: wordsOf(error) }))
    if (isStopping()) return false
    total = add(total, result.counts)
    for (const part of result.parts ?? [{ label: step.label, ...result }])
      line(part.counts.failed > 0 ? '✗' : '✓', part.label, elapsed(stepMs), detailOf(part))
    if (result.counts.failed > 0) say(indent(result.output ?? ''))
    return result.counts.failed === 0
  }

  say('RDV Territoires : vérifications')
  await runAll(chosen, runOne, isStopping)
  if (isStopping()) return void (process.exitCode = 130)
  say(`\nDurée totale : ${elapsed(startMs)}`)
  say(`${total.passed} passed, ${total.failed} failed`)
  if (total.failed > 0) process.exitCode = 1
})

function wordsOf(error) {
  return error instanceof Refusal ? error.message : (error.stack ?? String(error))
}
