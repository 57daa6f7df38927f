import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { planReminders } from './plan-reminders'
import { remindDue } from './remind-due'
import { replanReminders } from './replan-reminders'
import { putReminderOff } from '../store/reminders'
import { at, HOUR_MS, MONDAY, relative, reminding, WEEK_AFTER } from '../reminding.test-model'
import { tellAs } from '@/db/testing/tell'

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  await db.execute(sql`delete from reminders`)
})
const { book, startAt, set, pending, add, remind, send } = reminding(() => db)

const theirs = (rdvId: number) =>
  db.execute<{ state: string; failure: string | null }>(
    sql`select state, failure from messages where rdv_id = ${rdvId} and news = 'reminder' order by id`,
  )

describe('an RDV is reminded of', () => {
  test('after whatever is to be told, when both wait for a worker', async () => {
    const place = await makeBookablePlace(db)
    const rdvId = await book(place)
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await remindDue(ctxFor(db, { now: MONDAY }))
    const order = await db.execute<{ news: string }>(sql`
      select m.news from graphile_worker._private_jobs j join messages m on m.id = (j.payload ->> 'messageId')::bigint
      where m.rdv_id = ${rdvId} order by j.priority, j.id`)
    expect(order.map(({ news }) => news)).toEqual(['created', 'created', 'reminder', 'reminder'])
    const [kinds] = await db.execute<{ levels: number }>(sql`
      select count(distinct j.priority)::integer as levels from graphile_worker._private_jobs j
      join messages m on m.id = (j.payload ->> 'messageId')::bigint where m.rdv_id = ${rdvId}`)
    expect(kinds?.levels).toBe(2)
    await send(MONDAY)
  })

  test('two days before, within the hours, by mail and by SMS, and once', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    expect(await pending(rdvId)).toEqual([MONDAY])
    expect(await remind(new Date(MONDAY.getTime() - 1))).toEqual([])
    const given = await remind(MONDAY)
    expect(given.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(given[0]?.text).toContain('Rappel de votre rendez-vous')
    expect(given[1]?.text).toMatch(/Rappel : RDV .*mardi 9 mars à 9 h/)
    expect(await remind(MONDAY)).toEqual([])
    await planReminders(ctxFor(db, { now: MONDAY }), { rdvId, changedAt: null })
    expect(await remind(new Date(MONDAY.getTime() + HOUR_MS))).toEqual([])
  })

  test('by eight workers at once, once', async () => {
    const rdvIds = [await book(await makeBookablePlace(db)), await book(await makeBookablePlace(db))]
    await Promise.all(Array.from({ length: 8 }, () => remindDue(ctxFor(db, { now: MONDAY }))))
    for (const rdvId of rdvIds) expect(await theirs(rdvId)).toHaveLength(2)
  })

  test('at its new time when it moved, and no more at the old one', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await startAt(rdvId, at('2027-03-12T08:00:00Z'))
    await planReminders(ctxFor(db), { rdvId, changedAt: NOW })
    expect(await pending(rdvId)).toEqual([MONDAY, at('2027-03-10T08:00:00Z')])
    expect(await remind(MONDAY)).toEqual([])
    expect(await remind(at('2027-03-10T08:00:00Z'))).toHaveLength(2)
  })

  test('whatever else is done to it meanwhile: another colleague, a place given up', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    const justBefore = new Date(MONDAY.getTime() - HOUR_MS)
    await planReminders(ctxFor(db, { now: justBefore }), { rdvId, changedAt: justBefore })
    expect(await pending(rdvId)).toEqual([MONDAY])
  })

  test('the day before for who was told just before the others were reminded, and for them alone', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await startAt(rdvId, at('2027-03-11T08:00:00Z'))
    await planReminders(ctxFor(db), { rdvId, changedAt: NOW })
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await send(NOW)
    const due = at('2027-03-09T08:00:00Z')
    await db.execute(sql`
      with other as (
        insert into usagers (territory_id, first_name, last_name, phone, phone_e_164)
        select territory_id, 'Bob', 'Autre', '+33611223344', '+33611223344' from rdvs where id = ${rdvId} returning id, territory_id)
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      select territory_id, ${rdvId}, id, true, true, 'agent' from other`)
    const now = new Date(due.getTime() - HOUR_MS)
    await tellAs(ctxFor(db, { now }), { rdvId, byAgent: true, isSettled: false })
    await send(now)
    expect((await remind(due)).map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    const dayBefore = at('2027-03-10T08:00:00Z')
    expect(await pending(rdvId)).toEqual([dayBefore])
    await planReminders(ctxFor(db, { now: due }), { rdvId, changedAt: due })
    expect(await pending(rdvId)).toEqual([dayBefore])
    expect((await remind(dayBefore)).map(({ channel }) => channel)).toEqual(['sms'])
  })

  test.each([true, false])('each family of its own people alone (told of changes: %s)', async (isToldOfChanges) => {
    const rdvId = await book(await makeBookablePlace(db), relative)
    await add(rdvId, { firstName: 'Zoé', isOfFamily: true, isToldOfChanges })
    await add(rdvId, { firstName: 'Tom', isOfFamily: true, isToldOfChanges, isReminded: false })
    await add(rdvId, { firstName: 'Bob', isOfFamily: false, isToldOfChanges })
    const given = await remind(MONDAY)
    expect(given.map(({ channel }) => channel)).toEqual(['mail', 'sms', 'sms'])
    const [mail, ...sms] = given.map(({ text }) => text)
    expect(mail).toContain('Pour : Noé et Zoé\n')
    expect(mail).not.toMatch(/Bob|Tom/)
    expect(sms.filter((text) => text.includes('pour Noé et Zoé,'))).toHaveLength(1)
    expect(sms.filter((text) => !text.includes('pour'))).toHaveLength(1)
    expect(sms.join(' ')).not.toMatch(/Bob|Tom/)
  })

  test('and nobody of a confidential one', async () => {
    const rdvId = await book(await makeBookablePlace(db, { motif: { isConfidential: true } }))
    await add(rdvId, { firstName: 'Zoé', isOfFamily: true })
    await add(rdvId, { firstName: 'Bob', isOfFamily: false })
    const given = await remind(MONDAY)
    expect(given.map(({ channel }) => channel)).toEqual(['mail', 'sms', 'sms'])
    for (const { text } of given) expect(text).not.toMatch(/pour (?:Léa|Zoé|Bob)|Pour : |Bob|Zoé/)
  })

  test('never, when it moved and nobody planned it anew', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await startAt(rdvId, at('2027-03-12T08:00:00Z'))
    expect(await remind(MONDAY)).toEqual([])
    expect(await remind(WEEK_AFTER)).toEqual([])
    expect(await pending(rdvId)).toEqual([])
  })

  test('never once cancelled, nor just after they are told that it stands again', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await set(rdvId, 'excused')
    await planReminders(ctxFor(db), { rdvId, changedAt: NOW })
    await tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled: true })
    await send(NOW)
    expect(await remind(MONDAY)).toEqual([])
    expect(await pending(rdvId)).toEqual([WEEK_AFTER])
    await set(rdvId, 'unknown')
    const again = new Date(MONDAY.getTime() + HOUR_MS)
    await planReminders(ctxFor(db, { now: again }), { rdvId, changedAt: again })
    expect(await pending(rdvId)).toEqual([])
    expect(await remind(new Date(again.getTime() + HOUR_MS))).toEqual([])
  })

  test('cancelled between the reminder and its message, it is not told', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await remindDue(ctxFor(db, { now: MONDAY }))
    await set(rdvId, 'revoked')
    await send(MONDAY)
    expect([...(await theirs(rdvId))]).toEqual([
      { state: 'dropped', failure: 'obsolete' },
      { state: 'dropped', failure: 'obsolete' },
    ])
  })

  test('moved between the reminder and its message, it is not reminded of at either time', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await remindDue(ctxFor(db, { now: MONDAY }))
    await startAt(rdvId, at('2027-03-12T08:00:00Z'))
    await send(MONDAY)
    expect((await theirs(rdvId)).map(({ failure }) => failure)).toEqual(['obsolete', 'obsolete'])
  })

  test('only to who is to be reminded', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await db.execute(sql`update participations set notifies_reminder = false where rdv_id = ${rdvId}`)
    expect(await remind(MONDAY)).toEqual([])
    expect(await pending(rdvId)).toEqual([])
  })

  test('never once it has begun, however late the workers are', async () => {
    await book(await makeBookablePlace(db))
    expect(await remind(WEEK_AFTER)).toEqual([])
    expect(await remind(new Date(WEEK_AFTER.getTime() + HOUR_MS))).toEqual([])
  })

  test('in the hours alone, by workers that come back in the night', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await db.execute(
      sql`update reminders set due_at = ${at('2027-03-06T08:00:00Z').toISOString()} where rdv_id = ${rdvId}`,
    )
    expect(await remind(at('2027-03-06T22:00:00Z'))).toEqual([])
    expect(await pending(rdvId)).toEqual([MONDAY])
  })
})

