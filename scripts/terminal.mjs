// What a person reads while a command runs: short French lines, one sentence when it must stop.

/** A reason to stop that a person can act on: one French sentence, no stack. */
export class Refusal extends Error {}

// A closed terminal (session ended) must not prevent an orderly stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

/** One progress line. */
export const say = (line) => console.log(line)

/** Seconds since `startMs` (a `performance.now()`), as "1,4 s". */
export const elapsed = (startMs) => `${((performance.now() - startMs) / 1000).toFixed(1).replace('.', ',')} s`

/** Says what begins, does it, says how long it took. */
export async function step(label, work) {
  const startMs = performance.now()
  const result = await work()
  say(`  ${label} (${elapsed(startMs)})`)
  return result
}

/** Ends the command: one sentence for a refusal, the stack for a bug. Always exit code 1. */
export function reportFailure(error) {
  if (error instanceof Refusal) console.error(`\n✗ ${error.message}`)
  else console.error('\n✗ Erreur inattendue :', error)
  process.exitCode = 1
}
