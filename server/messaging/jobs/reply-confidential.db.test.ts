import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants, makeService } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from '@/server/access/rules/grants'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { insertEntry } from '@/server/booking/store/waitlist'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { inboundAddress } from '@/server/platform/mail-in/addresses'
import { forwardReply } from './forward-reply'
import { takeMail } from './take-mail'
import { tellWaiting } from './tell-waiting'
import { mailsComeIn, SUPPORT } from '../replies.test-model'

const NINE = new Date('2027-03-02T08:00:00Z')
const MDS = 'mds@example.org'
const WORDS = 'Mots très particuliers'

const { db } = await ownDatabase()
let mails = 0
mailsComeIn()

/** A confidential RDV, whose organisation opens itself as it does from its first day; the address its mail is answered at. */
async function told() {
  const place = await makeBookablePlace(db, { motif: { isConfidential: true } })
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
  const [agent] = place.agents
  if (!agent) throw new Error('no agent')
  const serviceIds = [place.service.id]
  const opened = [
    ...defaultGrantsOfMember(here, { agentId: agent.id, serviceIds }),
    ...defaultGrantsOfOrganisation(here),
  ]
  await makeGrants(db, opened)
  await db.execute(sql`update organisations set email = ${MDS} where id = ${place.organisation.id}`)
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  const [message] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where rdv_id = ${rdvId} and channel = 'mail'`,
  )
  const to = inboundAddress('mail-replies', message?.id ?? 0) ?? ''
  const joins = (serviceId: number, given: Parameters<typeof makeAgent>[2] = {}) =>
    makeAgent(db, { ...here, serviceId }, given)
  return { place, rdvId, agent, to, joins, serviceId: place.service.id }
}

const take = (to: string, now = NOW) => {
  const head = `From: lea@example.org\r\nTo: ${to}\r\nMessage-ID: <${String(mails++)}@c.example>\r\nSubject: ${WORDS}`
  return takeMail(ctxFor(db, { now }), { raw: Buffer.from(`${head}\r\n\r\n${WORDS}`), envelopeTo: to })
}
const leave = (agentId: number) => db.execute(sql`delete from agent_roles where agent_id = ${agentId}`)
const noAddress = (organisationId: number) =>
  db.execute(sql`update organisations set email = null where id = ${organisationId}`)

/** Who is told, and whether of the words, once all that waits is forwarded. */
async function forwarded() {
  for (let round = 0; round < 6; round++) {
    const jobs = await db.execute<{ id: number }>(sql`select id::float8 as id from reply_forwards order by id`)
    for (const { id } of jobs) await forwardReply(ctxFor(db), { forwardId: id })
  }
  const rows = await db.execute<{ recipient: string; subject: string; text: string; html: string }>(
    sql`delete from captured_messages where text like '%répond%' returning recipient, subject, text, html`,
  )
  return rows.map(({ recipient, ...said }) => [recipient, Object.values(said).join('\n')] as const)
}
const hasWords = async () => (await forwarded()).map(([to, said]) => [to, said.includes(WORDS)])

describe('what is answered about a confidential RDV', () => {
  test('is read by its agent, whatever their service: it is theirs', async () => {
    const { to, agent } = await told()
    await db.execute(sql`delete from agent_services where agent_id = ${agent.id}`)
    await take(to)
    expect(await hasWords()).toEqual([[agent.email, true]])
  })

  test('its agent gone, is read by those of its service who may open it, and not by their organisation', async () => {
    const { to, agent, joins, place, serviceId } = await told()
    const colleague = await joins(serviceId)
    await joins((await makeService(db, place.territory.id)).id, { level: 'admin' })
    await leave(agent.id)
    await take(to)
    expect(await hasWords()).toEqual([[colleague.email, true]])
  })

  test('without any, its organisation learns that somebody answered, not what, and what is to be done', async () => {
    const { to, agent } = await told()
    await leave(agent.id)
    await take(to)
    const [[recipient, said] = ['', ''], ...others] = await forwarded()
    expect([recipient, others]).toEqual([MDS, []])
    expect(said).not.toMatch(/particuliers|Léa|Martin|lea@example/)
    expect(said).toContain('Une personne a répondu au sujet d’un RDV confidentiel')
    expect(said).toContain('Confiez ce RDV à un agent du service')
  })

  test('and so do its admins: of the service they read it, of another they do not', async () => {
    const [one, other] = [await told(), await told()]
    for (const { agent, place } of [one, other]) {
      await leave(agent.id)
      await noAddress(place.organisation.id)
    }
    const theirs = await one.joins(one.serviceId, { level: 'admin' })
    const stranger = await other.joins((await makeService(db, other.place.territory.id)).id, { level: 'admin' })
    await take(one.to)
    expect(await hasWords()).toEqual([[theirs.email, true]])
    await take(other.to)
    expect(await hasWords()).toEqual([[stranger.email, false]])
  })

  test('a colleague of the service to whom no right opens it does not read it', async () => {
    const { to, agent, joins, place, serviceId } = await told()
    await joins(serviceId)
    await db.execute(sql`delete from grants where territory_id = ${place.territory.id}`)
    await leave(agent.id)
    await take(to)
    expect(await hasWords()).toEqual([[MDS, false]])
  })

  test('when nobody is left, the support learns who answered, not what', async () => {
    const { to, agent, place } = await told()
    await leave(agent.id)
    await noAddress(place.organisation.id)
    await take(to)
    const [[recipient, said] = ['', ''], ...others] = await forwarded()
    expect([recipient, others]).toEqual([SUPPORT, []])
    expect(said).toContain('lea@example.org')
    expect(said).not.toContain('particuliers')
  })

  test('a month after it, no more', async () => {
    const { to } = await told()
    expect(await take(to, new Date(NINE.getTime() + 40 * 86_400_000))).toEqual({ ok: true, value: 'to-support' })
    expect(await hasWords()).toEqual([[SUPPORT, false]])
  })

  test('who loses the right to open it while it waits does not read it', async () => {
    const { to, agent, joins, serviceId } = await told()
    const colleague = await joins(serviceId)
    await leave(agent.id)
    await take(to)
    await db.execute(sql`delete from agent_services where agent_id = ${colleague.id}`)
    expect(await hasWords()).toEqual([[colleague.email, false]])
  })

  test('made confidential while it waits, it goes to nobody else any more', async () => {
    const { to, agent, place } = await told()
    await db.execute(sql`update motifs set is_confidential = false where id = ${place.motif.id}`)
    await leave(agent.id)
    await take(to)
    await db.execute(sql`update motifs set is_confidential = true where id = ${place.motif.id}`)
    expect(await hasWords()).toEqual([[MDS, false]])
  })

  test('passed on from one to the next, its words go no further than those who may open it', async () => {
    const { to, agent, joins, place, serviceId } = await told()
    const colleague = await joins(serviceId)
    await joins((await makeService(db, place.territory.id)).id, { level: 'admin' })
    await take(to)
    await leave(agent.id)
    await db.execute(sql`update agents set email = null where id = ${agent.id}`)
    expect(await hasWords()).toEqual([[colleague.email, true]])
    await take(to)
    await leave(colleague.id)
    expect(await hasWords()).toEqual([[MDS, false]])
  })
})

test('by who waits for a confidential RDV, it is read by the agents of its service, else its organisation learns of it', async () => {
  const { place, joins, serviceId, agent } = await told()
  const usager = sql`select id::float8 as id from usagers where territory_id = ${place.territory.id} limit 1`
  const [person] = await db.execute<{ id: number }>(usager)
  const line = { territoryId: place.territory.id, motifId: place.motif.id, lieuId: place.lieu.id }
  const entry = { ...line, usagerId: person?.id ?? 0, contactEmail: 'lea@example.org' }
  const made = await inTransaction<number | null, never>(ctxFor(db), async (tx) => done(await insertEntry(tx, entry)))
  await tellWaiting(ctxFor(db), { entryId: (made.ok ? made.value : null) ?? 0 })
  const [message] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where entry_id is not null and channel = 'mail' order by id desc limit 1`,
  )
  const to = inboundAddress('mail-replies', message?.id ?? 0) ?? ''
  await joins((await makeService(db, place.territory.id)).id, { level: 'admin' })
  await joins(serviceId, { level: 'intervenant' })
  await take(to)
  expect(await hasWords()).toEqual([[agent.email, true]])
  await leave(agent.id)
  await take(to)
  expect(await hasWords()).toEqual([[MDS, false]])
})
