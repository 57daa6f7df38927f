import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { inTransaction } from '@/server/platform/ctx'
import { done } from '@/server/kernel/outcome'
import { startMailbox } from '@/server/worker.test-model'
import { queueForwards } from '../store/replies'
import { forwardReply } from './forward-reply'
import { sealed } from './take-reply'

const NINE = new Date('2027-03-02T08:00:00Z')
const says = new Map<string, 'later' | 'never'>()
const { db } = await ownDatabase()
let mailbox: Awaited<ReturnType<typeof startMailbox>>

beforeAll(async () => {
  mailbox = await startMailbox({ says: (to) => says.get(to) ?? 'yes', taken: () => true })
  // Read once, at its first use.
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', mailbox.url)
  vi.stubEnv('SUPPORT_MAIL', 'support@rdv.example')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await mailbox.close()
})

const waiting = () =>
  db.execute<{ id: number; since: number }>(
    sql`select id::float8 as id, extract(epoch from created_at)::float8 * 1000 as since from reply_forwards order by id`,
  )

beforeEach(() => {
  says.clear()
  mailbox.received.length = 0
})

/** An answer that waits for the agent of an RDV; `forward`: the job of the one that waits first. */
async function answered({ isAdmin = false, hasEmail = true } = {}) {
  const place = await makeBookablePlace(db)
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  const [agent] = place.agents
  if (!booked.ok || !agent?.email) throw new Error('no RDV')
  const { rdvId } = booked.value
  const email = hasEmail ? 'mds@example.org' : null
  await db.execute(sql`update organisations set email = ${email} where id = ${place.organisation.id}`)
  if (isAdmin) await db.execute(sql`update agent_roles set level = 'admin' where agent_id = ${agent.id}`)
  const [person] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from participations where rdv_id = ${rdvId}`,
  )
  const said = { text: 'Mots de Léa', fileNames: [], isCut: false, isWithheld: false }
  const words = { ...said, isFromElsewhere: false, from: 'lea@example.org', subject: null }
  const line = { rdvId, territoryId: place.territory.id, participationId: person?.id ?? 0, agentId: agent.id }
  const theirs = crypto.randomUUID()
  const queue = (agentId: number, answerKey = theirs) =>
    inTransaction(ctxFor(db), async (tx) =>
      done(await queueForwards(tx, { answerKey }, [{ ...sealed(words), ...line, agentId }])),
    )
  await queue(agent.id)
  const now = new Date(NOW.getTime() + 3_600_000)
  const forward = async () => forwardReply(ctxFor(db, { now }), { forwardId: (await waiting())[0]?.id ?? 0 })
  return { place, rdvId, agentEmail: agent.email, queue, forward }
}

type Place = Awaited<ReturnType<typeof makeBookablePlace>>
const hereOf = ({ territory, organisation, service }: Place) => ({
  ...{ territoryId: territory.id, organisationId: organisation.id, serviceId: service.id },
})

/** One more agent of the RDV. */
async function joined(place: Place, rdvId: number) {
  const colleague = await makeAgent(db, hereOf(place))
  await db.execute(sql`insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
    select ${colleague.id}, 'rdv', id, starts_at, ends_at, occupies from rdvs where id = ${rdvId}`)
  return colleague
}

test('an answer that a mailbox refuses is read by the next of them, to the support in the end; later is no refusal', async () => {
  const { agentEmail, forward } = await answered()

  says.set(agentEmail, 'later')
  await expect(forward()).rejects.toThrow()
  says.set(agentEmail, 'never').set('mds@example.org', 'never')
  await forward()
  // Its seven days go on from when it was answered.
  expect((await waiting()).map(({ since }) => since)).toEqual([NOW.getTime()])
  await forward()
  await forward()
  expect(await waiting()).toEqual([])
  expect(mailbox.received.map(({ to }) => to)).toEqual(['support@rdv.example'])
})

test.each([
  ['whose organisation has an address', true],
  ['whose organisation has none', false],
])('an answer %s only ever goes up, though the agents of the RDV administer it', async (_, hasEmail) => {
  const { place, rdvId, agentEmail, queue, forward } = await answered({ isAdmin: true, hasEmail })
  const [colleague, admin] = [await joined(place, rdvId), await makeAgent(db, hereOf(place))]
  await db.execute(sql`update agent_roles set level = 'admin' where agent_id in (${colleague.id}, ${admin.id})`)
  await queue(colleague.id)
  for (const to of [agentEmail, String(colleague.email), 'mds@example.org', String(admin.email)]) says.set(to, 'never')

  let jobs = 0
  while ((await waiting()).length > 0 && jobs < 20) {
    await forward()
    jobs += 1
  }
  // After its two agents, once: the organisation, if it has an address, the admin who is none of them, the support.
  expect(jobs).toBe(hasEmail ? 5 : 4)
  expect(mailbox.received.map(({ to }) => to)).toEqual(['support@rdv.example'])
})

const REFUSED = 'never'
const received = () => mailbox.received.map(({ to }) => to)

test('an answer that two agents cannot be given reaches their organisation once, each other answer too', async () => {
  const { place, rdvId, agentEmail, queue, forward } = await answered()
  const colleague = await joined(place, rdvId)
  await queue(colleague.id)
  says.set(agentEmail, REFUSED).set(String(colleague.email), REFUSED)
  await forward()
  const toColleague = await waiting()
  expect(toColleague).toHaveLength(2)
  // It has left for the organisation, and nothing is kept of it, when the second agent refuses it in turn.
  await forwardReply(ctxFor(db), { forwardId: toColleague[1]?.id ?? 0 })
  expect(received()).toEqual(['mds@example.org'])
  await forward()
  expect({ waiting: await waiting(), received: received() }).toEqual({ waiting: [], received: ['mds@example.org'] })

  await queue(colleague.id, crypto.randomUUID())
  await forward()
  await forward()
  expect(received()).toEqual(['mds@example.org', 'mds@example.org'])
})

test('nor twice when both refuse it at once', async () => {
  for (let times = 0; times < 5; times++) {
    mailbox.received.length = 0
    const { place, rdvId, agentEmail, queue } = await answered({ hasEmail: times % 2 === 0 })
    const colleague = await joined(place, rdvId)
    const admins = [await makeAgent(db, hereOf(place)), await makeAgent(db, hereOf(place))]
    for (const { id } of admins) await db.execute(sql`update agent_roles set level = 'admin' where agent_id = ${id}`)
    await queue(colleague.id)
    says.set(agentEmail, REFUSED).set(String(colleague.email), REFUSED)
    const forwardAll = async () =>
      Promise.all((await waiting()).map(({ id }) => forwardReply(ctxFor(db), { forwardId: id })))
    await forwardAll()
    await forwardAll()
    const readers = times % 2 === 0 ? ['mds@example.org'] : admins.map(({ email }) => String(email))
    expect(received().sort()).toEqual(readers.sort())
    expect(await waiting()).toEqual([])
  }
})
