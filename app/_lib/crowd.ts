/**
 * Public answers this process makes at once. Beyond, whoever comes is told at once to come back, and those already in
 * are served: a queue that only grows serves nobody. A hundred are a few seconds of work on the smallest machine. The
 * agents' pages and calls are not counted.
 */
export const AT_ONCE = 100
export const RETRY_IN_SEC = 10

let inHand = 0

/** What `work` answers; null, and nothing done, when too many are at it already. */
export async function unlessCrowded<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
  if (inHand >= AT_ONCE) return null
  inHand++
  try {
    return await work()
  } finally {
    inHand--
  }
}
