import { TRPCError } from '@trpc/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '@/server/kernel/errors'
import { log } from '@/server/platform/log'
import { AT_ONCE } from './crowd'
import { formRoute } from './form-route'

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () => Promise.resolve({ get: () => undefined }),
}))

const logged = vi.spyOn(log(), 'error')
beforeEach(() => logged.mockClear())

function post(answer: Parameters<typeof formRoute>[0]): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-request-id': 'r-1' }
  const request = new Request('http://localhost/x', { method: 'POST', headers, body: 'a=b' })
  return formRoute(answer, { backHref: '/' })(request, { params: Promise.resolve({}) })
}

/** What a form answers when `error` stops it. */
const answerTo = async (error: Error) => (await post(() => Promise.reject(error))).status

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

test('beyond what a process can do at once, a form is refused whole, and told when to come back', async () => {
  let leave: (href: string) => void = () => undefined
  const left = new Promise<string>((resolve) => (leave = resolve))
  const within = Array.from({ length: AT_ONCE }, () => post(() => left))
  const answer = vi.fn(() => left)
  await vi.waitFor(async () => expect((await post(answer)).status).toBe(429))
  expect(answer).not.toHaveBeenCalled()
  leave('/ailleurs')
  expect((await Promise.all(within)).every(({ status }) => status === 303)).toBe(true)
})
