import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookingQuestion as question, ctxFor, NOW, standing, tally } from '@/db/testing/booking'
import { recording } from '@/scripts/bench/statements'
import { idsSql } from '@/server/platform/sql'
import { bookSlot } from './book-slot'

/** Tuesday 2 March 2027, 9:00 in Paris. */
const NINE = new Date('2027-03-02T08:00:00Z')
const CLIENTS = 200

const { db } = await ownDatabase({ poolSize: CLIENTS })

const anonymous = (now = NOW) => ctxFor(db, { now })

describe('booking a slot', () => {
  test('writes the RDV, the agent’s time, the person, the link and the ledger row, together', async () => {
    const place = await makeBookablePlace(db)
    const outcome = await bookSlot(anonymous(), question(place, NINE))
    expect(outcome.ok).toBe(true)
    const [row] = await db.execute(sql`
      select r.status, r.starts_at = ${NINE.toISOString()}::timestamptz as on_time, t.agent_id::integer, t.exclusive, p.status as participation,
             l.token_hash is not null as sealed, e.kind,
             exists (select from outbox where event_id = e.id and kind = e.kind) as waits
      from rdvs r join agent_times t on t.rdv_id = r.id join participations p on p.rdv_id = r.id
      join rdv_links l on l.participation_id = p.id join events e on e.subject_kind = 'rdv' and e.subject_id = r.id
      where r.territory_id = ${place.territory.id}`)
    expect(row).toEqual({
      status: 'unknown',
      on_time: true,
      agent_id: place.agents[0]?.id,
      exclusive: true,
      participation: 'unknown',
      sealed: true,
      kind: 'rdv.booked',
      waits: true,
    })
  })

  test('sent twice, books once', async () => {
    const place = await makeBookablePlace(db)
    const same = question(place, NINE)
    const outcomes = await Promise.all([
      bookSlot(anonymous(), same),
      bookSlot(anonymous(), same),
      bookSlot(anonymous(), same),
    ])
    expect(tally(outcomes)).toEqual({ done: 3 })
    expect(await standing(db, place)).toMatchObject({ rdvs: 1, people: 1 })
    const ids = outcomes.map((outcome) => (outcome.ok ? outcome.value.rdvId : null))
    expect(new Set(ids).size).toBe(1)
  })

  test('sent again with another time is a new question, not a silent confirmation', async () => {
    const place = await makeBookablePlace(db)
    const first = question(place, NINE)
    await bookSlot(anonymous(), first)
    const later = await bookSlot(anonymous(), { ...first, startAt: new Date('2027-03-02T08:30:00Z') })
    expect(later).toEqual({ ok: false, reason: 'booked-otherwise' })
  })

  test.each([
    ['off the grid', '2027-03-02T08:10:00Z', 'not-offered'],
    ['outside the opening', '2027-03-02T14:00:00Z', 'not-offered'],
    ['in the past', '2027-02-28T08:00:00Z', 'slot-past'],
    ['beyond the booking horizon', '2027-12-01T08:00:00Z', 'not-offered'],
  ])('refuses a start %s and stores nothing', async (_case, at, reason) => {
    const place = await makeBookablePlace(db)
    expect(await bookSlot(anonymous(), question(place, new Date(at)))).toEqual({ ok: false, reason })
    expect(await standing(db, place)).toMatchObject({ rdvs: 0, people: 0 })
  })

  test('refuses the motif of another territory', async () => {
    const place = await makeBookablePlace(db)
    const elsewhere = await makeBookablePlace(db)
    const forged = question(place, NINE, { motifIds: [elsewhere.motif.id] })
    expect(await bookSlot(anonymous(), forged)).toEqual({ ok: false, reason: 'motif-closed' })
  })

  test('refuses one RDV too many for the same person and motif, kindly', async () => {
    const place = await makeBookablePlace(db)
    const { coordinates } = question(place, NINE)
    const starts = ['2027-03-02T08:00:00Z', '2027-03-02T08:30:00Z', '2027-03-02T09:00:00Z']
    const outcomes = []
    for (const at of starts) outcomes.push(await bookSlot(anonymous(), question(place, new Date(at), { coordinates })))
    expect(tally(outcomes)).toEqual({ done: 2, 'too-many-open': 1 })
    expect(await standing(db, place)).toMatchObject({ rdvs: 2, people: 1 })
  })

  test('of a confidential motif, says of nobody how many they have', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true } })
    const { coordinates } = question(place, NINE)
    const starts = ['2027-03-02T08:00:00Z', '2027-03-02T08:30:00Z', '2027-03-02T09:00:00Z']
    for (const at of starts) {
      expect(await bookSlot(anonymous(), question(place, new Date(at), { coordinates }))).toMatchObject({ ok: true })
    }
    expect(await standing(db, place)).toMatchObject({ rdvs: 3, people: 1 })
  })

  test('two tabs at once can’t both take the last allowed RDV', async () => {
    const place = await makeBookablePlace(db, { agentCount: 4 })
    const { coordinates } = question(place, NINE)
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => bookSlot(anonymous(), question(place, NINE, { coordinates }))),
    )
    expect(tally(outcomes)).toEqual({ done: 2, 'too-many-open': 2 })
  })

  test('nor by the phone in one and the e-mail in the other, when the file holds both', async () => {
    const place = await makeBookablePlace(db, { agentCount: 8 })
    const { coordinates } = question(place, NINE)
    const person = { ...coordinates.person, email: `${randomUUID()}@example.org` }
    const by = (over: object) =>
      question(place, NINE, { coordinates: { person: { ...person, ...over }, relative: null } })
    expect((await bookSlot(anonymous(), by({}))).ok).toBe(true)
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) => bookSlot(anonymous(), by(i % 2 === 0 ? { phone: null } : { email: null }))),
    )
    expect(tally(outcomes)).toEqual({ done: 1, 'too-many-open': 5 })
  })

  test('goes to the agent with the fewest booked minutes that day, ties by id', async () => {
    const place = await makeBookablePlace(db, { agentCount: 3 })
    const agentIds = []
    for (let i = 0; i < 3; i++) {
      const outcome = await bookSlot(anonymous(), question(place, NINE))
      agentIds.push(outcome.ok ? outcome.value.agentId : null)
    }
    expect(agentIds).toEqual(place.agents.map(({ id }) => id))
  })

  test('a slot cancelled can be booked again', async () => {
    const place = await makeBookablePlace(db)
    await bookSlot(anonymous(), question(place, NINE))
    expect((await bookSlot(anonymous(), question(place, NINE))).ok).toBe(false)
    await db.execute(
      sql`update rdvs set status = 'excused', cancelled_at = now() where territory_id = ${place.territory.id}`,
    )
    expect((await bookSlot(anonymous(), question(place, NINE))).ok).toBe(true)
  })
})