test('one is put off while it is due, and no more once it was given, or planned for later', async () => {
  const rdvId = await book(await makeBookablePlace(db))
  const rows = () =>
    db.execute<{ id: number; dueMs: number; isGiven: boolean }>(sql`
      select id::float8 as id, extract(epoch from due_at)::float8 * 1000 as "dueMs", done_at is not null as "isGiven"
      from reminders where rdv_id = ${rdvId}`)
  const [planned] = await rows()
  const again = new Date(MONDAY.getTime() + HOUR_MS / 4)
  const putOff = async (now: Date) => {
    await inTransaction(ctxFor(db, { now }), async (tx) => done(await putReminderOff(tx, planned?.id ?? 0, again)))
    return [...(await rows())]
  }
  expect(await putOff(new Date(MONDAY.getTime() - 1))).toEqual([planned])
  expect(await putOff(MONDAY)).toEqual([{ ...planned, dueMs: again.getTime() }])
  expect(await remindDue(ctxFor(db, { now: again }))).toBe(2)
  const given = [...(await rows())]
  expect(given).toMatchObject([{ isGiven: true }])
  await db.execute(sql`update reminders set due_at = ${MONDAY.toISOString()} where rdv_id = ${rdvId}`)
  expect(await putOff(again)).toEqual([{ ...given[0], dueMs: MONDAY.getTime() }])
})

