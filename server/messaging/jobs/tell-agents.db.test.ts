import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, aSuperAdmin, bookingQuestion, ctxFor, heldNow, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { createSeries } from '@/server/booking/commands/create-series'
import { rescheduleRdv } from '@/server/booking/commands/reschedule-rdv'
import { setStatus } from '@/server/booking/commands/set-status'
import { WARNING_KINDS } from '@/server/booking/rules/warnings'
import type { RescheduleRdv } from '@/server/booking/schema'
import type { AgentActor } from '@/server/kernel/actor'
import { listRdvMessages } from '../queries/rdv-messages'
import { MESSAGES_LISTED } from '../rules/messages'
import { sendMessage } from './send-message'
import { tellAgents } from './tell-agents'

/** Tuesday 2 March 2027 at nine in Paris: tomorrow. */
const NINE = new Date('2027-03-02T08:00:00Z')

const { db } = await ownDatabase({ poolSize: 12 })
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
})

async function booked(motif: Parameters<typeof makeBookablePlace>[1] = {}) {
  const place = await makeBookablePlace(db, motif)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  if (!outcome.ok) throw new Error(outcome.reason)
  const [mine] = place.agents
  if (!mine) throw new Error('no agent')
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
  const colleague = await makeAgent(db, here, { firstName: 'Inès', lastName: `Collègue ${outcome.value.rdvId}` })
  return { place, rdvId: outcome.value.rdvId, mine, colleague }
}
type Booked = Awaited<ReturnType<typeof booked>>

/** What was written to agents once all that waits left, in the order it did. */
async function told(rdvId: number, { isSettled = false, now = NOW } = {}) {
  await db.execute(sql`delete from captured_messages`)
  await tellAgents(ctxFor(db, { now }), { rdvId, isSettled })
  return sent(now)
}

