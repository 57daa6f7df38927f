import { expect, test } from 'vitest'
import { GET } from './route'

const ask = (times: number) => {
  const paths = Array.from({ length: times }, () => 'access.nothing').join(',')
  return GET(new Request(`http://localhost/api/trpc/${paths}?batch=1&input=${encodeURIComponent('{}')}`))
}

test('refuses a batch of more than twenty questions before answering any', async () => {
  const [answer, most] = [await ask(21), await ask(20)]
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { json: { message: 'BAD_REQUEST' } } })
  expect(most.status).not.toBe(400)
})
