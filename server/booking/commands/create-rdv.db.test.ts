import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { usagerOrganisations } from '@/db/schema'
import { adminOf, ctxFor, signedInAs, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import type { AgentActor } from '@/server/kernel/actor'
import { consume, LIMITS } from '@/server/platform/limits'
import { getPlacement, listPlaceableMotifs } from '../queries/placing'
import type { CreateRdv } from '../schema'
import { createInARow } from './create-in-a-row'
import { createRdv } from './create-rdv'
import { removeAgent } from './remove-agent'

const { db } = await ownDatabase()
let here: BookablePlace
let there: BookablePlace
let question: CreateRdv
beforeEach(async () => {
  here = await makeBookablePlace(db)
  there = await makeBookablePlace(db)
  question = {
    motifId: here.motif.id,
    lieuId: here.lieu.id,
    startAt: new Date('2027-03-02T08:00:00Z'),
    agentIds: here.agents.map(({ id }) => id),
    usagerIds: [(await makeUsager(db, here.territory.id)).id],
    acknowledged: [],
  }
})

const create = (over: Partial<CreateRdv> = {}, by = here) =>
  createRdv(ctxFor(db, { actor: adminOf(by, by.agents[0]?.id ?? 0) }), { ...question, ...over })

const written = async () => {
  const [row] = await db.execute(sql`
    select (select count(*)::integer from rdvs where territory_id = ${here.territory.id}) as rdvs,
           (select count(*)::integer from events where territory_id = ${here.territory.id} and kind = 'rdv.created') as events`)
  return row
}

describe('placing an RDV', () => {
  test('writes it, and one event', async () => {
    expect(await create()).toMatchObject({ ok: true, value: { isNew: true } })
    expect(await written()).toEqual({ rdvs: 1, events: 1 })
  })

  test.each<[string, () => Partial<CreateRdv>, string]>([
    ['without any agent', () => ({ agentIds: [] }), 'agent-missing'],
    ['for nobody', () => ({ usagerIds: [] }), 'person-missing'],
    ['on site without a lieu', () => ({ lieuId: null }), 'place-missing'],
    ['at a lieu of elsewhere', () => ({ lieuId: there.lieu.id }), 'place-missing'],
    ['with an agent of elsewhere', () => ({ agentIds: there.agents.map(({ id }) => id) }), 'agent-elsewhere'],
    ['for somebody unknown', () => ({ usagerIds: [0] }), 'no-such-person'],
    ['six years ahead', () => ({ startAt: new Date('2033-03-02T08:00:00Z') }), 'bad-time'],
  ])('is refused %s', async (_case, over, reason) => {
    expect(await create(over())).toEqual({ ok: false, reason })
    expect(await written()).toEqual({ rdvs: 0, events: 0 })
  })

  test('for somebody of another territory is refused, by its sentence and by the database', async () => {
    const stranger = await makeUsager(db, there.territory.id)
    expect(await create({ usagerIds: [stranger.id] })).toEqual({ ok: false, reason: 'no-such-person' })
  })

  test('at a lieu since closed, of a motif since withdrawn, with an agent since gone or who has not answered', async () => {
    await db.execute(sql`update lieux set availability = 'disabled' where id = ${here.lieu.id}`)
    expect(await create()).toEqual({ ok: false, reason: 'place-missing' })
    await db.execute(sql`update lieux set availability = 'enabled' where id = ${here.lieu.id}`)
    const invited = { activatedAt: null, invitedAt: new Date('2027-02-01') }
    const place = { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id }
    const { id: inviteeId } = await makeAgent(db, place, invited)
    expect(await create({ agentIds: [inviteeId] })).toEqual({ ok: false, reason: 'agent-elsewhere' })
    await db.execute(sql`update agents set deleted_at = now() where id = ${here.agents[0]?.id ?? 0}`)
    expect(await create()).toEqual({ ok: false, reason: 'agent-elsewhere' })
    await db.execute(sql`update motifs set deleted_at = now() where id = ${here.motif.id}`)
    await expect(create()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('by phone wants somebody with a number, by video somewhere to send the link, at home an address', async () => {
    const { territory, organisation, service } = here
    const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
    const mother = await makeUsager(db, territory.id, { phoneE164: '+33612345678' })
    const child = await makeUsager(db, territory.id, { responsibleId: mother.id })
    const of = async (locationType: 'phone' | 'visio' | 'home') => ({
      motifId: (await makeMotif(db, place, { locationType })).id,
      lieuId: null,
    })
    const [phone, visio, home] = [await of('phone'), await of('visio'), await of('home')]
    expect(await create(phone)).toEqual({ ok: false, reason: 'phone-missing' })
    expect(await create(visio)).toEqual({ ok: false, reason: 'contact-missing' })
    const landline = await makeUsager(db, territory.id, { phoneE164: '+33321123456' })
    expect(await create({ ...visio, usagerIds: [landline.id] })).toEqual({ ok: false, reason: 'contact-missing' })
    expect(await create(home)).toEqual({ ok: false, reason: 'address-missing' })
    expect(await create({ ...phone, usagerIds: [child.id] })).toMatchObject({ ok: true })
    const at = (hour: number) => new Date(Date.UTC(2027, 2, 2, hour))
    expect(await create({ ...visio, usagerIds: [child.id], startAt: at(11) })).toMatchObject({ ok: true })
    expect(await create({ ...home, homeAddress: '3 rue X', startAt: at(13) })).toMatchObject({ ok: true })
  })

  test('over another one is refused, unless knowingly', async () => {
    await create()
    const another = { usagerIds: [(await makeUsager(db, here.territory.id)).id] }
    expect(await create(another)).toEqual({ ok: false, reason: 'overlap' })
    expect(await create({ ...another, acknowledged: ['overlap'] })).toMatchObject({ ok: true })
    expect(await written()).toEqual({ rdvs: 2, events: 2 })
  })

  test('sent twice, or by two windows at once, is placed once', async () => {
    const answers = await Promise.all([create(), create(), create()])
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(new Set(answers.map((one) => one.ok && one.value.rdvId)).size).toBe(1)
    expect(answers.filter((one) => one.ok && one.value.isNew)).toHaveLength(1)
    expect(await written()).toEqual({ rdvs: 1, events: 1 })
  })

  test('twenty at once over one time of an agent: one stands', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => makeUsager(db, here.territory.id)))
    const answers = await Promise.all(people.map(({ id }) => create({ usagerIds: [id] })))
    expect(tally(answers)).toEqual({ done: 1, overlap: 19 })
  })

  test('what one is warned of is passed over only knowingly', async () => {
    const startAt = new Date('2027-02-27T08:00:00Z')
    expect(await create({ startAt })).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await create({ startAt, acknowledged: ['past'] })).toMatchObject({ ok: true })
    // The same motif, the same day.
    const later = { startAt: new Date('2027-02-27T11:00:00Z'), acknowledged: ['past' as const] }
    expect(await create(later)).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await create({ ...later, acknowledged: ['past', 'same-day'] })).toMatchObject({ ok: true })
  })

  test('messages go as the motif says, or to those chosen for this RDV', async () => {
    const [first, second] = [await makeUsager(db, here.territory.id), await makeUsager(db, here.territory.id)]
    const usagerIds = [first.id, second.id]
    const told = { lifecycleIds: [first.id], reminderIds: [first.id, second.id] }
    const chosen = await create({ usagerIds, told, context: 'Première visite' })
    const usual = await create({ usagerIds, startAt: new Date('2027-03-02T13:00:00Z'), acknowledged: ['same-day'] })
    const toldOf = (outcome: typeof chosen) =>
      db.execute(sql`
        select notifies_lifecycle as now, notifies_reminder as later from participations
        where rdv_id = ${outcome.ok ? outcome.value.rdvId : 0} order by usager_id`)
    expect([...(await toldOf(chosen))]).toEqual([
      { now: true, later: true },
      { now: false, later: true },
    ])
    expect([...(await toldOf(usual))]).toEqual([
      { now: true, later: true },
      { now: true, later: true },
    ])
  })

  test('opens the file of who comes, says so in its history, and lets nobody go through the numbers', async () => {
    const { points, ...limit } = LIMITS.filesReceivedPerAgent
    const actor = adminOf(here, here.agents[0]?.id ?? 0)
    const ctx = ctxFor(db, { actor })
    const told = async () => {
      const [row] = await db.execute<{ count: number }>(sql`
        select count(*)::integer as count from events where kind = 'usager.received' and subject_id = ${question.usagerIds[0]}`)
      return row?.count
    }
    await consume(ctx, { points, ...limit }, String(actor.agentId), points - 1)
    expect(await create()).toMatchObject({ ok: true })
    expect(await told()).toBe(1)
    const later = { startAt: new Date('2027-03-03T10:00:00Z') }
    expect(await create(later)).toMatchObject({ ok: true })
    expect(await told()).toBe(1)
    const stranger = { usagerIds: [(await makeUsager(db, here.territory.id)).id] }
    await expect(create({ ...stranger, startAt: new Date('2027-03-04T12:00:00Z') })).rejects.toMatchObject({
      code: 'rate-limited',
    })
    expect(await written()).toEqual({ rdvs: 2, events: 2 })
  })

  test('is not for an agent of elsewhere', async () => {
    await expect(create({}, there)).rejects.toMatchObject({ code: 'not-found' })
    expect(await written()).toEqual({ rdvs: 0, events: 0 })
  })
})

