import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { inRead } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { getConsentsByLink } from '../queries/consents'
import { listRecipients } from '../queries/recipients'
import { bookSlot } from './book-slot'
import { setConsentByLink } from './set-consent-by-link'

const { db } = await ownDatabase()

async function booked() {
  const place = await makeBookablePlace(db)
  const plain = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const person = { ...plain.coordinates.person, email: `${randomUUID()}@example.org` }
  const question = { ...plain, coordinates: { ...plain.coordinates, person } }
  const relative = { firstName: 'Noé', lastName: 'Martin', bornOn: null }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { ...question.coordinates, relative } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  const [row] = await db.execute<{ linkId: number; parentId: number; childId: number }>(sql`
    select l.id::float8 as "linkId", u.id::float8 as "childId", u.responsible_id::float8 as "parentId"
    from rdv_links l join participations p on p.id = l.participation_id join usagers u on u.id = p.usager_id
    where l.rdv_id = ${rdvId}`)
  if (!row) throw new Error('no link')
  const { phone, email } = question.coordinates.person
  return { ...row, rdvId, question, phone: phone?.e164 ?? '', email: email ?? null }
}

const mobilesOf = async (rdvId: number) =>
  (await inRead(ctxFor(db), (read) => listRecipients(read, [rdvId]))).map(({ mobile, email }) => ({ mobile, email }))

test('the link of an RDV stops the SMS of that RDV, to whoever is told of it, and changes nothing of their file', async () => {
  const { linkId, parentId, rdvId, phone, email } = await booked()
  const token = tokenOf('rdv-link', linkId)
  expect(await mobilesOf(rdvId)).toEqual([{ mobile: phone, email }])
  const choose = (isOn: boolean) => setConsentByLink(ctxFor(db), { token, channel: 'sms', isOn })
  await choose(false)
  await choose(false)
  expect(await getConsentsByLink(ctxFor(db), { token })).toMatchObject({ mail: 'on', sms: 'stopped' })
  expect(await mobilesOf(rdvId)).toEqual([{ mobile: null, email }])
  const [file] = await db.execute(sql`select notify_by_sms as sms from usagers where id = ${parentId}`)
  expect(file).toEqual({ sms: true })
  const told = await db.execute(sql`
    select actor_kind as who, payload from events where kind = 'rdv.consent-set' and subject_id = ${rdvId}`)
  expect(told).toEqual([
    { who: 'link', payload: { participationId: expect.any(Number) as number, channel: 'sms', isOn: false } },
  ])
  await choose(true)
  expect(await mobilesOf(rdvId)).toEqual([{ mobile: phone, email }])
  const unknown = setConsentByLink(ctxFor(db), { token: 'x'.repeat(20), channel: 'sms', isOn: false })
  await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
})

test('of an RDV booked with somebody’s name and number, the link leaves their other RDVs told', async () => {
  const { linkId, rdvId, question } = await booked()
  const other = await bookSlot(ctxFor(db), {
    ...question,
    bookingKey: randomUUID(),
    startAt: new Date('2027-03-09T08:00:00Z'),
  })
  if (!other.ok) throw new Error(other.reason)
  for (const channel of ['sms', 'mail'] as const) {
    await setConsentByLink(ctxFor(db), { token: tokenOf('rdv-link', linkId), channel, isOn: false })
  }
  expect(await mobilesOf(rdvId)).toEqual([{ mobile: null, email: null }])
  const [still] = await mobilesOf(other.value.rdvId)
  expect(still?.mobile).not.toBeNull()
  expect(still?.email).not.toBeNull()
})

test('what the file stops, the link of an RDV does not take up again', async () => {
  const { linkId, parentId, rdvId } = await booked()
  await db.execute(sql`update usagers set notify_by_sms = false where id = ${parentId}`)
  const token = tokenOf('rdv-link', linkId)
  await setConsentByLink(ctxFor(db), { token, channel: 'sms', isOn: true })
  expect(await getConsentsByLink(ctxFor(db), { token })).toMatchObject({ sms: 'stopped-everywhere' })
  expect((await mobilesOf(rdvId))[0]?.mobile).toBeNull()
})
