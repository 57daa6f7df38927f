import { TRPCError } from '@trpc/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '@/server/kernel/errors'
import { log } from '@/server/platform/log'
import { formRoute } from './form-route'

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () => Promise.resolve({ get: () => undefined }),
}))

const logged = vi.spyOn(log(), 'error')
beforeEach(() => logged.mockClear())

/** What a form answers when `error` stops it. */
async function answerTo(error: Error) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'r-1' }
  const request = new Request('http://localhost/x', { method: 'POST', headers, body: 'a=b' })
  const route = formRoute(() => Promise.reject(error), { backHref: '/' })
  return (await route(request, { params: Promise.resolve({}) })).status
}

test('an accident is logged under its request, without its message', async () => {
  expect(await answerTo(new Error('no room for lea@example.org'))).toBe(500)
  expect(logged).toHaveBeenCalledTimes(1)
  expect(logged.mock.calls[0]?.[0]).toMatchObject({ requestId: 'r-1', error: { name: 'Error' } })
  expect(JSON.stringify(logged.mock.calls)).not.toContain('lea@')
})

test('an accident of a procedure, which logged it, is not logged twice', async () => {
  expect(await answerTo(new TRPCError({ code: 'INTERNAL_SERVER_ERROR' }))).toBe(500)
  expect(logged).not.toHaveBeenCalled()
})

test.each([
  ['a refused input', new TRPCError({ code: 'BAD_REQUEST' }), 400],
  ['what is not there', new TRPCError({ code: 'NOT_FOUND', cause: new AppError('not-found') }), 404],
  ['what is not theirs', new AppError('forbidden'), 404],
  ['too many tries', new AppError('rate-limited', { retryInSec: 60 }), 429],
])('%s is no accident', async (_, error, status) => {
  expect(await answerTo(error)).toBe(status)
  expect(logged).not.toHaveBeenCalled()
})
