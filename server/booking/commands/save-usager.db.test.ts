import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accounts, participations, usagerOrganisations, usagers, waitlistEntries } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { LIMITS } from '@/server/platform/limits'
import { findDoublesOf } from '@/server/people/queries/doubles'
import { searchUsagers } from '@/server/people/queries/search'
import { listUsagerHistory } from '@/server/people/queries/usager-history'
import { getUsager } from '@/server/people/queries/usager-sheet'
import { shownFile } from '@/server/people/rules/usager-change'
import type { SaveUsager } from '@/server/people/schema'
import { bookSlot } from './book-slot'
import { saveUsager } from './save-usager'

const { db } = await ownDatabase()
let here: BookablePlace
let sister: BookablePlace
let abroad: BookablePlace
beforeAll(async () => {
  abroad = await makeBookablePlace(db)
})
beforeEach(async () => {
  here = await makeBookablePlace(db)
  sister = await makeBookablePlace(db, { within: here })
})

const as = (place = here) => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })
async function receive(given: Partial<typeof usagers.$inferInsert> = {}, places = [here]) {
  const person = await makeUsager(db, here.territory.id, given)
  for (const { organisation } of places)
    await db
      .insert(usagerOrganisations)
      .values({ territoryId: here.territory.id, usagerId: person.id, organisationId: organisation.id })
  return person.id
}
/** The form as the page shows it, with something typed in it. */
async function formOf(usagerId: number, over: Partial<SaveUsager> = {}): Promise<SaveUsager> {
  const sheet = await getUsager(as(), { usagerId })
  const shown = shownFile(sheet)
  const accessibilityNeeds = [...shown.accessibilityNeeds]
  return { usagerId, version: sheet.version, ...shown, accessibilityNeeds, acknowledged: [], ...over }
}
const change = async (usagerId: number, over: Partial<SaveUsager>) => saveUsager(as(), await formOf(usagerId, over))
const eventsOf = async (usagerId: number) => [
  ...(await db.execute(sql`
    select e.kind, e.payload, v.field, v.new_value, v.usager_id::integer from events e
    left join event_values v on v.event_id = e.id and v.occurred_at = e.occurred_at
    where e.subject_kind = 'usager' and e.subject_id = ${usagerId}`)),
]

