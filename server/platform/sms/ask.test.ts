import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { ask } from './ask'

test('a machine that does not take the line is given up long before one that is slow to answer', async () => {
  const lines: Socket[] = []
  // It accepts, and never says how to speak in secret: nothing of the SMS can have left.
  const silent = createServer((line) => void lines.push(line))
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready))
  const { port } = silent.address() as AddressInfo
  const url = new URL(`https://127.0.0.1:${String(port)}/sms`)
  const question = { url, method: 'POST', headers: {}, body: '{}', isTrusted: true } as const
  const startedMs = performance.now()
  expect(await ask(question, 15_000, 200)).toEqual({ kind: 'nothing-left' })
  expect(performance.now() - startedMs).toBeLessThan(5000)
  for (const line of lines) line.destroy()
  await new Promise((closed) => silent.close(closed))
})