test('in an organisation of three hundred agents and more, each may be placed with', async () => {
  const place = { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id }
  await db.execute(sql`update agents set last_name = 'zzz' where id = ${here.agents[0]?.id ?? 0}`)
  await Promise.all(Array.from({ length: 300 }, () => makeAgent(db, place)))
  expect(await create()).toMatchObject({ ok: true })
}, 30_000)

test('write on one agenda places in it, and in no other', async () => {
  const actor: AgentActor = {
    ...adminOf(here, 999_999),
    memberships: [
      { organisationId: there.organisation.id, territoryId: here.territory.id, level: 'basic', isSecretary: false },
    ],
    serviceIds: [],
    scopes: [
      {
        level: 'write',
        territoryId: here.territory.id,
        agentIds: question.agentIds,
        organisationIds: 'any',
        serviceIds: 'any',
      },
    ],
  }
  const other = await makeAgent(db, {
    territoryId: here.territory.id,
    organisationId: here.organisation.id,
    serviceId: here.service.id,
  })
  const ctx = ctxFor(db, { actor })
  expect((await listPlaceableMotifs(ctx, {})).map(({ id }) => id)).toEqual([here.motif.id])
  expect(await createRdv(ctx, { ...question, agentIds: [other.id] })).toEqual({ ok: false, reason: 'agent-elsewhere' })
  expect(await createRdv(ctx, question)).toMatchObject({ ok: true, value: { isNew: true } })
})

