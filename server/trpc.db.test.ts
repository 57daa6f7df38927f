import { afterAll, beforeAll, expect, test } from 'vitest'
import { rateLimits } from '@/db/schema'
import { cloneDatabase } from '@/db/testing/database'
import { ANONYMOUS } from './kernel/actor'
import { makeCtx } from './platform/ctx'
import { LIMITS } from './platform/limits'
import { anonymousProcedure, createCallerFactory, router } from './trpc'

const NOW = new Date('2027-03-01T06:00:00Z')

let house: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  house = await cloneDatabase()
})
afterAll(() => house.close())

const callerOf = createCallerFactory(
  router({
    look: anonymousProcedure.query(() => 'seen'),
    act: anonymousProcedure.mutation(() => 'done'),
  }),
)

/** One request of somebody at this address. */
const visit = (clientAddress: string | null) =>
  callerOf(makeCtx(house.db, { actor: ANONYMOUS, now: NOW, requestId: 't', clientAddress }))

const points = async () => (await house.db.select().from(rateLimits)).map((row) => row.points)
const ask = (caller: ReturnType<typeof visit>, times: number) =>
  Promise.allSettled(Array.from({ length: times }, () => caller.look()))

test('a page counts once, a batch for each ten questions, an unknown address and a mutation not at all', async () => {
  await ask(visit(null), 3)
  await visit('203.0.113.1').act()
  expect(await points()).toEqual([])
  await ask(visit('203.0.113.1'), 10)
  expect(await points()).toEqual([1])
  await ask(visit('203.0.113.1'), 20)
  expect(await points()).toEqual([3])
})

test('above the limit every question of the request is refused, and says how long to wait', async () => {
  await house.db.update(rateLimits).set({ points: LIMITS.searchesPerAddress.points })
  const answers = await ask(visit('203.0.113.1'), 20)
  expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([])
  await expect(visit('203.0.113.1').look()).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    cause: { code: 'rate-limited', retryInSec: 60 },
  })
  expect(await visit('203.0.113.2').look()).toBe('seen')
})
