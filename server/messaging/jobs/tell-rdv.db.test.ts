import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot, type BookSlot } from '@/server/booking/commands/book-slot'
import { tokenOf } from '@/server/platform/tokens'
import { sendMessage } from './send-message'
import { tellAs } from '@/db/testing/tell'
import { listRdvMessages } from '../queries/rdv-messages'

const NINE = new Date('2027-03-02T08:00:00Z')
const relative = { firstName: 'Noé', lastName: 'Martin', bornOn: null }

const { db } = await ownDatabase()
beforeEach(() => db.execute(sql`delete from captured_messages`))

async function book(place: BookablePlace, over: Partial<BookSlot['coordinates']> = {}, startAt = NINE) {
  const question = bookingQuestion(place, startAt)
  const email = `${question.bookingKey}@example.org`
  const person = { ...question.coordinates.person, email }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null, ...over } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, email, phone: person.phone?.e164, person }
}

/** Tells, sends all that waits, and gives back what was written to whom. */
async function tell(rdvId: number, { byAgent = false, isSettled = false, now = NOW } = {}) {
  await db.execute(sql`delete from captured_messages`)
  await tellAs(ctxFor(db, { now }), { rdvId, byAgent, isSettled })
  return send(now)
}

async function send(now = NOW) {
  const waiting = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where state = 'waiting' order by id`,
  )
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now }), { messageId: id })
  const rows = await db.execute<{
    channel: string
    recipient: string
    subject: string | null
    text: string
    has_calendar: boolean
  }>(sql`select channel, recipient, subject, text, has_calendar from captured_messages order by channel`)
  return rows.map((row) => ({ ...row, text: row.text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
}

const jobsToTell = async () => {
  const rows = await db.execute<{ payload: unknown }>(sql`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'tell-rdv'`)
  return rows.map(({ payload }) => payload)
}

const move = (rdvId: number, by: string) =>
  db.execute(
    sql`update rdvs set starts_at = starts_at + ${by}::interval, ends_at = ends_at + ${by}::interval where id = ${rdvId}`,
  )
const setStatus = (rdvId: number, status: string) =>
  db.execute(sql`update rdvs set status = ${status}, cancelled_at = now() where id = ${rdvId}`)

describe('once booked', () => {
  test('the person gets a mail with its calendar and an SMS, both with the link; told twice, once', async () => {
    const { rdvId, linkId, email, phone } = await book(await makeBookablePlace(db))
    const messages = await tell(rdvId)
    expect(messages.map(({ channel, recipient }) => [channel, recipient])).toEqual([
      ['mail', email],
      ['sms', phone],
    ])
    for (const { text } of messages) {
      expect(text).toContain(`/r/${tokenOf('rdv-link', linkId)}`)
      expect(text).toContain('mardi 2 mars à 9 h')
    }
    expect(messages[0]?.has_calendar).toBe(true)
    expect(await tell(rdvId)).toEqual([])
    expect(await tell(rdvId, { isSettled: true })).toEqual([])
  })

  test('told by two workers at once, once', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    const question = { rdvId, byAgent: false, isSettled: false }
    await Promise.all(Array.from({ length: 8 }, () => tellAs(ctxFor(db), question)))
    expect(await send()).toHaveLength(2)
  })

  test('sent by two workers at once, once', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    const [message] = await db.execute<{ id: number }>(
      sql`select id::float8 as id from messages where rdv_id = ${rdvId} and channel = 'sms'`,
    )
    const messageId = message?.id ?? 0
    await Promise.all(Array.from({ length: 8 }, () => sendMessage(ctxFor(db), { messageId })))
    const rows = await db.execute(sql`select from captured_messages where channel = 'sms'`)
    expect(rows).toHaveLength(1)
  })

  test('a confidential motif is never named, and a proche’s responsable is not told', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true, name: 'Contraception' } })
    const { rdvId } = await book(place)
    for (const { text } of await tell(rdvId)) {
      expect(text).not.toContain('Contraception')
      expect(text).not.toContain(place.lieu.name)
      expect(text).toContain('12 rue Gambetta')
    }
    const other = await makeBookablePlace(db, { motif: { isConfidential: true } })
    expect(await tell((await book(other, { relative })).rdvId)).toEqual([])
  })

  test('an SMS calls it by the motif’s short label when it has one, a confidential one by none', async () => {
    for (const isConfidential of [false, true]) {
      const place = await makeBookablePlace(db, { motif: { smsLabel: 'bilan 4 ans', isConfidential } })
      const sms = (await tell((await book(place)).rdvId)).find(({ channel }) => channel === 'sms')
      expect(sms?.text).toContain(isConfidential ? 'RDV mardi' : 'RDV bilan 4 ans mardi')
    }
  })

  test('a person known by e-mail is told on the phone they typed this time, not on the one of their file', async () => {
    const place = await makeBookablePlace(db)
    const first = await book(place)
    const question = bookingQuestion(place, new Date('2027-03-03T08:00:00Z'))
    const person = { ...question.coordinates.person, email: first.email }
    const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
    if (!outcome.ok) throw new Error(outcome.reason)
    const sms = (await tell(outcome.value.rdvId)).filter(({ channel }) => channel === 'sms')
    expect(sms.map(({ recipient }) => recipient)).toEqual([person.phone?.e164])
    expect(person.phone?.e164).not.toBe(first.phone)
  })

  test('for a proche, the responsable is told whom it is for', async () => {
    const { rdvId, email } = await book(await makeBookablePlace(db), { relative })
    const messages = await tell(rdvId)
    expect(messages[0]?.recipient).toBe(email)
    for (const { text } of messages) expect(text).toMatch(/[Pp]our(?: :)? Noé/)
  })

  test('a family is told once', async () => {
    const { rdvId } = await book(await makeBookablePlace(db), { relative })
    await db.execute(sql`
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      select p.territory_id, p.rdv_id, u.responsible_id, true, true, 'agent'
      from participations p join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId}`)
    expect(await tell(rdvId)).toHaveLength(2)
  })

  test('whoever could not be reached knows what they chose; once they may be, they are told of what changes', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    const setReach = (isReached: boolean) =>
      db.execute(sql`update usagers set notify_by_sms = ${isReached}, notify_by_email = ${isReached}
        where id in (select usager_id from participations where rdv_id = ${rdvId})`)
    await setReach(false)
    expect(await tell(rdvId)).toEqual([])
    await setReach(true)
    await move(rdvId, '1 day')
    const [mail] = await tell(rdvId, { byAgent: true, isSettled: true })
    expect(mail?.text).toContain('Au lieu du : mardi 2 mars à 9 h')
  })

  test('an address corrected while the message waits is the one it goes to', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await db.execute(sql`update participations set contact_email = 'corrected@example.org' where rdv_id = ${rdvId}`)
    expect((await send()).map(({ recipient }) => recipient)).toContain('corrected@example.org')
  })

  test('the one a family was told by leaves: the message goes by another of them, once', async () => {
    const { rdvId } = await book(await makeBookablePlace(db), { relative })
    await db.execute(sql`
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      select p.territory_id, p.rdv_id, u.responsible_id, true, true, 'agent'
      from participations p join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId}`)
    await db.execute(sql`update usagers set email = 'family@example.org', phone_e_164 = '+33611111111'
      where id in (select coalesce(u.responsible_id, u.id) from participations p join usagers u on u.id = p.usager_id
                   where p.rdv_id = ${rdvId})`)
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await db.execute(sql`update participations set status = 'excused'
      where id = (select min(id) from participations where rdv_id = ${rdvId})`)
    expect(await send()).toHaveLength(2)
    expect(await send()).toHaveLength(2)
  })

  test.each([
    ['cancelled meanwhile', sql`update rdvs set status = 'revoked', cancelled_at = now()`],
    [
      'begun meanwhile',
      sql`update rdvs set starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days'`,
    ],
    ['not to be notified', sql`update participations set notifies_lifecycle = false`],
    ['hidden from its person', sql`update rdvs set shows_to_usager = false`],
    ['of somebody who wants no message', sql`update usagers set notify_by_sms = false, notify_by_email = false`],
  ])('nothing is sent for an RDV %s, whether it was to be told or already to be sent', async (_case, meanwhile) => {
    const [untold, told] = [await book(await makeBookablePlace(db)), await book(await makeBookablePlace(db))]
    await tellAs(ctxFor(db), { rdvId: told.rdvId, byAgent: false, isSettled: false })
    await db.execute(meanwhile)
    expect(await tell(untold.rdvId)).toEqual([])
    expect(await send()).toEqual([])
  })
})

