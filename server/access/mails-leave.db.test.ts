import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { accounts } from '@/db/schema'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { findReaction } from '@/server/wiring'
import { startMailbox } from '@/server/worker.test-model'

const says = new Map<string, 'later' | 'never'>()
let isAnswering = true
const { db } = await ownDatabase({ poolSize: 1 })
let mailbox: Awaited<ReturnType<typeof startMailbox>>
let people = 0

beforeAll(async () => {
  mailbox = await startMailbox({ says: (to) => says.get(to) ?? 'yes', taken: () => isAnswering })
  // Read once, at its first use.
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', `${mailbox.url}?socketTimeout=1500`)
})
beforeEach(() => {
  mailbox.received.length = 0
  isAnswering = true
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await mailbox.close()
})

/** Somebody whose password was chosen, and the job that tells them. */
async function toTell() {
  const email = `compte${String(people++)}@example.org`
  const [account] = await db.insert(accounts).values({ email }).returning({ id: accounts.id })
  const kind = 'account.password-set'
  const event = { id: 1000 + people, kind, subject: { kind: 'account', id: account?.id ?? 0 }, payload: {} }
  const tell = async () => findReaction(kind, 'tellPerson')?.(ctxFor(db), { ...event, occurredAt: NOW })
  return { email, tell }
}

test('a mailbox that refuses is not asked again, a server that puts us off is', async () => {
  const [gone, busy] = [await toTell(), await toTell()]
  says.set(gone.email, 'never').set(busy.email, 'later')
  await gone.tell()
  await expect(busy.tell()).rejects.toThrow()
  says.clear()
  await busy.tell()
  expect(mailbox.received.map(({ to }) => to)).toEqual([busy.email])
})

test('what may have left is not sent again by itself; sent twice by workers killed, it is the same mail', async () => {
  const { tell } = await toTell()
  isAnswering = false
  await tell()
  isAnswering = true
  await tell()
  const [first, second] = mailbox.received
  expect(first?.key).toMatch(/^[\w-]{20,}$/)
  expect(second?.key).toBe(first?.key)
})

test('a slow server holds no connection to the database', async () => {
  const { tell } = await toTell()
  isAnswering = false
  const telling = tell()
  while (mailbox.received.length === 0) await new Promise((turn) => setTimeout(turn, 20))
  const startedMs = performance.now()
  await db.execute(sql`select 1`)
  expect(performance.now() - startedMs).toBeLessThan(1000)
  await telling
})
