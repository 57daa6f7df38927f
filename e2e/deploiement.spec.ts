import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect } from '@playwright/test'
import {
  bookAmongShown,
  chooseAnySlot,
  fillCoordinates,
  goToMotifs,
  goToSlots,
  goWeeksOn,
  PLAIN_MOTIF,
  somebody,
} from './house'
import { test } from './test'

const [before, after] = (process.env.BUILDS ?? '').split(',')

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** The site as this build serves it, on that port. */
async function serve(distDir: string, port: number): Promise<ChildProcess> {
  const next = path.join(process.cwd(), 'node_modules/next/dist/bin/next')
  const server = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_DIST_DIR: distDir },
    stdio: 'ignore',
  })
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/api/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true)
  return server
}

const stop = (server: ChildProcess) =>
  new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
    server.kill('SIGKILL')
  })

test('a deployment in the middle of a tunnel loses nothing that was typed @telephone', async ({ browser }) => {
  if (!before || !after) throw new Error('two builds are needed, in BUILDS: npm test makes them')
  test.setTimeout(120_000)
  const port = await freePort()
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
  const page = await context.newPage()
  const person = somebody()
  let server = await serve(before, port)
  try {
    await goToMotifs(page, PLAIN_MOTIF.service)
    await goToSlots(page, PLAIN_MOTIF.motif)
    // Not among the next slots, which journeys beside this one take.
    await goWeeksOn(page, randomInt(2, 5))
    await chooseAnySlot(page)
    await fillCoordinates(page, person)

    await stop(server)
    server = await serve(after, port)

    await page.getByRole('button', { name: 'Continuer' }).click()
    await expect(page).toHaveURL(/\/prendre-rdv\/verifier/)
    await expect(page.getByRole('main')).toContainText(person.lastName)

    await stop(server)
    server = await serve(before, port)

    await page.getByRole('button', { name: /Confirmer/ }).click()
    await page.waitForURL(/\/rdv\/confirme$|avis=creneau-pris/)
    // Somebody of another journey may have had it meanwhile: what was typed is to be proved, not that nobody is faster.
    if (!page.url().endsWith('/rdv/confirme')) await bookAmongShown(page, person)
  } finally {
    await stop(server)
    await context.close()
  }
})