async function sent(now = NOW) {
  const waiting = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where state = 'waiting' order by id`,
  )
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now }), { messageId: id })
  const rows = await db.execute<{ recipient: string; subject: string; text: string }>(
    sql`select recipient, subject, text from captured_messages order by id`,
  )
  return rows.map(({ recipient, ...said }) => {
    const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ')
    return { recipient, subject: plain(said.subject), text: plain(said.text) }
  })
}

const setLevel = (agentId: number, level: string) =>
  db.execute(sql`update agents set rdv_notifications = ${level} where id = ${agentId}`)

async function move({ place, rdvId }: Booked, by: number | AgentActor, over: Partial<RescheduleRdv>) {
  const actor = typeof by === 'number' ? adminOf(place, by) : by
  const held = { ...(await heldNow(db, rdvId)), ...over }
  const outcome = await rescheduleRdv({ ...ctxFor(db, { actor }), actor }, held)
  if (!outcome.ok) throw new Error(outcome.reason)
}
const atTen = { startAt: new Date('2027-03-02T09:00:00Z') }

const fates = async (rdvId: number) => {
  const rows = await db.execute<{ state: string; failure: string | null }>(
    sql`select state, failure from messages where rdv_id = ${rdvId} and agent_id is not null order by id`,
  )
  return rows.map(({ state, failure }) => failure ?? state)
}

describe('a new RDV', () => {
  test('is told at once, once, with the name in the mail and not in its subject, and a link', async () => {
    const { rdvId, mine, place } = await booked()
    const [mail, ...others] = await told(rdvId)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ recipient: mine.email })
    expect(mail?.subject).toMatch(/Nouveau RDV : mardi 2 mars à 9 h$/)
    expect(mail?.text).toContain('Pour : Léa Martin')
    expect(mail?.text).toContain(`Où : ${place.lieu.name}`)
    expect(mail?.text).toContain('Par : l’usager, en ligne')
    expect(mail?.text).toContain(`/agent/rdvs/${rdvId}`)
    expect(await told(rdvId, { isSettled: true })).toEqual([])
  })

  test('told by eight workers at once, and sent by eight, is told once', async () => {
    const { rdvId } = await booked()
    await Promise.all(Array.from({ length: 8 }, () => tellAgents(ctxFor(db), { rdvId, isSettled: false })))
    const rows = await db.execute<{ id: number }>(
      sql`select id::float8 as id from messages where rdv_id = ${rdvId} and agent_id is not null`,
    )
    expect(rows).toHaveLength(1)
    const messageId = rows[0]?.id ?? 0
    await Promise.all(Array.from({ length: 8 }, () => sendMessage(ctxFor(db), { messageId })))
    expect(await sent()).toHaveLength(1)
  })

  test('whose worker was killed while sending is kept once more, and once', async () => {
    const { rdvId } = await booked()
    await tellAgents(ctxFor(db), { rdvId, isSettled: false })
    const [row] = await db.execute<{ id: number }>(
      sql`update messages set state = 'sending' where rdv_id = ${rdvId} and agent_id is not null returning id::float8 as id`,
    )
    await sendMessage(ctxFor(db), { messageId: row?.id ?? 0 })
    await sendMessage(ctxFor(db), { messageId: row?.id ?? 0 })
    expect(await sent()).toHaveLength(1)
  })

  test('of a confidential motif names nothing but when and where', async () => {
    const { rdvId } = await booked({ motif: { isConfidential: true, name: 'Contraception' } })
    const [mail] = await told(rdvId)
    expect(mail?.text).not.toMatch(/Contraception|Léa|Martin/)
    expect(mail?.text).toContain('Le motif et les noms ne sont pas écrits')
  })

  test.each([
    ['its first date, for all', '2027-03-02', 'Dates : 3 RDV, celui-ci le premier'],
    ['the first of its dates to come, when one is past', '2027-02-23', 'Dates : 2 RDV, celui-ci le premier'],
  ])('of a series is told by %s', async (_, firstDay, expected) => {
    const { place, mine, colleague } = await booked()
    const usager = await makeUsager(db, place.territory.id)
    const actor = adminOf(place, colleague.id)
    const first = Date.parse(`${firstDay}T09:00:00Z`)
    const outcome = await createSeries(
      { ...ctxFor(db, { actor }), actor },
      {
        ...{ motifId: place.motif.id, lieuId: place.lieu.id, agentIds: [mine.id], usagerIds: [usager.id] },
        dates: [0, 7, 14].map((days) => ({
          startAt: new Date(first + days * 86_400_000),
          acknowledged: [...WARNING_KINDS],
        })),
      },
    )
    if (!outcome.ok) throw new Error(JSON.stringify(outcome))
    const rows = await db.execute<{ id: number }>(sql`
      select id::float8 as id from rdvs where series_id is not null and territory_id = ${place.territory.id} order by id`)
    const mails = []
    for (const { id } of rows) mails.push(...(await told(id)))
    expect(rows).toHaveLength(3)
    expect(mails.map(({ text }) => /Dates : .*/.exec(text)?.[0])).toEqual([expected])
  })
})

describe('a change', () => {
  test('to whoever left the organisation says when they are taken, and nothing more; to whoever left them all, nothing', async () => {
    for (const worksElsewhere of [true, false]) {
      const one = await booked()
      await told(one.rdvId)
      if (worksElsewhere) {
        const elsewhere = await makeBookablePlace(db, { within: one.place })
        await db.execute(sql`
          insert into agent_roles (territory_id, organisation_id, agent_id, level)
          values (${elsewhere.territory.id}, ${elsewhere.organisation.id}, ${one.mine.id}, 'basic')`)
      }
      await db.execute(
        sql`delete from agent_roles where agent_id = ${one.mine.id} and organisation_id = ${one.place.organisation.id}`,
      )
      await move(one, one.colleague.id, atTen)
      const mails = await told(one.rdvId, { isSettled: true })
      expect(mails).toHaveLength(worksElsewhere ? 1 : 0)
      for (const { text } of mails) {
        expect(text).toContain('Quand : mardi 2 mars à 10 h')
        expect(text).toContain('Au lieu du : mardi 2 mars à 9 h')
        expect(text).not.toMatch(/Léa|Martin|Motif|Où|Organisation|Par :|agent\/rdvs/)
      }
    }
  })

  test('by a colleague waits two minutes under one job, then says who, and from when to when', async () => {
    const one = await booked()
    await told(one.rdvId)
    await move(one, one.colleague.id, atTen)
    expect(await told(one.rdvId)).toEqual([])
    const jobs = await db.execute<{ payload: { rdvId: number } }>(sql`
      select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'tell-agents'`)
    expect(jobs.filter(({ payload }) => payload.rdvId === one.rdvId)).toHaveLength(1)
    const [mail] = await told(one.rdvId, { isSettled: true })
    expect(mail?.subject).toMatch(/RDV changé : mardi 2 mars à 10 h$/)
    expect(mail?.text).toContain('Au lieu du : mardi 2 mars à 9 h')
    expect(mail?.text).toContain(`Par : Inès Collègue ${one.rdvId}`)
    expect(mail?.text).toContain('Répondre à cet e-mail écrit à cette personne.')
  })

  test('moved and moved back by a colleague is none', async () => {
    const one = await booked()
    await told(one.rdvId)
    await move(one, one.colleague.id, atTen)
    await move(one, one.colleague.id, { startAt: NINE })
    expect(await told(one.rdvId, { isSettled: true })).toEqual([])
  })

  test.each([
    ['all', 1],
    ['others', 0],
    ['soon', 0],
    ['none', 0],
  ] as const)('of one’s own, at the level %s, makes %i mail', async (level, count) => {
    const one = await booked()
    await told(one.rdvId)
    await setLevel(one.mine.id, level)
    await move(one, one.mine.id, atTen)
    expect(await told(one.rdvId, { isSettled: true })).toHaveLength(count)
  })

  test('by the support in one’s place is somebody else’s', async () => {
    const one = await booked()
    await told(one.rdvId)
    const { superAdminId } = await aSuperAdmin(db, `support-${one.rdvId}@example.org`)
    const inMyPlace = { impersonationId: 1, superAdminId, expiresAt: NOW, isWriting: true }
    await move(one, { ...adminOf(one.place, one.mine.id), impersonation: inMyPlace }, atTen)
    const [mail] = await told(one.rdvId, { isSettled: true })
    expect(mail?.text).toContain('Par : le support')
  })

  test('of agents alone tells who is put on it and who is taken off; the latter learn no name', async () => {
    const one = await booked()
    await told(one.rdvId)
    const other = await makeAgent(db, {
      ...{ territoryId: one.place.territory.id, organisationId: one.place.organisation.id },
      serviceId: one.place.service.id,
    })
    await move(one, one.colleague.id, { agentIds: [other.id] })
    const mails = await told(one.rdvId, { isSettled: true })
    const to = (email: string | null) => mails.find(({ recipient }) => recipient === email)
    expect(mails).toHaveLength(2)
    expect(to(other.email)?.subject).toContain('RDV qui vous est confié')
    expect(to(other.email)?.text).toContain('Pour : Léa Martin')
    expect(to(one.mine.email)?.subject).toContain('RDV qui ne vous est plus confié')
    expect(to(one.mine.email)?.text).not.toMatch(/Léa|\/agent\/rdvs\//)
  })

  test('cancelled by a colleague is told; what did not leave meanwhile is not', async () => {
    const one = await booked()
    await tellAgents(ctxFor(db), { rdvId: one.rdvId, isSettled: false })
    const actor = adminOf(one.place, one.colleague.id)
    await setStatus(ctxFor(db, { actor }), { rdvId: one.rdvId, from: 'unknown', to: 'revoked' })
    expect(await sent()).toEqual([])
    expect(await fates(one.rdvId)).toEqual(['obsolete'])
    expect((await told(one.rdvId, { isSettled: true }))[0]?.subject).toMatch(/RDV annulé : mardi 2 mars à 9 h$/)
  })

  test('of an RDV nobody was told of yet, placed before agents were told, is a change', async () => {
    const one = await booked()
    await db.execute(sql`
      insert into agent_tellings (rdv_id, event_id, version, told_at)
      select ${one.rdvId}, max(id), 0, now() from events`)
    await move(one, one.colleague.id, atTen)
    expect((await told(one.rdvId, { isSettled: true }))[0]?.subject).toContain('RDV changé')
  })
})

test.each([
  ['the RDV has begun', 'too-late', () => undefined, new Date('2027-03-02T08:00:00Z')],
  ['its agent wants no mail any more', 'muted', (id: number) => setLevel(id, 'none'), NOW],
  [
    'its agent is gone',
    'muted',
    (id: number) => db.execute(sql`update agents set deleted_at = now() where id = ${id}`),
    NOW,
  ],
] as const)('judged again when it leaves: %s', async (_case, failure, meanwhile, now) => {
  const { rdvId, mine } = await booked()
  await tellAgents(ctxFor(db), { rdvId, isSettled: false })
  await meanwhile(mine.id)
  expect(await sent(now)).toEqual([])
  expect(await fates(rdvId)).toEqual([failure])
})

test('an RDV whose start is past is told of to nobody', async () => {
  const { rdvId } = await booked()
  expect(await told(rdvId, { now: NINE })).toEqual([])
})

test('the RDV’s page lists what went to its agents, apart from what went to people', async () => {
  const { rdvId, mine } = await booked()
  await told(rdvId)
  const actor = await signedInAs(db, mine.id)
  const { toPeople, toAgents, isCut } = await listRdvMessages({ ...ctxFor(db, { actor }), actor }, { rdvId })
  expect([toPeople, isCut]).toEqual([[], false])
  expect(toAgents).toMatchObject([{ news: 'placed', channel: 'mail', state: 'sent' }])
  await db.execute(sql`
    insert into messages (territory_id, rdv_id, agent_id, event_id, version, news, channel, recipient, state_at)
    select territory_id, rdv_id, agent_id, event_id + n, version + n, 'moved', channel, recipient, state_at
    from messages, generate_series(1, ${MESSAGES_LISTED}::integer) n where rdv_id = ${rdvId} and news = 'placed'`)
  const short = await listRdvMessages({ ...ctxFor(db, { actor }), actor }, { rdvId })
  expect([short.toAgents.length, short.isCut]).toEqual([MESSAGES_LISTED, true])
  const whole = await listRdvMessages({ ...ctxFor(db, { actor }), actor }, { rdvId, isWhole: true })
  expect([whole.toAgents.length, whole.isCut]).toEqual([MESSAGES_LISTED + 1, false])
})
