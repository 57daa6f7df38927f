import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { accounts, participations, rdvLinks, rdvs, usagers } from '@/db/schema'
import { aPerson, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { getOwnContacts } from '@/server/people/queries/account-files'
import { bookSlot, type BookSlot } from '../commands/book-slot'
import { listAccountRdvs } from './account-rdvs'
import { getRdvByLink } from './usager-rdvs'

const { db } = await ownDatabase()
let place: BookablePlace
let days = 0
beforeAll(async () => {
  place = await makeBookablePlace(db)
})

type People = BookSlot['coordinates']

/** An RDV of its own day, by somebody who types this. */
async function booked(over: Partial<People['person']> & { relative?: People['relative'] } = {}, where = place) {
  const { relative = null, ...person } = over
  const startAt = new Date(Date.UTC(2027, 2, 2 + days++, 8))
  const question = bookingQuestion(where, startAt)
  const coordinates = { person: { ...question.coordinates.person, ...person }, relative }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates })
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, startAt }
}

const phoneOf = (last: number) => ({ typed: `061234${String(last)}`, e164: `+3361234${String(last)}` })
async function shown(phoneE164: string, { now = NOW, family = null as string | null } = {}) {
  const actor = await aPerson(db, phoneE164)
  if (family !== null) await db.update(accounts).set({ family }).where(eq(accounts.id, actor.accountId))
  const own = await listAccountRdvs(ctxFor(db, { actor, now }))
  await db.delete(accounts).where(eq(accounts.id, actor.accountId))
  return own
}
const starts = (own: readonly { startAt: Date }[]) => own.map(({ startAt }) => startAt)

test('what is to come and what is past, mine and my child’s, in every territory, and nobody else’s', async () => {
  const abroad = await makeBookablePlace(db)
  const phone = phoneOf(1001)
  const mine = await booked({ phone })
  const childs = await booked({ phone, relative: { firstName: 'Lina', lastName: 'Martin', bornOn: null } })
  const elsewhere = await booked({ phone }, abroad)
  await booked({ phone: phoneOf(1002) })
  const now = new Date(mine.startAt.getTime() + 86_400_000 / 2)
  const own = await shown(phone.e164, { now })
  expect(starts(own.past)).toEqual([mine.startAt])
  expect(starts(own.toCome)).toEqual([childs.startAt, elsewhere.startAt])
  expect(own.toCome.map(({ forFirstName, isRelative }) => [forFirstName, isRelative])).toEqual([
    ['Lina', true],
    ['Léa', false],
  ])
  expect(own.toCome[0]?.linkPath).toMatch(/^\/r\/[\w-]{20}$/)
})

test('an RDV of a former system, that no link leads to yet, is listed with one that opens', async () => {
  const phone = phoneOf(1020)
  const { rdvId } = await booked({ phone })
  await db.delete(rdvLinks).where(eq(rdvLinks.rdvId, rdvId))
  const [rdv] = (await shown(phone.e164)).toCome
  const token = rdv?.linkPath.replace('/r/', '') ?? ''
  expect(await getRdvByLink(ctxFor(db), { token })).toMatchObject({ startAt: rdv?.startAt })
  expect((await shown(phone.e164)).toCome[0]?.linkPath).toBe(`/r/${token}`)
})

test('a phone typed for one RDV and carried by no file shows nothing', async () => {
  const known = await booked({ phone: phoneOf(1003) })
  await db.update(participations).set({ contactPhone: '+33612341004' }).where(eq(participations.rdvId, known.rdvId))
  expect((await shown('+33612341004')).toCome).toEqual([])
})

test('a phone two families share shows nothing until one is named, then hers alone', async () => {
  const phone = phoneOf(1005)
  const hers = await booked({ phone })
  await booked({ phone, firstName: 'Paul', lastName: 'Durand' })
  expect(await shown(phone.e164)).toMatchObject({ asksName: true, toCome: [], past: [] })
  expect(starts((await shown(phone.e164, { family: 'martin' })).toCome)).toEqual([hers.startAt])
})

test('a phone an agent takes off a file takes its RDVs away', async () => {
  const phone = phoneOf(1006)
  await booked({ phone })
  expect((await shown(phone.e164)).toCome).toHaveLength(1)
  await db.update(usagers).set({ phoneE164: null }).where(eq(usagers.phoneE164, phone.e164))
  expect((await shown(phone.e164)).toCome).toEqual([])
})

