import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { usagerOrganisations } from '@/db/schema'
import { adminOf, ctxFor, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { LIMITS } from '@/server/platform/limits'
import { findDoubles } from '../queries/doubles'
import { listUsagers, searchUsagers } from '../queries/search'
import type { CreateUsager } from '../schema'
import { createUsager } from './create-usager'

const { db } = await ownDatabase()
let here: BookablePlace
let sister: BookablePlace
beforeEach(async () => {
  here = await makeBookablePlace(db)
  sister = await makeBookablePlace(db, { within: here })
})

const as = (place: BookablePlace) => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })
const lea = { firstName: 'Léa', lastName: 'Martin', bornOn: '1990-02-03', phone: '06 12 34 56 78' }
const open = (answers: CreateUsager['answers'] = lea, over: Partial<CreateUsager> = {}, place = here) =>
  createUsager(as(place), {
    organisationId: here.organisation.id,
    responsibleId: null,
    answers,
    acknowledged: [],
    ...over,
  })
const search = (q: string, place = here) => searchUsagers(as(place), { territoryId: here.territory.id, q })

describe('opening a file', () => {
  test('with the names alone; the person is found from then on, here in full and next door masked', async () => {
    expect(await open({ firstName: ' Léa ', lastName: 'N’Diaye' })).toMatchObject({ ok: true })
    expect(await search('ndi le')).toEqual([])
    expect(await search('diaye le')).toMatchObject([{ firstName: 'Léa', lastName: 'N’Diaye', isMasked: false }])
    expect(await search('diaye', sister)).toMatchObject([{ firstName: 'Léa', lastName: 'N.', isMasked: true }])
    const [events] = await db.execute(
      sql`select count(*)::integer as count from events where territory_id = ${here.territory.id} and kind = 'usager.created'`,
    )
    expect(events).toEqual({ count: 1 })
  })

  test.each<[string, CreateUsager['answers']]>([
    ['without a name', { firstName: 'Léa' }],
    ['with half a phone', { ...lea, phone: '06 12' }],
    ['born tomorrow', { ...lea, bornOn: '2027-03-02' }],
    ['with half an e-mail', { ...lea, email: 'lea@' }],
  ])('is refused %s', async (_case, answers) =>
    expect(await open(answers)).toEqual({ ok: false, reason: 'invalid-fields' }),
  )

  test.each<[string, CreateUsager['answers']]>([
    ['the same number', { firstName: 'Paul', lastName: 'Durand', phone: '+33 6 12 34 56 78' }],
    ['the same names and birth date', { firstName: 'lea', lastName: 'MARTIN', bornOn: '1990-02-03' }],
  ])('of somebody perhaps known, by %s, asks first', async (_case, answers) => {
    await open()
    expect(await open(answers)).toEqual({ ok: false, reason: 'maybe-known' })
    const input = { organisationId: here.organisation.id, responsibleId: null, answers, acknowledged: [] }
    expect(await findDoubles(as(here), input)).toMatchObject([{ lastName: 'Martin' }])
    expect(await open(answers, { acknowledged: ['double'] })).toMatchObject({ ok: true })
  })

  test('looking for doubles counts as searching: past the limit it waits, and is not told whether somebody is known', async () => {
    await search('martin')
    await db.execute(sql`
      update rate_limits set points = ${LIMITS.peopleSearchesPerAgent.points - 1} where key like 'people-search-agent:%'`)
    const input = { organisationId: here.organisation.id, responsibleId: null, answers: lea, acknowledged: [] }
    expect(await findDoubles(as(here), input)).toEqual([])
    await expect(findDoubles(as(here), input)).rejects.toThrow('rate-limited')
    await expect(search('martin')).rejects.toThrow('rate-limited')
    await expect(open()).rejects.toThrow('rate-limited')
  })

  test('an e-mail belongs to one file, whatever is acknowledged; another territory knows nothing of it', async () => {
    const email = 'lea@exemple.fr'
    await open({ ...lea, email })
    const paul = { firstName: 'Paul', lastName: 'Durand', email }
    expect(await open(paul, { acknowledged: ['double'] })).toEqual({ ok: false, reason: 'email-taken' })
    expect(await search('le@')).toEqual([])
    expect(await search('lea@exem')).toMatchObject([{ email }])
    const abroad = await makeBookablePlace(db)
    expect(await open(paul, { organisationId: abroad.organisation.id }, abroad)).toMatchObject({ ok: true })
  })

  test('eight agents at once open one', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => open()))
    expect(tally(answers)).toEqual({ done: 1, 'maybe-known': 7 })
  })

  test('a proche is reached through their responsable, who is nobody’s proche and of the same territory', async () => {
    const mother = await makeUsager(db, here.territory.id, { lastName: 'Petit', phoneE164: '+33612340000' })
    await db.insert(usagerOrganisations).values({
      territoryId: here.territory.id,
      organisationId: here.organisation.id,
      usagerId: mother.id,
    })
    const baby = { firstName: 'Zoé', lastName: 'Petit', bornOn: '2026-12-01' }
    const born = await open(baby, { responsibleId: mother.id })
    expect(born).toMatchObject({ ok: true })
    expect(await search('petit zo')).toMatchObject([{ phone: '+33612340000', responsible: { lastName: 'Petit' } }])
    expect(await search('06 12 34 00 00')).toHaveLength(2)
    const refusal = { ok: false, reason: 'no-such-responsible' }
    const ofBaby = born.ok ? born.value.usagerId : 0
    expect(await open({ firstName: 'Ana', lastName: 'Petit' }, { responsibleId: ofBaby })).toEqual(refusal)
    const stranger = await makeUsager(db, (await makeBookablePlace(db)).territory.id)
    expect(await open({ firstName: 'Ana', lastName: 'Petit' }, { responsibleId: stranger.id })).toEqual(refusal)
  })

  test('nobody becomes the proche of somebody one may not know: their name and number would show', async () => {
    const secret = { lastName: 'Secret', phoneE164: '+33612340001', email: 'ines.secret@exemple.fr' }
    const mother = await makeUsager(db, here.territory.id, secret)
    const proche = { firstName: 'Zoé', lastName: 'Secret' }
    expect(await open(proche, { responsibleId: mother.id })).toEqual({ ok: false, reason: 'no-such-responsible' })
  })

  test('six agents at once open one file of somebody without a contact', async () => {
    const alike = { firstName: 'Léa', lastName: 'Pareil', bornOn: '1990-02-03' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => open(alike)))
    expect(tally(answers)).toEqual({ done: 1, 'maybe-known': 5 })
  })

  test('elsewhere is not found', () =>
    expect(open(lea, { organisationId: sister.organisation.id })).rejects.toMatchObject({ code: 'not-found' }))
})