test('whoever is being taken out of the organisation at this moment is placed with before, or not at all', async () => {
  const place = { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id }
  const admin = await signedInAs(db, (await makeAgent(db, place, { level: 'admin' })).id)
  const agentId = question.agentIds[0] ?? 0
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  let hold: () => void = () => undefined
  const isHeld = new Promise<void>((resolve) => (hold = resolve))
  const blocker = db.transaction(async (tx) => {
    await tx.execute(sql`select id from agents where id = ${agentId} for no key update`)
    hold()
    await held
  })
  await isHeld
  const isQueued = async (count: number) => {
    const [row] = await db.execute<{ waiting: number }>(
      sql`select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    expect(row?.waiting).toBeGreaterThanOrEqual(count)
  }
  const leaving = { organisationId: here.organisation.id, agentId, acknowledged: [] }
  const removed = removeAgent(ctxFor(db, { actor: admin }), leaving)
  await vi.waitFor(() => isQueued(1), 5000)
  const placed = create()
  await vi.waitFor(() => isQueued(2), 5000)
  release()
  await blocker
  const answers = await Promise.all([removed, placed])
  expect(answers.map(({ ok }) => ok)).toEqual([true, false])
})

test('where an agent beyond reach receives is not suggested', async () => {
  const agentIds = there.agents.map(({ id }) => id)
  const ctx = ctxFor(db, { actor: adminOf(here, question.agentIds[0] ?? 0) })
  const asked = { motifId: here.motif.id, usagerIds: [], startAt: question.startAt }
  expect(await getPlacement(ctx, { ...asked, agentIds })).toMatchObject({ suggestedLieuId: null, warnings: null })
  expect((await getPlacement(ctx, { ...asked, agentIds: question.agentIds })).suggestedLieuId).toBe(here.lieu.id)
})

describe('one after the other', () => {
  const family = async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => makeUsager(db, here.territory.id)))
    return people.map(({ id }) => id)
  }
  const createRow = (usagerIds: number[], over: Partial<CreateRdv> = {}) =>
    createInARow(ctxFor(db, { actor: adminOf(here, here.agents[0]?.id ?? 0) }), { ...question, usagerIds, ...over })

  test('each person has their own RDV, without a hole, in the order given', async () => {
    const [first = 0, second = 0, third = 0] = await family()
    expect(await createRow([third, first, second])).toMatchObject({ ok: true, value: { isNew: true } })
    const rows = await db.execute(sql`
      select p.usager_id::integer as usager, r.starts_at at time zone 'UTC' as starts from rdvs r join participations p on p.rdv_id = r.id
      where r.territory_id = ${here.territory.id} order by r.starts_at`)
    expect([...rows].map(({ usager }) => usager)).toEqual([third, first, second])
    expect([...rows].map(({ starts }) => String(starts).slice(11, 16))).toEqual(['08:00', '08:30', '09:00'])
  })

  test('what is refused to one is refused to all', async () => {
    await create({ startAt: new Date('2027-03-02T09:00:00Z') })
    expect(await createRow(await family())).toEqual({ ok: false, reason: 'overlap' })
    expect(await written()).toEqual({ rdvs: 1, events: 1 })
    expect(await createRow([])).toEqual({ ok: false, reason: 'person-missing' })
  })
})

describe('what one may be warned of', () => {
  test('an absence not excused counts within reach alone', async () => {
    const person = question.usagerIds[0] ?? 0
    await db.insert(usagerOrganisations).values({
      territoryId: here.territory.id,
      organisationId: here.organisation.id,
      usagerId: person,
    })
    const sister = await makeBookablePlace(db, { within: here })
    await createRdv(ctxFor(db, { actor: adminOf(sister, sister.agents[0]?.id ?? 0) }), {
      ...question,
      motifId: sister.motif.id,
      lieuId: sister.lieu.id,
      agentIds: sister.agents.map(({ id }) => id),
    })
    await db.execute(sql`update participations set status = 'noshow' where usager_id = ${person}`)
    expect(await create()).toMatchObject({ ok: true })
    await db.execute(sql`update participations set status = 'noshow' where usager_id = ${person}`)
    const startAt = new Date('2027-03-04T08:00:00Z')
    expect(await create({ startAt })).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await create({ startAt, acknowledged: ['no-shows'] })).toMatchObject({ ok: true })
  })
})