describe('a file', () => {
  test('takes what was typed, and its history says which fields, never their values but consents', async () => {
    const id = await receive({ phone: '06 12 34 56 78', phoneE164: '+33612345678' })
    const typed = {
      ...{ lastName: 'Durand', interpreterLanguage: 'arabe', accessibilityNeeds: ['wheelchair' as const] },
      ...{ accessibilityNote: 'Ascenseur', notifyBySms: false },
    }
    expect(await change(id, typed)).toMatchObject({ ok: true })
    expect(await getUsager(as(), { usagerId: id })).toMatchObject({ ...typed, phone: '06 12 34 56 78', version: 2 })
    const events = await eventsOf(id)
    expect(events).toEqual([
      {
        ...{ kind: 'usager.changed', payload: { fields: ['lastName', 'notifyBySms', 'needs'] } },
        ...{ field: 'notifyBySms', new_value: false, usager_id: id },
      },
    ])
    expect(JSON.stringify(events)).not.toMatch(/Durand|arabe|wheelchair|Ascenseur/)
    expect((await listUsagerHistory(as(), { usagerId: id })).map(({ field, to }) => [field, to])).toEqual([
      ['lastName', null],
      ['notifyBySms', false],
      ['needs', null],
    ])
  })

  test('sent back as it was is left as it was, without a word in its history', async () => {
    const id = await receive({ email: 'lea@exemple.fr', address: '3 rue des Lilas', cityName: 'Lens' })
    expect(await change(id, {})).toMatchObject({ ok: true, value: { changed: [] } })
    expect(await getUsager(as(), { usagerId: id })).toMatchObject({ version: 1, cityName: 'Lens' })
    expect(await eventsOf(id)).toEqual([])
  })

  test('says of each contact whether an agent wrote it, or checked it with the person', async () => {
    const contacts = { phone: '06 12 34 56 70', phoneE164: '+33612345670', email: 'lea.online@exemple.fr' }
    const id = await receive({ ...contacts, phoneConfirmed: false, emailConfirmed: false })
    const confirmed = async () => {
      const { phoneConfirmed, emailConfirmed } = await getUsager(as(), { usagerId: id })
      return [phoneConfirmed, emailConfirmed]
    }
    await change(id, { firstName: 'Ana' })
    expect(await confirmed()).toEqual([false, false])
    await change(id, { phoneConfirmed: true })
    expect(await confirmed()).toEqual([true, false])
    expect((await listUsagerHistory(as(), { usagerId: id }))[0]?.field).toBe('phoneConfirmed')
    await change(id, { email: 'lea.elsewhere@exemple.fr' })
    expect(await confirmed()).toEqual([true, true])
    await change(id, { phone: '', email: '' })
    expect(await confirmed()).toEqual([false, false])
  })

  test('two tabs: the second is told, and overwrites nothing it did not see', async () => {
    const id = await receive()
    const [first, second] = [await formOf(id, { firstName: 'Ana' }), await formOf(id, { lastName: 'Durand' })]
    expect(await saveUsager(as(), first)).toMatchObject({ ok: true })
    expect(await saveUsager(as(), second)).toEqual({ ok: false, reason: 'changed-meanwhile' })
    expect(await getUsager(as(), { usagerId: id })).toMatchObject({ firstName: 'Ana', version: 2 })
  })

  test('eight agents at once: one is done, the others are told', async () => {
    const id = await receive()
    const forms = await Promise.all('abcdefgh'.split('').map((end) => formOf(id, { lastName: `Durand ${end}` })))
    expect(tally(await Promise.all(forms.map((form) => saveUsager(as(), form))))).toEqual({
      done: 1,
      'changed-meanwhile': 7,
    })
  })

  test.each<[string, Partial<SaveUsager>]>([
    ['the same number', { phone: '+33 6 12 34 56 78' }],
    ['the same names and birth date', { firstName: 'LEA', lastName: 'martin', bornOn: '1990-02-03' }],
  ])('made to look like another, by %s, asks first', async (_case, over) => {
    await receive({ lastName: 'Martin', bornOn: '1990-02-03', phoneE164: '+33612345678' })
    const id = await receive({ firstName: 'Ana', lastName: 'Durand' })
    expect(await change(id, over)).toEqual({ ok: false, reason: 'maybe-known' })
    expect(await findDoublesOf(as(), await formOf(id, over))).toMatchObject([{ lastName: 'Martin' }])
    expect(await change(id, { ...over, acknowledged: ['double'] })).toMatchObject({ ok: true })
    // Known from then on: another change warns of nothing.
    expect(await change(id, { accessibilityNote: 'Ascenseur' })).toMatchObject({ ok: true })
  })

  test('two files made alike at once: the second is told', async () => {
    const ids = [await receive({ firstName: 'Ana' }), await receive({ firstName: 'Ana' })]
    const forms = await Promise.all(ids.map((id) => formOf(id, { lastName: 'Pareil', bornOn: '1990-02-03' })))
    expect(tally(await Promise.all(forms.map((form) => saveUsager(as(), form))))).toEqual({ done: 1, 'maybe-known': 1 })
  })

  test('an e-mail belongs to one file of the territory, whatever is acknowledged', async () => {
    const email = 'lea@exemple.fr'
    await receive({ email }, [sister])
    const id = await receive()
    expect(await change(id, { email, acknowledged: ['double'] })).toEqual({ ok: false, reason: 'email-taken' })
    const stranger = await makeUsager(db, abroad.territory.id, { email: 'ana@exemple.fr' })
    expect(stranger.email).toBe('ana@exemple.fr')
    expect(await change(id, { email: 'Ana@exemple.fr' })).toMatchObject({ ok: true })
  })

  test('what makes no sense is refused, and the consents of an account are theirs', async () => {
    const [account] = await db.insert(accounts).values({ email: 'a@exemple.fr' }).returning({ id: accounts.id })
    const id = await receive({ accountId: account?.id ?? 0 })
    expect(await change(id, { phone: '06 12' })).toEqual({ ok: false, reason: 'not-a-phone' })
    expect(await change(id, { bornOn: '2027-03-02' })).toEqual({ ok: false, reason: 'in-the-future' })
    expect(await change(id, { notifyByEmail: false })).toEqual({ ok: false, reason: 'consents-theirs' })
  })
})

