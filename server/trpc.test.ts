import { inspect } from 'node:util'
import { TRPCError } from '@trpc/server'
import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as z from 'zod'
import type { Db } from '@/db/client'
import { ANONYMOUS } from './kernel/actor'
import { AppError } from './kernel/errors'
import { makeCtx } from './platform/ctx'
import { anonymousProcedure, createCallerFactory, router } from './trpc'

const EMAIL = 'lea@example.org'

const house = router({
  fail: anonymousProcedure.query(() => {
    throw new DrizzleQueryError('select id from agents where email = $1', [EMAIL], new Error(`no room for ${EMAIL}`))
  }),
  hide: anonymousProcedure.query(() => {
    throw new AppError('not-found')
  }),
  take: anonymousProcedure
    .input(z.object({ kind: z.enum(['mail', 'sms']), byName: z.record(z.string(), z.number()) }))
    .query(() => null),
})

const nowhere = {} as Db
const ctx = makeCtx(nowhere, { actor: ANONYMOUS, now: new Date(), requestId: 't', clientAddress: null })
const caller = createCallerFactory(house)(ctx)

const thrownBy = async (answer: Promise<unknown>) => {
  try {
    await answer
  } catch (error) {
    if (error instanceof TRPCError) return error
  }
  throw new Error('should have thrown an error of the door')
}

test('an unknown error leaves the house without its message, its cause and its stack', async () => {
  const error = await thrownBy(caller.fail())
  expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'INTERNAL_SERVER_ERROR', cause: undefined })
  expect(inspect(error, { depth: 9 })).not.toMatch(/lea@|select id/)
})

test('an input refused is not quoted', async () => {
  const error = await thrownBy(caller.take({ kind: EMAIL as 'mail', byName: { [EMAIL]: Number.NaN } }))
  expect(error.code).toBe('BAD_REQUEST')
  expect(inspect(error, { depth: 9 })).not.toContain(EMAIL)
})

test('an error of ours keeps its code', async () => {
  const { code, cause } = await thrownBy(caller.hide())
  expect([code, cause instanceof AppError && cause.code]).toEqual(['NOT_FOUND', 'not-found'])
})