describe('looking for people', () => {
  test('those of the rest of the territory only complete a short list', async () => {
    for (let i = 0; i < 6; i++) await makeUsager(db, here.territory.id, { lastName: `Legrand ${'abcdef'[i] ?? ''}` })
    expect(await search('legrand')).toHaveLength(4)
    await open({ firstName: 'Anne', lastName: 'Legrand' })
    const found = await search('legrand')
    expect(found.map(({ isMasked }) => isMasked)).toEqual([false, true, true, true])
  })

  test('somebody masked is found by their whole names or e-mail, and spelt out by nobody', async () => {
    const email = 'ines.secret@exemple.fr'
    await makeUsager(db, here.territory.id, { firstName: 'Ines', lastName: 'Secret', email })
    for (const beginning of ['ines s', 'ines secre', 'ines.secret@', 'ines.secret@exemple.f']) {
      expect(await search(beginning)).toEqual([])
    }
    for (const whole of ['secret ines', email]) expect(await search(whole)).toMatchObject([{ isMasked: true }])
  })

  test('a family not received yet is kept whole, and nobody goes through the numbers of masked people', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => makeUsager(db, here.territory.id)))
    const usagerIds = people.map(({ id }) => id).reverse()
    const list = () => listUsagers(as(here), { territoryId: here.territory.id, usagerIds })
    const { points } = LIMITS.maskedFilesPerAgent
    for (let shown = 0; shown + people.length <= points; shown += people.length) {
      const found = await list()
      expect(found.map(({ id, isMasked }) => [id, isMasked])).toEqual(usagerIds.map((id) => [id, true]))
    }
    await expect(list()).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('a territory is a wall, for a search and for a list', async () => {
    const abroad = await makeBookablePlace(db)
    const stranger = await makeUsager(db, abroad.territory.id, { lastName: 'Ailleurs' })
    expect(await search('ailleurs')).toEqual([])
    expect(await listUsagers(as(here), { territoryId: here.territory.id, usagerIds: [stranger.id] })).toEqual([])
    await expect(searchUsagers(as(here), { territoryId: abroad.territory.id, q: 'ailleurs' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('what a pattern would mean is only text', async () => {
    await open()
    for (const q of ['%%', '__', 'm%tin', "'; drop table usagers; --"]) expect(await search(q)).toEqual([])
  })
})