test('one that cannot be judged keeps none of the others back, and is tried again a quarter of an hour later', async () => {
  const [broken, sound] = [await book(await makeBookablePlace(db)), await book(await makeBookablePlace(db))]
  const setZone = (zone: string) =>
    db.execute(
      sql`update territories set zone = ${zone} where id = (select territory_id from rdvs where id = ${broken})`,
    )
  await db.execute(sql`update reminders set due_at = due_at - interval '1 minute' where rdv_id = ${broken}`)
  await setZone('Nowhere/Never')
  expect(await remindDue(ctxFor(db, { now: MONDAY }))).toBe(2)
  expect([(await theirs(sound)).length, (await theirs(broken)).length]).toEqual([2, 0])
  const again = new Date(MONDAY.getTime() + HOUR_MS / 4)
  expect(await pending(broken)).toEqual([again])
  await setZone('Europe/Paris')
  expect(await remindDue(ctxFor(db, { now: again }))).toBe(2)
  expect(await theirs(broken)).toHaveLength(2)
})

describe('when settings change', () => {
  test('those already placed follow their territory, and a motif that says otherwise its own', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    const [{ territoryId, motifId } = { territoryId: 0, motifId: 0 }] = await db.execute<{
      territoryId: number
      motifId: number
    }>(sql`select territory_id::float8 as "territoryId", motif_id::float8 as "motifId" from rdvs where id = ${rdvId}`)
    await db.execute(sql`update territories set reminder_leads_min = '{4320,60}' where id = ${territoryId}`)
    await replanReminders(ctxFor(db), { of: 'territory', id: territoryId, after: 0 })
    expect(await pending(rdvId)).toEqual([at('2027-03-06T08:00:00Z'), at('2027-03-09T07:00:00Z')])
    await db.execute(sql`update motifs set reminder_leads_min = '{}' where id = ${motifId}`)
    await replanReminders(ctxFor(db), { of: 'motif', id: motifId, after: 0 })
    expect(await pending(rdvId)).toEqual([])
  })
})

