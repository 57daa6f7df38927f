import * as z from 'zod'
import { expect, test } from 'vitest'
import { rateLimits } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { ANONYMOUS } from './kernel/actor'
import { AppError } from './kernel/errors'
import { makeCtx } from './platform/ctx'
import { LIMITS } from './platform/limits'
import { anonymousProcedure, createCallerFactory, linkProcedure, router } from './trpc'

const NOW = new Date('2027-03-01T06:00:00Z')

const house = await ownDatabase()

const callerOf = createCallerFactory(
  router({
    look: anonymousProcedure.query(() => 'seen'),
    open: linkProcedure.input(z.object({ isKnown: z.boolean() })).query(({ input }) => {
      if (!input.isKnown) throw new AppError('not-found')
      return 'open'
    }),
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

test('a link nobody was given costs more than one that opens, and tokens tried in a row are refused', async () => {
  await house.db.delete(rateLimits)
  const address = '203.0.113.3'
  for (let visits = 0; visits < 20; visits++) expect(await visit(address).open({ isKnown: true })).toBe('open')
  expect(await points()).toEqual([20])
  const tried = async () => (await Promise.allSettled([visit(address).open({ isKnown: false })]))[0]
  expect(await tried()).toMatchObject({ reason: { code: 'NOT_FOUND' } })
  expect(await points()).toEqual([31])
  for (let tries = 0; tries < 52; tries++) await tried()
  expect(await tried()).toMatchObject({ reason: { code: 'TOO_MANY_REQUESTS' } })
})
