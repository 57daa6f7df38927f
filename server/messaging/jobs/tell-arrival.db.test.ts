import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { setArrival } from '@/server/booking/commands/set-arrival'
import { setStatus } from '@/server/booking/commands/set-status'
import { onArrivalSet } from '../reactions'
import { sendMessage } from './send-message'
import { tellAgents } from './tell-agents'

/** Tuesday 2 March 2027 in Paris: the RDV is at nine, its person comes at five past. */
const NINE = new Date('2027-03-02T08:00:00Z')
const FIVE_PAST = new Date('2027-03-02T08:05:00Z')
const TEN_PAST = new Date('2027-03-02T08:10:00Z')

const { db } = await ownDatabase({ poolSize: 12 })
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
})

async function booked(motif: Parameters<typeof makeBookablePlace>[1] = {}) {
  const place = await makeBookablePlace(db, motif)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  if (!outcome.ok) throw new Error(outcome.reason)
  const [mine] = place.agents
  if (!mine) throw new Error('no agent')
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
  const colleague = await makeAgent(db, here, { firstName: 'Inès', lastName: 'Accueil' })
  await wants(mine.id, 'all')
  const set = async (isHere: boolean, { by = colleague.id, now = FIVE_PAST } = {}) => {
    const actor = adminOf(place, by)
    const { rdvId, participationId } = outcome.value
    const done = await setArrival({ ...ctxFor(db, { actor, now }), actor }, { rdvId, participationId, isHere })
    if (!done.ok) throw new Error(done.reason)
  }
  return { ...{ place, mine, colleague, set }, ...outcome.value }
}
type Booked = Awaited<ReturnType<typeof booked>>

const wants = (agentId: number, arrivals: 'all' | 'none', level = 'others') =>
  db.execute(
    sql`update agents set arrival_notifications = ${arrivals}, rdv_notifications = ${level} where id = ${agentId}`,
  )

/** Every fact of this RDV's waiting room is heard by two workers. */
async function heard({ rdvId }: Booked, now = FIVE_PAST) {
  const facts = await db.execute<{ id: number; payload: { participationId: number; isHere: boolean } }>(sql`
    select id::float8 as id, payload from events where kind = 'rdv.arrival-set' and subject_id = ${rdvId} order by id`)
  for (const { id, payload } of facts) {
    const event = { id, kind: 'rdv.arrival-set', territoryId: 1, subject: { kind: 'rdv', id: rdvId }, payload } as const
    await Promise.all([1, 2].map(() => onArrivalSet(ctxFor(db, { now }), event)))
  }
}

async function sent(now = FIVE_PAST) {
  const waiting = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where state = 'waiting' order by id`,
  )
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now }), { messageId: id })
  const rows = await db.execute<{ recipient: string; subject: string; text: string }>(
    sql`select recipient, subject, text from captured_messages order by id`,
  )
  const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ')
  return rows.map((row) => ({ ...row, subject: plain(row.subject), text: plain(row.text) }))
}
const fates = async () => {
  const rows = await db.execute<{ fate: string }>(
    sql`select coalesce(failure, state) as fate from messages where news = 'arrived' order by id`,
  )
  return rows.map(({ fate }) => fate)
}

test('somebody came, though the RDV has begun: its agent is told, once, by a mail whose subject names nobody', async () => {
  const one = await booked()
  await one.set(true)
  await heard(one)
  const [mail, ...others] = await sent()
  expect(others).toEqual([])
  expect(mail).toMatchObject({ recipient: one.mine.email })
  expect(mail?.subject).toMatch(/Usager arrivé : RDV de 9 h$/)
  expect(mail?.text).toContain('Arrivée : Léa Martin, à 9 h 05')
  expect(mail?.text).toContain('Par : Inès Accueil')
  expect(mail?.text).toContain(`/agent/rdvs/${one.rdvId}`)
  await heard(one, TEN_PAST)
  expect(await sent(TEN_PAST)).toHaveLength(1)
})

test('of a confidential motif, neither its name nor anybody’s', async () => {
  const one = await booked({ motif: { isConfidential: true, name: 'Contraception' } })
  await one.set(true)
  await heard(one)
  const [mail] = await sent()
  expect(mail?.text).toContain('Arrivée : à 9 h 05')
  expect(mail?.text).not.toMatch(/Contraception|Léa|Martin/)
})

test.each([
  ['who did not ask', 'none', 'others', 'colleague', []],
  ['who noted it themselves', 'all', 'others', 'mine', []],
  ['who noted it themselves and wants everything', 'all', 'all', 'mine', ['waiting']],
  ['who wants no mail of their RDVs', 'all', 'none', 'colleague', []],
] as const)('to %s', async (_case, arrivals, level, by, expected) => {
  const one = await booked()
  await wants(one.mine.id, arrivals, level)
  await one.set(true, { by: one[by].id })
  await heard(one)
  expect(await fates()).toEqual(expected)
})

test('taken back before it leaves, or followed by how it went, it says nothing; come again, it says so', async () => {
  const one = await booked()
  await one.set(true)
  await heard(one)
  await one.set(false)
  expect(await sent()).toEqual([])
  await one.set(true, { now: TEN_PAST })
  await heard(one, TEN_PAST)
  expect(await sent(TEN_PAST)).toHaveLength(1)
  expect(await fates()).toEqual(['obsolete', 'sent'])

  const other = await booked()
  await other.set(true)
  await heard(other)
  const actor = adminOf(other.place, other.colleague.id)
  await setStatus(ctxFor(db, { actor, now: TEN_PAST }), { rdvId: other.rdvId, from: 'unknown', to: 'seen' })
  expect(await sent(TEN_PAST)).toHaveLength(1)
  expect((await fates()).at(-1)).toBe('obsolete')
})

test('is dropped the day after, from whoever is no longer on the RDV, and from who changed their mind', async () => {
  for (const [meanwhile, now, fate] of [
    [() => undefined, new Date('2027-03-03T08:00:00Z'), 'too-late'],
    [(id: number) => db.execute(sql`delete from agent_times where agent_id = ${id}`), FIVE_PAST, 'obsolete'],
    [(id: number) => wants(id, 'none'), FIVE_PAST, 'muted'],
  ] as const) {
    const one = await booked()
    await one.set(true)
    await heard(one)
    await meanwhile(one.mine.id)
    expect(await sent(now)).toEqual([])
    expect((await fates()).at(-1)).toBe(fate)
  }
})

test('it neither overtakes what is told of the RDV, nor is overtaken by it', async () => {
  const one = await booked()
  const eight = new Date('2027-03-02T07:00:00Z')
  await tellAgents(ctxFor(db, { now: eight }), { rdvId: one.rdvId, isSettled: true })
  await one.set(true, { now: eight })
  await heard(one, eight)
  const subjects = (await sent(eight)).map(({ subject }) => subject)
  expect(subjects).toHaveLength(2)
  expect(subjects[0]).toMatch(/Nouveau RDV/)
  expect(subjects[1]).toMatch(/Usager arrivé/)
})

test('whoever left the organisation learns that they are awaited, and no name', async () => {
  const one = await booked()
  const elsewhere = await makeBookablePlace(db)
  await db.execute(sql`
    update agent_roles set territory_id = ${elsewhere.territory.id}, organisation_id = ${elsewhere.organisation.id}
    where agent_id = ${one.mine.id}`)
  await one.set(true)
  await heard(one)
  const [mail] = await sent()
  expect(mail?.subject).toMatch(/Usager arrivé : RDV de 9 h$/)
  expect(mail?.text).not.toMatch(/Léa|Martin|Inès|\/agent\/rdvs\//)
})