test('what an agent does in the evening is told in the morning; what the person does, at once', async () => {
  const night = at('2027-03-02T20:00:00Z')
  const [byAgent, byPerson] = [await book(await makeBookablePlace(db)), await book(await makeBookablePlace(db))]
  await tellAs(ctxFor(db, { now: night }), { rdvId: byAgent, byAgent: true, isSettled: false })
  await tellAs(ctxFor(db, { now: night }), { rdvId: byPerson, byAgent: false, isSettled: false })
  const rows = await db.execute<{ rdvId: number; ms: number | null; run_ms: number }>(sql`
    select m.rdv_id::float8 as "rdvId", extract(epoch from m.leaves_at)::float8 * 1000 as ms,
           extract(epoch from j.run_at)::float8 * 1000 as run_ms
    from messages m join graphile_worker._private_jobs j on (j.payload ->> 'messageId')::bigint = m.id
    where m.rdv_id = any(${`{${byAgent},${byPerson}}`}::bigint[]) and m.channel = 'mail'`)
  const morning = at('2027-03-03T07:00:00Z').getTime()
  expect(rows.find(({ rdvId }) => rdvId === byAgent)).toMatchObject({ ms: morning, run_ms: morning })
  expect(rows.find(({ rdvId }) => rdvId === byPerson)?.ms).toBeNull()
})

describe('outside the hours of its territory', () => {
  const [late, night, morning] = [at('2027-03-02T18:59:50Z'), at('2027-03-02T19:10:00Z'), at('2027-03-03T07:00:00Z')]
  const waiting = (rdvId: number) =>
    db.execute<{ state: string; ms: number | null }>(sql`
      select state, extract(epoch from leaves_at)::float8 * 1000 as ms from messages where rdv_id = ${rdvId} order by id`)

  test('what an agent did in time and a gateway put off leaves in the morning; of what the person did, the SMS alone', async () => {
    const [byAgent, byPerson] = [await book(await makeBookablePlace(db)), await book(await makeBookablePlace(db))]
    await tellAs(ctxFor(db, { now: late }), { rdvId: byAgent, byAgent: true, isSettled: false })
    await tellAs(ctxFor(db, { now: late }), { rdvId: byPerson, byAgent: false, isSettled: false })
    await send(night)
    const off = { state: 'waiting', ms: morning.getTime() }
    expect([...(await waiting(byAgent))]).toEqual([off, off])
    expect((await waiting(byPerson)).map(({ state }) => state)).toEqual(['sent', 'waiting'])
    await send(morning)
    expect((await waiting(byPerson)).map(({ state }) => state)).toEqual(['sent', 'sent'])
    expect((await waiting(byAgent)).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  test('a person who would come for nothing at an early hour is told in the night', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await startAt(rdvId, at('2027-03-03T06:30:00Z'))
    await tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled: false })
    await send(NOW)
    await startAt(rdvId, WEEK_AFTER)
    await tellAs(ctxFor(db, { now: night }), { rdvId, byAgent: true, isSettled: true })
    await send(night)
    expect((await waiting(rdvId)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent'])
  })
})