test('an RDV shown to its person is told, though its motif is hidden by nature', async () => {
  const place = await makeBookablePlace(db)
  const [hidden, shown] = [await book(place), await book(place, {}, new Date('2027-03-02T10:00:00Z'))]
  await db.execute(sql`update motifs set visibility = 'invisible' where id = ${place.motif.id}`)
  await db.execute(sql`update rdvs set shows_to_usager = true where id = ${shown.rdvId}`)
  expect(await tell(hidden.rdvId)).toEqual([])
  expect(await tell(shown.rdvId)).toHaveLength(2)
})

describe('once changed', () => {
  test.each([
    [0, 120],
    [9, 60],
    [11, 0],
  ])('a change that follows others for %i minutes waits %i seconds more', async (agoMin, seconds) => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await move(rdvId, '1 hour')
    await tell(rdvId, { byAgent: true })
    await db.execute(sql`update graphile_worker._private_jobs set created_at = now() - ${`${String(agoMin)} minutes`}::interval
      where key = ${`tell-rdv-${String(rdvId)}`}`)
    await move(rdvId, '1 hour')
    await tell(rdvId, { byAgent: true })
    const [job] = await db.execute<{ ms: number }>(sql`
      select extract(epoch from run_at)::float8 * 1000 as ms from graphile_worker._private_jobs where key = ${`tell-rdv-${String(rdvId)}`}`)
    const waitsSec = ((job?.ms ?? 0) - NOW.getTime()) / 1000
    expect(waitsSec).toBeLessThanOrEqual(seconds)
    expect(waitsSec).toBeGreaterThan(seconds - 20)
  })

  test('the change waits for two minutes, under one job; then says both times', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await move(rdvId, '1 day')
    expect(await tell(rdvId, { byAgent: true })).toEqual([])
    await move(rdvId, '2 hours')
    expect(await tell(rdvId, { byAgent: true })).toEqual([])
    expect((await jobsToTell()).filter((job) => (job as { rdvId: number }).rdvId === rdvId)).toEqual([
      { rdvId, byParticipationId: null },
    ])
    const [mail, sms] = await tell(rdvId, { byAgent: true, isSettled: true })
    expect(mail?.subject).toContain('a changé')
    expect(mail?.text).toContain('mercredi 3 mars à 11 h')
    expect(mail?.text).toContain('Au lieu du : mardi 2 mars à 9 h')
    expect(sms?.text).toContain('modifié : mercredi 3 mars à 11 h')
  })

  test('moved and moved back, nothing was to be told', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await move(rdvId, '1 day')
    await tell(rdvId, { byAgent: true })
    await move(rdvId, '-1 day')
    expect(await tell(rdvId, { byAgent: true, isSettled: true })).toEqual([])
  })

  test('cancelled by an agent, an SMS says so; by the person themselves, a mail alone', async () => {
    for (const byAgent of [true, false]) {
      const { rdvId } = await book(await makeBookablePlace(db))
      await tell(rdvId)
      await setStatus(rdvId, byAgent ? 'revoked' : 'excused')
      const messages = await tell(rdvId, { byAgent, isSettled: true })
      expect(messages.map(({ channel }) => channel)).toEqual(byAgent ? ['mail', 'sms'] : ['mail'])
      expect(messages[0]?.subject).toContain('est annulé')
    }
  })

  test('cancelled a minute and a half before it starts, it is said at once: later there is nothing to say', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await setStatus(rdvId, 'revoked')
    const start = Date.UTC(2027, 2, 2, 8)
    const messages = await tell(rdvId, { byAgent: true, now: new Date(start - 90_000) })
    expect(messages.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(await tell(rdvId, { byAgent: true, isSettled: true, now: new Date(start + 30_000) })).toEqual([])
  })

  test('moved then cancelled at once, it is called by the time the person knew', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await move(rdvId, '1 day')
    await setStatus(rdvId, 'revoked')
    const [mail] = await tell(rdvId, { byAgent: true, isSettled: true })
    expect(mail?.subject?.replaceAll('\u00a0', ' ')).toContain('mardi 2 mars à 9 h est annulé')
  })

  test('moved into the past, it is cancelled for whoever awaits it, once; on again, it is told anew', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tell(rdvId)
    await move(rdvId, '-7 days')
    const settled = { byAgent: true, isSettled: true }
    const messages = await tell(rdvId, settled)
    expect(messages.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(messages[0]?.subject?.replaceAll('\u00a0', ' ')).toContain('mardi 2 mars à 9 h est annulé')
    await setStatus(rdvId, 'revoked')
    expect(await tell(rdvId, settled)).toEqual([])
    await db.execute(sql`update rdvs set status = 'unknown', cancelled_at = null where id = ${rdvId}`)
    await move(rdvId, '7 days')
    expect((await tell(rdvId, settled))[0]?.subject).toContain('Votre rendez-vous du')
  })

  test('a message overtaken by a newer one does not leave: who knew nothing hears of the RDV as it is', async () => {
    const { rdvId } = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await move(rdvId, '1 day')
    const messages = await tell(rdvId, { byAgent: true, isSettled: true })
    expect(messages.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(messages[0]?.text).toContain('est confirmé')
    expect(messages[0]?.text).toContain('mercredi 3 mars à 9 h')
    expect(messages[0]?.text).not.toContain('mardi 2 mars')
  })
})

test('the RDV’s page shows each message and its fate, to whoever may read it alone', async () => {
  const place = await makeBookablePlace(db)
  const { rdvId, email, agentId } = await book(place)
  await tell(rdvId)
  const { toPeople: lines } = await listRdvMessages(ctxFor(db, { actor: adminOf(place, agentId) }), { rdvId })
  expect(lines.map(({ channel, state }) => [channel, state])).toEqual([
    ['sms', 'sent'],
    ['mail', 'sent'],
  ])
  expect(lines[1]).toMatchObject({ recipient: email, news: 'created', failure: null })
  const elsewhere = await makeBookablePlace(db)
  const stranger = ctxFor(db, { actor: adminOf(elsewhere, elsewhere.agents[0]?.id ?? 0) })
  await expect(listRdvMessages(stranger, { rdvId })).rejects.toThrow('not-found')
})