test('a confidential RDV shows to who it is for, unnamed; neither to a parent nor on a phone two people share', async () => {
  const cpef = await makeBookablePlace(db, { motif: { isConfidential: true } })
  const phone = phoneOf(1007)
  const mine = await booked({ phone }, cpef)
  await booked({ phone, relative: { firstName: 'Lina', lastName: 'Martin', bornOn: null } }, cpef)
  const own = await shown(phone.e164)
  expect(starts(own.toCome)).toEqual([mine.startAt])
  expect(own.toCome[0]).toMatchObject({ motifName: null, placeName: null, instructions: null })
  await makeUsager(db, cpef.territory.id, { phoneE164: phone.e164, firstName: 'Paul', lastName: 'Martin' })
  expect((await shown(phone.e164)).toCome).toEqual([])
})

/** What somebody who has proven these sees. */
async function seenBy(proven: { phoneE164?: string; email?: string }) {
  const actor = await aPerson(db)
  await db
    .update(accounts)
    .set({ phoneE164: null, ...proven })
    .where(eq(accounts.id, actor.accountId))
  const ctx = ctxFor(db, { actor })
  const [own, { files }] = [await listAccountRdvs(ctx), await getOwnContacts(ctx)]
  await db.delete(accounts).where(eq(accounts.id, actor.accountId))
  return { starts: starts(own.toCome), isPartial: own.isPartial, files: files.map(({ usagerId }) => usagerId), own }
}

describe('somebody typed a contact of theirs beside mine', () => {
  const email = 'somebody@example.org'
  const typed = { lastName: 'Besson', phone: phoneOf(1009) }

  test('they see what they asked for, and nothing that I did, confidential or not', async () => {
    const cpef = await makeBookablePlace(db, { motif: { isConfidential: true } })
    const theirs = [await booked({ ...typed, email }), await booked({ ...typed, email }, cpef)]
    const mine = [await booked(typed), await booked(typed, cpef)]
    expect(mine.map(({ rdvId }) => rdvId)).toHaveLength(2)
    const byMail = await seenBy({ email })
    expect(byMail).toMatchObject({ starts: theirs.map(({ startAt }) => startAt), isPartial: true, files: [] })
    const all = [...theirs, ...mine].map(({ startAt }) => startAt)
    expect(await seenBy({ phoneE164: typed.phone.e164 })).toMatchObject({ starts: all, isPartial: true, files: [] })
    expect(await seenBy({ phoneE164: typed.phone.e164, email })).toMatchObject({ starts: all, isPartial: false })
  })

  test('and where only a landline is left to prove, the service is to be called', async () => {
    const by = { ...typed, email: 'fixe@example.org' }
    await booked({ ...by, phone: phoneOf(1030) })
    expect((await seenBy({ email: by.email })).own).toMatchObject({ isPartial: true, isForServiceToCheck: false })
    await db.update(usagers).set({ phoneE164: '+33123456789' }).where(eq(usagers.email, by.email))
    expect((await seenBy({ email: by.email })).own).toMatchObject({ isPartial: true, isForServiceToCheck: true })
  })

  test('a phone, beside my e-mail, no more', async () => {
    const [my, phone] = ['lea.besson@example.org', phoneOf(1010)]
    const theirs = await booked({ ...typed, phone, email: my })
    await booked({ ...typed, phone: phoneOf(1011), email: my })
    expect((await seenBy({ phoneE164: phone.e164 })).starts).toEqual([theirs.startAt])
    expect((await seenBy({ email: my })).starts).toHaveLength(2)
  })

  test('what an agent placed shows once an agent wrote the contact, or nobody else’s stands there', async () => {
    const phone = phoneOf(1012)
    const one = await booked({ lastName: 'Caron', phone, email: 'caron@example.org' })
    await db
      .update(participations)
      .set({ contactPhone: null, contactEmail: null })
      .where(eq(participations.rdvId, one.rdvId))
    const file = eq(usagers.phoneE164, phone.e164)
    expect((await seenBy({ phoneE164: phone.e164 })).starts).toEqual([])
    await db.update(usagers).set({ phoneConfirmed: true }).where(file)
    expect((await seenBy({ phoneE164: phone.e164 })).starts).toEqual([one.startAt])
    expect((await seenBy({ email: 'caron@example.org' })).starts).toEqual([])
    await db.update(usagers).set({ phoneConfirmed: false, email: null }).where(file)
    expect((await seenBy({ phoneE164: phone.e164 })).starts).toEqual([one.startAt])
  })
})

test('one hidden from its person does not show', async () => {
  const phone = phoneOf(1008)
  const { rdvId } = await booked({ phone })
  await db.update(rdvs).set({ showsToUsager: false }).where(eq(rdvs.id, rdvId))
  expect((await shown(phone.e164)).toCome).toEqual([])
})

test('an account that is no more opens nothing', async () => {
  const actor = await aPerson(db)
  await db.delete(accounts).where(eq(accounts.id, actor.accountId))
  await expect(listAccountRdvs(ctxFor(db, { actor }))).rejects.toMatchObject({ code: 'unauthenticated' })
})
