import { expect, test } from 'vitest'
import { beginningOfBody, bodyWithin } from './bounded-body'

/** A sender that says nothing of how much it sends, and never ends. */
function endless() {
  const sent = { bytes: 0, isCut: false }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent.bytes += 1000
      controller.enqueue(new Uint8Array(1000))
    },
    cancel() {
      sent.isCut = true
    },
  })
  const request = new Request('http://localhost/x', { method: 'POST', body, duplex: 'half' } as RequestInit)
  return { sent, request }
}
const sending = (body: string) => new Request('http://localhost/x', { method: 'POST', body })

test('what fits is read whole', async () => {
  expect((await bodyWithin(sending('éa'), 3))?.toString('utf8')).toBe('éa')
  expect(await bodyWithin(new Request('http://localhost/x', { method: 'POST' }), 3)).toHaveLength(0)
})

test('what is longer is not, by its bytes, said or not', async () => {
  expect(await bodyWithin(sending('éaa'), 3)).toBeNull()
  const said = new Request('http://localhost/x', { method: 'POST', body: 'a', headers: { 'content-length': '9' } })
  expect(await bodyWithin(said, 3)).toBeNull()
})

test('who sends without end is cut as soon as it is too long', async () => {
  const { sent, request } = endless()
  expect(await bodyWithin(request, 5000)).toBeNull()
  expect(sent.isCut).toBe(true)
  expect(sent.bytes).toBeLessThan(20_000)
})

test('of what is longer the beginning is kept, and its sender is heard to the end', async () => {
  expect((await beginningOfBody(sending('abcdef'), 6)).toString()).toBe('abcdef')
  expect((await beginningOfBody(sending('abcdef'), 4)).toString()).toBe('abcd')
  expect((await beginningOfBody(new Request('http://localhost/x', { method: 'POST' }), 4)).toString()).toBe('')
  const sent = { chunks: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent.chunks += 1
      if (sent.chunks > 50) controller.close()
      else controller.enqueue(new Uint8Array(1000))
    },
  })
  const request = new Request('http://localhost/x', { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect(await beginningOfBody(request, 2500)).toHaveLength(2500)
  expect(sent.chunks).toBe(51)
})
