import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { ownDatabase } from '@/db/testing/database'
import { AGENDA_CHANNEL, openEar, openLiveStream } from './live'

const database = await ownDatabase()
const { db } = database
const ears: ReturnType<typeof openEar>[] = []
afterEach(async () => void (await Promise.all(ears.splice(0).map((ear) => ear.end()))))

/** A web process with one page open, that may see these agendas; it listens already. */
async function pageOf(open: readonly number[]) {
  const ear = openEar(database.url)
  ears.push(ear)
  const reader = openLiveStream((id) => open.includes(id), { ear }).getReader()
  const decoder = new TextDecoder()
  const next = async () => decoder.decode((await reader.read()).value)
  expect(await next()).toContain('pret')
  await expect
    .poll(() => db.execute(sql`select 1 from pg_stat_activity where application_name = 'rdv-live'`))
    .toHaveLength(ears.length)
  return { next, reader, ear }
}
const notify = async (ids: string) => void (await db.execute(sql`select pg_notify(${AGENDA_CHANNEL}, ${ids})`))

test('two processes hear of the same change, each page of the agendas it may see alone', async () => {
  const [mine, theirs] = [await pageOf([1, 2]), await pageOf([3])]
  // Until both listen, what is said is lost: said again, it is heard.
  const saying = setInterval(() => void notify('1,3,4'), 50)
  expect(await mine.next()).toBe('event: agendas\ndata: [1]\n\n')
  expect(await theirs.next()).toBe('event: agendas\ndata: [3]\n\n')
  clearInterval(saying)
})

test('a connection lost comes back, and says that something may have been missed', async () => {
  const page = await pageOf([1])
  const saying = setInterval(() => void notify('1'), 50)
  expect(await page.next()).toContain('[1]')
  clearInterval(saying)
  await db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rdv-live' and pid <> pg_backend_pid()`,
  )
  let heard = ''
  // What was said just before the connection fell may come first.
  while (!heard.includes('"any"')) heard = await page.next()
  expect(heard).toBe('event: agendas\ndata: "any"\n\n')
})

test('a server that stops closes its streams', async () => {
  const page = await pageOf([1])
  await page.ear.end()
  expect((await page.reader.read()).done).toBe(true)
})