describe('a contact that was wrong', () => {
  const contactsOf = async (usagerId: number) => {
    const [part] = await db.select().from(participations).where(eq(participations.usagerId, usagerId))
    const [wait] = await db.select().from(waitlistEntries).where(eq(waitlistEntries.usagerId, usagerId))
    return [part?.contactPhone, wait?.contactPhone]
  }
  /** Somebody who booked online, and waits, with the number their file got from it. */
  async function whoBooked() {
    const question = bookingQuestion(here, new Date('2027-03-02T08:00:00Z'))
    const booked = await bookSlot(ctxFor(db), question)
    if (!booked.ok) throw new Error(booked.reason)
    const [part] = await db.select().from(participations).where(eq(participations.id, booked.value.participationId))
    const usagerId = part?.usagerId ?? 0
    const phone = question.coordinates.person.phone?.e164 ?? ''
    await db.insert(waitlistEntries).values({
      ...{ territoryId: here.territory.id, motifId: here.motif.id, lieuId: here.lieu.id },
      ...{ usagerId, contactPhone: phone },
    })
    return { usagerId, phone }
  }

  test('is no longer where RDVs to come and waits are told, booked online or not', async () => {
    const { usagerId, phone } = await whoBooked()
    expect(await contactsOf(usagerId)).toEqual([phone, phone])
    expect(await change(usagerId, { phone: '06 87 65 43 21' })).toMatchObject({ ok: true })
    expect(await contactsOf(usagerId)).toEqual(['+33687654321', '+33687654321'])
    // Taken away, nobody is told there any more.
    expect(await change(usagerId, { phone: '' })).toMatchObject({ ok: true })
    expect(await contactsOf(usagerId)).toEqual([null, null])
  })

  test('takes the refusal of whoever had it with it', async () => {
    const { usagerId } = await whoBooked()
    await db.update(participations).set({ stopsSms: true }).where(eq(participations.usagerId, usagerId))
    await db.update(waitlistEntries).set({ stopsSms: true }).where(eq(waitlistEntries.usagerId, usagerId))
    await change(usagerId, { phone: '06 87 65 43 21' })
    const [part] = await db.select().from(participations).where(eq(participations.usagerId, usagerId))
    const [wait] = await db.select().from(waitlistEntries).where(eq(waitlistEntries.usagerId, usagerId))
    expect([part?.stopsSms, wait?.stopsSms]).toEqual([false, false])
  })

  test('of two waits for the same thing that come to be told alike, one stays; told otherwise too, both do', async () => {
    const { usagerId, phone } = await whoBooked()
    const wait = { territoryId: here.territory.id, motifId: here.motif.id, lieuId: here.lieu.id, usagerId }
    await db.insert(waitlistEntries).values([
      { ...wait, contactPhone: '+33687654321' },
      { ...wait, contactPhone: phone, contactEmail: 'lea@example.org' },
    ])
    expect(await change(usagerId, { phone: '06 87 65 43 21' })).toMatchObject({ ok: true })
    const waits = await db.select().from(waitlistEntries).where(eq(waitlistEntries.usagerId, usagerId))
    const open = waits.filter(({ endedAt }) => endedAt === null)
    expect(open.map(({ contactPhone, contactEmail }) => [contactPhone, contactEmail])).toEqual(
      expect.arrayContaining([
        ['+33687654321', null],
        ['+33687654321', 'lea@example.org'],
      ]),
    )
    expect([waits.length, open.length]).toEqual([3, 2])
  })

  test('leaves what was typed otherwise for one RDV, and what is refused changes nothing', async () => {
    const { usagerId, phone } = await whoBooked()
    await db.update(usagers).set({ phone: '06 11 11 11 11', phoneE164: '+33611111111' }).where(eq(usagers.id, usagerId))
    expect(await change(usagerId, { phone: '06 87 65 43 21', bornOn: '2090-01-01' })).toMatchObject({ ok: false })
    expect(await change(usagerId, { phone: '06 87 65 43 21' })).toMatchObject({ ok: true })
    expect(await contactsOf(usagerId)).toEqual([phone, phone])
  })
})

