import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { signedId, tokenOf } from '@/server/platform/tokens'
import { receiveSmsReply } from '@/server/people/commands/receive-sms-reply'
import { getConsentsByLink } from '../queries/consents'
import { bookSlot } from './book-slot'
import { setConsentByLink } from './set-consent-by-link'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

async function booked() {
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const relative = { firstName: 'Noé', lastName: 'Martin', bornOn: null }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { ...question.coordinates, relative } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  const [row] = await db.execute<{ linkId: number; parentId: number; childId: number }>(sql`
    select l.id::float8 as "linkId", u.id::float8 as "childId", u.responsible_id::float8 as "parentId"
    from rdv_links l join participations p on p.id = l.participation_id join usagers u on u.id = p.usager_id
    where l.rdv_id = ${rdvId}`)
  if (!row) throw new Error('no link')
  return { ...row, rdvId, territoryId: place.territory.id, phone: question.coordinates.person.phone?.e164 ?? '' }
}

const bySms = async (ids: readonly number[]) =>
  (
    await db.execute<{ sms: boolean }>(sql`
    select notify_by_sms as sms from usagers where id = any(${`{${ids.join(',')}}`}::bigint[]) order by id`)
  ).map(({ sms }) => sms)

test('the link of an RDV stops the SMS of whoever is told of it: the responsable of a proche', async () => {
  const { linkId, parentId, childId } = await booked()
  const token = tokenOf('rdv-link', linkId)
  await setConsentByLink(ctxFor(db), { token, channel: 'sms', isOn: false })
  expect(await getConsentsByLink(ctxFor(db), { token })).toMatchObject({ mail: true, sms: false })
  expect(await bySms([parentId, childId].sort((a, b) => a - b))).toEqual(
    parentId < childId ? [false, true] : [true, false],
  )
  const [told] = await db.execute(sql`
    select actor_kind as who from events where kind = 'usager.changed' and subject_id = ${parentId}`)
  expect(told).toEqual({ who: 'link' })
  const unknown = setConsentByLink(ctxFor(db), { token: 'x'.repeat(20), channel: 'sms', isOn: false })
  await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
})

test('STOP from the number given for an RDV alone stops the SMS of that RDV too', async () => {
  const { parentId, territoryId, phone } = await booked()
  await db.execute(sql`update usagers set phone = null, phone_e_164 = null where id = ${parentId}`)
  const [row] = await db.execute<{ id: number }>(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)
  const token = signedId('sms-replies', row?.id ?? 0)
  await receiveSmsReply(ctxFor(db), { token, from: phone, text: 'STOP' })
  expect(await bySms([parentId])).toEqual([false])
})