describe('whose lock a booking takes', () => {
  const agentOf = (outcome: Awaited<ReturnType<typeof bookSlot>>) => (outcome.ok ? outcome.value.agentId : null)

  /** Holds these agents as another booking would, while `meanwhile` runs. */
  const whileHeld = (agentIds: readonly number[], meanwhile: () => Promise<void>) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select id from agents where id = any(${idsSql(agentIds)}) order by id for no key update`)
      await meanwhile()
    })

  test('passes over the agents somebody else holds', async () => {
    const place = await makeBookablePlace(db, { agentCount: 3 })
    const ids = place.agents.map(({ id }) => id)
    await whileHeld(ids.slice(0, 2), async () => {
      expect(agentOf(await bookSlot(anonymous(), question(place, NINE)))).toBe(ids[2])
    })
    expect(agentOf(await bookSlot(anonymous(), question(place, NINE)))).toBe(ids[0])
  })

  test('waits for one of them when each is held, and judges again', async () => {
    const place = await makeBookablePlace(db, { agentCount: 2 })
    let isAnswered = false
    const answers: ReturnType<typeof bookSlot>[] = []
    await whileHeld(
      place.agents.map(({ id }) => id),
      async () => {
        answers.push(...[1, 2, 3].map(() => bookSlot(anonymous(), question(place, NINE))))
        void Promise.race(answers).then(() => (isAnswered = true))
        await pause(300)
        expect(isAnswered).toBe(false)
      },
    )
    expect(tally(await Promise.all(answers))).toEqual({ done: 2, 'slot-taken': 1 })
  })

  test('the agent first, then the contact, and only then reads what it judges, in eight statements', async () => {
    const place = await makeBookablePlace(db)
    const seen = recording(db)
    expect((await bookSlot(ctxFor(seen.db), question(place, NINE))).ok).toBe(true)
    const texts = seen.statements.map(({ text }) => text)
    const whereIs = (part: string) => texts.findIndex((text) => text.includes(part))
    const order = [
      'skip locked',
      'for key share',
      'pg_advisory_xact_lock',
      'from usagers',
      'insert into usagers',
      'insert into rdvs',
    ]
    expect(order.map(whereIs)).toEqual([1, 2, 3, 4, 5, 6])
    expect(texts[4]).toContain('from agent_times')
    expect(texts).toHaveLength(8)
  })

  test('the same key for two people at once, each offered an agent: one RDV, the same answer', async () => {
    const place = await makeBookablePlace(db, { agentCount: 3 })
    const { bookingKey } = question(place, NINE)
    const outcomes = await Promise.all(
      Array.from({ length: 3 }, () => bookSlot(anonymous(), question(place, NINE, { bookingKey }))),
    )
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.rdvId : null))).size).toBe(1)
    expect(await standing(db, place)).toEqual({ overlaps: 0, rdvs: 1, people: 1, bookings: 1 })
  })
})

describe('what moves by an exception', () => {
  test('an absence moved to that day refuses the booking, as the page does', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    await db.execute(sql`
      with absence as (
        insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min, ends_on)
        values (${agentId}, 'Europe/Paris', 'Formation', '2027-04-05', 0, '2027-04-07', 1440, '2027-04-07') returning id
      )
      insert into absence_exceptions (absence_id, on_day, kind, to_day, start_min, end_min)
      select id, '2027-04-05', 'moved', '2027-03-01', 0, 1440 from absence`)
    expect(await bookSlot(anonymous(), question(place, NINE))).toEqual({ ok: false, reason: 'not-offered' })
  })

  test('an opening moved before its first day can be booked there', async () => {
    const place = await makeBookablePlace(db)
    await db.execute(
      sql`update openings set first_day = '2027-04-06', rrule = null, last_day = '2027-04-06' where territory_id = ${place.territory.id}`,
    )
    await db.execute(sql`
      insert into opening_exceptions (opening_id, on_day, kind, to_day, start_min, end_min)
      select id, '2027-04-06', 'moved', '2027-03-02', 540, 720 from openings where territory_id = ${place.territory.id}`)
    expect((await bookSlot(anonymous(), question(place, NINE))).ok).toBe(true)
  })

  test('an agent who left the organisation, or a motif deleted meanwhile, is no longer booked', async () => {
    const [left, deleted] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    await db.execute(sql`delete from agent_roles where agent_id = ${left.agents[0]?.id}`)
    expect((await bookSlot(anonymous(), question(left, NINE))).ok).toBe(false)
    await db.execute(sql`update motifs set deleted_at = now() where id = ${deleted.motif.id}`)
    expect(await bookSlot(anonymous(), question(deleted, NINE))).toEqual({ ok: false, reason: 'motif-closed' })
  })
})

describe('under parallel connections', () => {
  test('a motif deleted at this moment, the whole of it, is closed: neither booked nor broken', async () => {
    const place = await makeBookablePlace(db)
    let booking: ReturnType<typeof bookSlot> | undefined
    await db.transaction(async (tx) => {
      await tx.execute(sql`delete from motifs where id = ${place.motif.id}`)
      booking = bookSlot(anonymous(), question(place, NINE))
      await expect
        .poll(async () => {
          const [row] = await db.execute<{ waiting: number }>(sql`
            select count(*)::integer as waiting from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`)
          return row?.waiting
        })
        .toBe(1)
    })
    expect(await booking).toEqual({ ok: false, reason: 'motif-closed' })
    expect(await standing(db, place)).toMatchObject({ rdvs: 0, people: 0 })
  })

  test('200 clients for one slot: 1 RDV, 199 clean refusals', async () => {
    const place = await makeBookablePlace(db)
    const outcomes = await Promise.all(
      Array.from({ length: CLIENTS }, () => bookSlot(anonymous(), question(place, NINE))),
    )
    expect(tally(outcomes)).toEqual({ done: 1, 'slot-taken': 199 })
    // Whoever was refused leaves no file behind.
    expect(await standing(db, place)).toEqual({ overlaps: 0, rdvs: 1, people: 1, bookings: 1 })
  })

  test('200 clients for 20 slots over 5 agents: 20', async () => {
    const place = await makeBookablePlace(db, { agentCount: 5 })
    const starts = ['08:00', '08:30', '09:00', '09:30'].map((time) => new Date(`2027-03-02T${time}:00Z`))
    const outcomes = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) =>
        bookSlot(anonymous(), question(place, starts[i % starts.length] ?? NINE)),
      ),
    )
    expect(tally(outcomes)).toEqual({ done: 20, 'slot-taken': 180 })
    expect(await standing(db, place)).toEqual({ overlaps: 0, rdvs: 20, people: 20, bookings: 20 })
  })
})