describe('beyond reach', () => {
  test('a file is not found, to read, to change, nor its history: unknown, gone and elsewhere are the same', async () => {
    const theirs = await receive({}, [sister])
    const stranger = (await makeUsager(db, abroad.territory.id)).id
    const gone = await receive()
    const form = await formOf(gone)
    await db.update(usagers).set({ deletedAt: new Date() }).where(eq(usagers.id, gone))
    for (const usagerId of [theirs, stranger, gone, 999_999]) {
      const answers = await Promise.allSettled([
        getUsager(as(), { usagerId }),
        listUsagerHistory(as(), { usagerId }),
        saveUsager(as(), { ...form, usagerId }),
        findDoublesOf(as(), { ...form, usagerId }),
      ])
      for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
    }
  })

  test('of the family and of who receives somebody, only what is within reach is told', async () => {
    const mother = await receive({ lastName: 'Petit', phoneE164: '+33612340000', phone: '06' }, [sister])
    const child = { responsibleId: mother, lastName: 'Petit' }
    const id = await receive({ ...child, firstName: 'Zoé' }, [here, sister])
    const brother = await receive({ ...child, firstName: 'Tom' }, [sister])
    const seen = await getUsager(as(), { usagerId: id })
    // Their phone is the proche's own; their file is not for us.
    expect(seen.responsible).toMatchObject({ lastName: 'Petit', phone: '+33612340000', isOpen: false })
    expect(seen.organisations.map((one) => one.id)).toEqual([here.organisation.id])
    const fromThere = await getUsager(as(sister), { usagerId: mother })
    expect(fromThere.relatives.map((one) => one.id).sort()).toEqual([id, brother].sort())
    await db.insert(usagerOrganisations).values({
      ...{ territoryId: here.territory.id, usagerId: mother, organisationId: here.organisation.id },
    })
    expect((await getUsager(as(), { usagerId: mother })).relatives.map((one) => one.id)).toEqual([id])
  })

  test('a colleague of another organisation stays without a name in the history', async () => {
    const id = await receive({}, [here, sister])
    expect(await saveUsager(as(sister), await formOf(id, { firstName: 'Ana' }))).toMatchObject({ ok: true })
    expect(await change(id, { firstName: 'Léa' })).toMatchObject({ ok: true })
    const names = (await listUsagerHistory(as(), { usagerId: id })).map(({ author }) => author.name)
    expect(names.sort()).toEqual([expect.any(String), null])
  })
})

test('opening a file leaves a trace of who did', async () => {
  const id = await receive()
  await getUsager(as(), { usagerId: id })
  const rows = await db.execute(
    sql`select actor_id::integer as id, purpose from access_log where subject_kind = 'usager' and subject_id = ${id}`,
  )
  expect([...rows]).toEqual([{ id: here.agents[0]?.id, purpose: 'usager-page' }])
})

test('an e-mail finds whoever carries it, and their proches; whole when they are masked', async () => {
  const mother = await receive({ firstName: 'Ines', lastName: 'Petit', email: 'ines.petit@exemple.fr' })
  await receive({ firstName: 'Zoé', lastName: 'Petit', responsibleId: mother })
  await receive({ firstName: 'Tom', lastName: 'Secret', responsibleId: mother }, [sister])
  const search = async (q: string) =>
    (await searchUsagers(as(), { territoryId: here.territory.id, q })).map((one) => one.firstName)
  expect(await search('ines.pe@')).toEqual([])
  expect(await search('ines.petit@exem')).toEqual(['Ines', 'Zoé'])
  expect(await search('ines.petit@exemple.fr')).toEqual(['Ines', 'Zoé', 'Tom'])
})

test('asking who somebody may be counts with the searches, by the page as by the save', async () => {
  const id = await receive()
  const form = await formOf(id, { lastName: 'Durand' })
  const { points } = LIMITS.peopleSearchesPerAgent
  await findDoublesOf(as(), form)
  await db.execute(sql`update rate_limits set points = ${points - 1} where key like 'people-search-agent:%'`)
  await findDoublesOf(as(), form)
  await expect(findDoublesOf(as(), form)).rejects.toThrow('rate-limited')
  await expect(saveUsager(as(), form)).rejects.toThrow('rate-limited')
  // What is refused was looked at all the same.
  await db.execute(sql`update rate_limits set points = ${points - 1} where key like 'people-search-agent:%'`)
  expect(await saveUsager(as(), { ...form, version: form.version + 1 })).toMatchObject({ ok: false })
  await expect(saveUsager(as(), form)).rejects.toThrow('rate-limited')
})
