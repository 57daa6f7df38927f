import { TRPCError } from '@trpc/server'
import { redirect } from 'next/navigation'
import { expect, test, vi } from 'vitest'
import { AppError } from '@/server/kernel/errors'
import { log } from '@/server/platform/log'
import { AT_ONCE } from './crowd'
import { publicPage } from './public-page'

const logged = vi.spyOn(log(), 'error')

type Render = Parameters<typeof publicPage>[1]

/** What a page drawn so answers, at this address. */
async function answer(render: Render, { isPersonal = false, query = '' } = {}) {
  logged.mockClear()
  const page = publicPage({ title: 'Essai', isPersonal }, render)
  const response = await page(new Request(`http://localhost/essai${query}`), { params: Promise.resolve({}) })
  return { response, html: await response.text() }
}

const failing = (error: Error) => answer(() => Promise.reject(error))

test('a page is whole without any script', async () => {
  const { response, html } = await answer(() => 'Bonjour')
  expect(response.status).toBe(200)
  expect(html).toMatch(/^<!doctype html><html lang="fr">.*<title>Essai · RDV Territoires<\/title>.*Bonjour/)
  expect(html).not.toContain('<script')
})

test('what a person typed is written as text', async () => {
  const { html } = await answer(({ search }) => String(search.q), { query: '?q=%3Cscript%3Ealert(1)%3C/script%3E' })
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
})

test('a parameter given twice is a list, and __proto__ is only a name', async () => {
  const seen: unknown[] = []
  const render: Render = ({ search }) => void seen.push(search.a, search.b, ({} as Record<string, unknown>).b)
  await answer(render, { query: '?a=1&a=2&a=3&__proto__=x&b=4' })
  expect(seen).toEqual([['1', '2', '3'], '4', undefined])
})

test('a personal page is kept by no cache and found by no search engine', async () => {
  const { response, html } = await answer(() => null, { isPersonal: true })
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(html).toContain('noindex')
})

test('a redirection goes through', async () => {
  await expect(answer(() => redirect('/ailleurs'))).rejects.toThrow('NEXT_REDIRECT')
})

test.each([
  [
    'what is not there',
    new TRPCError({ code: 'NOT_FOUND', cause: new AppError('not-found') }),
    404,
    'Page introuvable',
  ],
  ['what is not theirs', new AppError('forbidden'), 404, 'Page introuvable'],
  ['an input that makes no sense', new TRPCError({ code: 'BAD_REQUEST' }), 404, 'Page introuvable'],
  ['a service at rest', new AppError('unavailable'), 503, 'momentanément indisponible'],
])('%s gets its own status', async (_, error, status, words) => {
  const { response, html } = await failing(error)
  expect(response.status).toBe(status)
  expect(html).toContain(words)
  expect(logged).not.toHaveBeenCalled()
})

test('too many questions are told when to come back', async () => {
  const { response, html } = await failing(new AppError('rate-limited', { retryInSec: 150 }))
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('150')
  expect(html).toContain('Réessayez dans 3\u00a0minutes')
})

test('beyond what a process can do at once, whoever comes is told to come back, and those in are served', async () => {
  let open: (words: string) => void = () => undefined
  const opened = new Promise<string>((resolve) => (open = resolve))
  const within = Array.from({ length: AT_ONCE }, () => answer(() => opened))
  const beyond = await answer(() => opened)
  expect(beyond.response.status).toBe(429)
  expect(Number(beyond.response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(beyond.html).toContain('Beaucoup de monde')
  open('Bonjour')
  const served = await Promise.all(within)
  expect(served.every(({ response }) => response.status === 200)).toBe(true)
  expect((await answer(() => 'Bonjour')).response.status).toBe(200)
})

test('an accident is logged without what it quotes, and shows nothing of it', async () => {
  const { response, html } = await failing(new Error('no room for lea@example.org'))
  expect(response.status).toBe(500)
  expect(html).not.toContain('lea@')
  expect(logged).toHaveBeenCalledTimes(1)
  expect(JSON.stringify(logged.mock.calls)).not.toContain('lea@')
})
