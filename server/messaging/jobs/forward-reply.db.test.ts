import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { inTransaction } from '@/server/platform/ctx'
import { done } from '@/server/kernel/outcome'
import { startMailbox } from '@/server/worker.test-model'
import { queueForwards } from '../store/replies'
import { forwardReply } from './forward-reply'
import { sealed } from './take-reply'

const NINE = new Date('2027-03-02T08:00:00Z')
const says = new Map<string, 'later' | 'never'>()
let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
let mailbox: Awaited<ReturnType<typeof startMailbox>>

beforeAll(async () => {
  mailbox = await startMailbox({ says: (to) => says.get(to) ?? 'yes', taken: () => true })
  // Read once, at its first use.
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', mailbox.url)
  vi.stubEnv('SUPPORT_MAIL', 'support@rdv.example')
  database = await cloneDatabase()
  db = database.db
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await mailbox.close()
  await database.close()
})

const waiting = () =>
  db.execute<{ id: number; since: number }>(
    sql`select id::float8 as id, extract(epoch from created_at)::float8 * 1000 as since from reply_forwards order by id`,
  )

test('an answer that a mailbox refuses is read by the next of them, to the support in the end; later is no refusal', async () => {
  const place = await makeBookablePlace(db)
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  const [agent] = place.agents
  if (!booked.ok || !agent?.email) throw new Error('no RDV')
  const { rdvId } = booked.value
  await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${place.organisation.id}`)
  const [person] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from participations where rdv_id = ${rdvId}`,
  )
  const words = { text: 'Mots de Léa', fileNames: [], isFromElsewhere: false, from: 'lea@example.org', subject: null }
  const line = { rdvId, territoryId: place.territory.id, participationId: person?.id ?? 0, agentId: agent.id }
  await inTransaction(ctxFor(db), async (tx) => done(await queueForwards(tx, [{ ...sealed(words), ...line }])))
  const now = new Date(NOW.getTime() + 3_600_000)
  const forward = async () => forwardReply(ctxFor(db, { now }), { forwardId: (await waiting())[0]?.id ?? 0 })

  says.set(agent.email, 'later')
  await expect(forward()).rejects.toThrow()
  says.set(agent.email, 'never').set('mds@example.org', 'never')
  await forward()
  // Its seven days go on from when it was answered.
  expect((await waiting()).map(({ since }) => since)).toEqual([NOW.getTime()])
  await forward()
  await forward()
  expect(await waiting()).toEqual([])
  expect(mailbox.received.map(({ to }) => to)).toEqual(['support@rdv.example'])
})
