import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { absences } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, NOW, standing, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import { recording } from '@/scripts/bench/statements'
import { makeCtx } from '@/server/platform/ctx'
import { judgeSeries } from '../queries/series'
import type { WarningKind } from '../rules/warnings'
import type { CreateSeries } from '../schema/series'
import { bookSlot } from './book-slot'
import { createRdv } from './create-rdv'
import { createSeries } from './create-series'

const { db } = await ownDatabase()
let here: BookablePlace
let there: BookablePlace
let same: Omit<CreateSeries, 'dates'>
beforeEach(async () => {
  here = await makeBookablePlace(db)
  there = await makeBookablePlace(db)
  same = {
    motifId: here.motif.id,
    lieuId: here.lieu.id,
    agentIds: here.agents.map(({ id }) => id),
    usagerIds: [(await makeUsager(db, here.territory.id)).id],
  }
})

const actor = (by = here) => adminOf(by, by.agents[0]?.id ?? 0)
/** Tuesdays at ten in Paris from 2 March 2027, before and after the clocks change. */
const tuesdays = (count: number, acknowledged: WarningKind[] = []) =>
  Array.from({ length: count }, (_, i) => ({
    startAt: new Date(Date.UTC(2027, 2, 2 + 7 * i, i < 4 ? 9 : 8)),
    acknowledged,
  }))
const create = (dates: CreateSeries['dates'], over: Partial<CreateSeries> = {}, by = here) =>
  createSeries(ctxFor(db, { actor: actor(by) }), { ...same, ...over, dates })
const judge = (count: number, over: object = {}) =>
  judgeSeries(ctxFor(db, { actor: actor() }), {
    ...{ ...same, lieuId: here.lieu.id, startAt: tuesdays(1)[0]?.startAt ?? NOW },
    repeat: { everyWeeks: 1, untilDay: null, count },
    ...over,
  })

const written = async () => {
  const [row] = await db.execute<{ rdvs: number; events: number; series: number; linked: number }>(sql`
    select (select count(*)::integer from rdvs where territory_id = ${here.territory.id}) as rdvs,
           (select count(*)::integer from events where territory_id = ${here.territory.id} and kind = 'rdv.created') as events,
           (select count(distinct series_id)::integer from rdvs where territory_id = ${here.territory.id}) as series,
           (select count(*)::integer from rdvs where territory_id = ${here.territory.id} and series_id is not null) as linked`)
  return row
}

