// A command that runs until Ctrl-C: what it opened is closed in reverse order, whatever ends it.
import { stopRuns } from './processes.mjs'
import { reportFailure, say } from './terminal.mjs'

/** npm passes Ctrl-C on to a child the terminal already told: two signals this close are one gesture. */
const SAME_GESTURE_MS = 1000

class Interrupted extends Error {}

/**
 * Runs `main({ stopped, isStopping, onClose })` to its end or to a signal, then closes what was opened, last opened first.
 * `onClose({ close, force })` registers; it throws once a stop was asked, so that nothing more is started.
 */
export async function runUntilStopped(main) {
  const opened = []
  const { stopped, isStopping } = listenToSignals(() => opened.forEach(({ force }) => force?.()))
  const onClose = (resource) => {
    opened.push(resource)
    if (isStopping()) throw new Interrupted()
  }
  try {
    await main({ stopped, isStopping, onClose })
  } catch (error) {
    if (!isStopping()) reportFailure(error)
  }
  stopRuns()
  for (const { close } of opened.reverse()) await close().catch(reportFailure)
  if (isStopping()) say('Tout est arrêté.')
  process.exit()
}

/** First signal: stop in order. Second one: force. */
function listenToSignals(force) {
  let firstMs = null
  let tellStopped
  const stopped = new Promise((resolve) => (tellStopped = resolve))
  const onSignal = () => {
    if (firstMs === null) {
      firstMs = performance.now()
      say('\nArrêt en cours… (Ctrl-C à nouveau pour forcer)')
      stopRuns()
      tellStopped()
    } else if (performance.now() - firstMs > SAME_GESTURE_MS) {
      stopRuns('SIGKILL')
      force()
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
  return { stopped, isStopping: () => firstMs !== null }
}