describe('a series', () => {
  test('places the same RDV on each date, linked, one event each, and the very same again changes nothing', async () => {
    expect(await create(tuesdays(6))).toMatchObject({ ok: true, value: { newCount: 6 } })
    const once = { rdvs: 6, events: 6, series: 1, linked: 6 }
    expect(await written()).toEqual(once)
    const again = await Promise.all([create(tuesdays(6)), create(tuesdays(6))])
    expect(again).toMatchObject([{ value: { newCount: 0 } }, { value: { newCount: 0 } }])
    expect(await written()).toEqual(once)
  })

  test('sent by two windows at once is placed once', async () => {
    const answers = await Promise.all([create(tuesdays(5)), create(tuesdays(5)), create(tuesdays(5))])
    expect(answers.map((one) => one.ok && one.value.newCount).sort()).toEqual([0, 0, 5])
    expect(await written()).toEqual({ rdvs: 5, events: 5, series: 1, linked: 5 })
  })

  test('of one date is an RDV like another', async () => {
    expect(await create(tuesdays(1))).toMatchObject({ ok: true })
    expect(await written()).toMatchObject({ rdvs: 1, series: 0 })
    expect(await create([])).toEqual({ ok: false, reason: 'date-missing' })
  })

  test('takes as many statements for twenty dates as for two', async () => {
    const seen = recording(db)
    const ask = async (from: number, count: number) => {
      seen.forget()
      const ctx = makeCtx(seen.db, { actor: actor(), now: NOW, requestId: 'series', clientAddress: null })
      const dates = tuesdays(from + count).slice(from)
      expect(await createSeries({ ...ctx, actor: actor() }, { ...same, dates })).toMatchObject({ ok: true })
      return seen.statements.length
    }
    // Received for the first time, somebody costs a count and a line in their file's history.
    await ask(20, 1)
    expect(await ask(2, 18)).toBe(await ask(0, 2))
  })

  test.each<[string, () => Partial<CreateSeries>, string]>([
    ['at a lieu of elsewhere', () => ({ lieuId: there.lieu.id }), 'place-missing'],
    ['with an agent of elsewhere', () => ({ agentIds: there.agents.map(({ id }) => id) }), 'agent-elsewhere'],
    ['for somebody unknown', () => ({ usagerIds: [0] }), 'no-such-person'],
    ['for nobody', () => ({ usagerIds: [] }), 'person-missing'],
  ])('%s is refused whole', async (_what, over, reason) => {
    expect(await create(tuesdays(3), over())).toEqual({ ok: false, reason })
    expect(await written()).toMatchObject({ rdvs: 0, events: 0 })
  })

  test('for somebody of another territory, or of a motif of elsewhere, is refused', async () => {
    const stranger = await makeUsager(db, there.territory.id)
    expect(await create(tuesdays(2), { usagerIds: [stranger.id] })).toEqual({ ok: false, reason: 'no-such-person' })
    await expect(create(tuesdays(2), {}, there)).rejects.toMatchObject({ code: 'not-found' })
    await expect(judge(2, { motifId: there.motif.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('one date too far ahead refuses them all', async () => {
    const far = { startAt: new Date('2033-03-02T08:00:00Z'), acknowledged: [] }
    expect(await create([...tuesdays(2), far])).toEqual({ ok: false, reason: 'bad-time' })
    expect(await written()).toMatchObject({ rdvs: 0 })
  })
})

describe('what one is warned of', () => {
  const other = async () => ({ usagerIds: [(await makeUsager(db, here.territory.id)).id] })
  const placeOn = async (index: number) =>
    createRdv(ctxFor(db, { actor: actor() }), {
      ...same,
      ...(await other()),
      ...(tuesdays(10)[index] ?? tuesdays(1)[0]!),
    })

  test('is told date by date: an RDV, an absence, a public holiday', async () => {
    await placeOn(1)
    await db.insert(absences).values({
      agentId: same.agentIds[0] ?? 0,
      ...{
        zone: 'Europe/Paris',
        title: 'Congé',
        firstDay: '2027-03-16',
        startMin: 0,
        lastDay: '2027-03-16',
        endMin: 1440,
      },
    })
    const { dates, rrule } = await judge(4)
    expect(dates.map(({ warnings }) => warnings.map(({ kind }) => kind))).toEqual([[], ['overlap'], ['absent'], []])
    expect(dates.map(({ startAt }) => startAt)).toEqual(tuesdays(4).map(({ startAt }) => startAt))
    expect(rrule).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20270323')
    const easter = await judge(2, { startAt: new Date('2027-03-22T09:00:00Z') })
    expect(easter.dates.map(({ holiday }) => holiday)).toEqual([null, 'easter-monday'])
  })

  test('judged in as many statements for two dates as for all', async () => {
    const seen = recording(db)
    const count = async (dates: number) => {
      seen.forget()
      const ctx = makeCtx(seen.db, { actor: actor(), now: NOW, requestId: 'series', clientAddress: null })
      await judgeSeries(
        { ...ctx, actor: actor() },
        { ...same, lieuId: here.lieu.id, startAt: NOW, repeat: { everyWeeks: 1, untilDay: null, count: dates } },
      )
      return seen.statements.length
    }
    expect(await count(26)).toBe(await count(2))
  })

  test('is passed over on its own date alone', async () => {
    await placeOn(1)
    const knowing = (index: number) =>
      tuesdays(3).map((date, i) => (i === index ? { ...date, acknowledged: ['overlap' as const] } : date))
    expect(await create(knowing(2))).toEqual({ ok: false, reason: 'overlap' })
    expect(await written()).toMatchObject({ rdvs: 1 })
    expect(await create(knowing(1))).toMatchObject({ ok: true })
    const rows = await db.execute<{ exclusive: boolean }>(sql`
      select distinct r.starts_at, x.exclusive from rdvs r join agent_times x on x.rdv_id = r.id
      where r.territory_id = ${here.territory.id} and r.series_id is not null order by r.starts_at`)
    expect(rows.map(({ exclusive }) => exclusive)).toEqual([true, false, true])
  })

  test('a date taken between display and confirmation refuses the whole; without it, or knowingly, the rest stands', async () => {
    const shown = await judge(4)
    expect(shown.dates.every(({ warnings }) => warnings.length === 0)).toBe(true)
    await placeOn(2)
    expect(await create(tuesdays(4))).toEqual({ ok: false, reason: 'overlap' })
    expect(await written()).toMatchObject({ rdvs: 1, series: 0 })
    // What the page shows then names the date.
    expect((await judge(4)).dates.filter(({ warnings }) => warnings.length > 0)).toMatchObject([
      { startAt: tuesdays(3)[2]?.startAt },
    ])
    expect(await create(tuesdays(4).filter((_, i) => i !== 2))).toMatchObject({ ok: true, value: { newCount: 3 } })
  })

  test('an absence noted meanwhile is to be confirmed', async () => {
    await db.insert(absences).values({
      agentId: same.agentIds[0] ?? 0,
      ...{
        zone: 'Europe/Paris',
        title: 'Congé',
        firstDay: '2027-03-16',
        startMin: 0,
        lastDay: '2027-03-16',
        endMin: 1440,
      },
    })
    expect(await create(tuesdays(4))).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await create(tuesdays(4, ['absent']))).toMatchObject({ ok: true })
  })
})

describe('races', () => {
  test('many series over the same dates: one stands whole, the others not at all', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => makeUsager(db, here.territory.id)))
    const answers = await Promise.all(people.map(({ id }) => create(tuesdays(5), { usagerIds: [id] })))
    expect(tally(answers)).toEqual({ done: 1, overlap: 7 })
    expect(await written()).toEqual({ rdvs: 5, events: 5, series: 1, linked: 5 })
    expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
  })

  test('a person who books online at the same moment has the date, or the series has: never both', async () => {
    const dates = [2, 9, 16].map((day) => ({ startAt: new Date(Date.UTC(2027, 2, day, 8)), acknowledged: [] }))
    for (let round = 0; round < 4; round++) {
      here = await makeBookablePlace(db)
      same = {
        ...{ motifId: here.motif.id, lieuId: here.lieu.id, agentIds: here.agents.map(({ id }) => id) },
        usagerIds: [(await makeUsager(db, here.territory.id)).id],
      }
      const [booked, placed] = await Promise.all([
        bookSlot(ctxFor(db), bookingQuestion(here, dates[1]?.startAt ?? NOW)),
        create(dates),
      ])
      expect([booked.ok, placed.ok].filter(Boolean)).toHaveLength(1)
      expect(await standing(db, here)).toMatchObject({ overlaps: 0, rdvs: placed.ok ? 3 : 1 })
    }
  })

  test('two agents whose series cross in two agendas never wait for each other', async () => {
    const place = { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id }
    const second = await makeAgent(db, place)
    const both = [...same.agentIds, second.id]
    const [ada, bob] = [await makeUsager(db, here.territory.id), await makeUsager(db, here.territory.id)]
    const answers = await Promise.all([
      create(tuesdays(6), { agentIds: both, usagerIds: [ada.id] }),
      create(tuesdays(6).reverse(), { agentIds: [...both].reverse(), usagerIds: [bob.id] }),
    ])
    expect(tally(answers)).toEqual({ done: 1, overlap: 1 })
  })
})
