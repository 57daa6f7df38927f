import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import {
  makeAgent,
  makeBookablePlace,
  makeCommune,
  makeLieu,
  makeMotif,
  makeOpening,
  makeOrganisation,
  makeService,
  makeTerritory,
} from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { bookSlot } from '../commands/book-slot'
import { saveDraft } from '../commands/save-draft'
import { confirmDraft } from '../commands/confirm-draft'
import { motifKey } from '@/server/directory/rules/motif'
import { getDraft } from './drafts'
import { listPlaces, searchSlots } from './slots'
import { getRecap, listMotifs, listServices } from './tunnel'
import { getConfirmation } from './usager-rdvs'

const { db } = await ownDatabase()
let place: BookablePlace
beforeAll(async () => {
  place = await makeBookablePlace(db)
  await makeCommune(db)
})

const lens = { commune: '62498' }
const key = () => motifKey(place.motif)
const chosen = () => ({ ...lens, service: place.service.id, motif: key() })
const atLieu = () => ({ ...chosen(), lieu: place.lieu.id })
const starts = (page: { days: { slots: { startAt: Date }[] }[] }) =>
  page.days.flatMap(({ slots }) => slots.map(({ startAt }) => startAt.toISOString()))

describe('the tunnel', () => {
  test('names the services and motifs open in a commune', async () => {
    const { recap, services } = await listServices(ctxFor(db), lens)
    expect(recap.commune.name).toBe('Lens')
    expect(services).toEqual([
      { id: place.service.id, name: place.service.name, shortName: place.service.shortName, motifCount: 1 },
    ])
    const { motifs } = await listMotifs(ctxFor(db), { ...lens, service: place.service.id })
    expect(motifs.map((motif) => motif.key)).toEqual([key()])
  })

  test('at a lieu, only what is offered there speaks: another organisation asks and lasts otherwise', async () => {
    const commune = await makeCommune(db, { code: '80021', name: 'Amiens', departmentNumber: '80' })
    const territory = await makeTerritory(db, { departmentNumber: '80' })
    const name = 'Bilan'
    const within = { territory, service: await makeService(db, territory.id) }
    const [here, there] = [
      await makeBookablePlace(db, { within, motif: { name, durationMin: 30, instructions: 'Venez à jeun.' } }),
      await makeBookablePlace(db, { within, motif: { name, durationMin: 60, asksBirthDate: true } }),
    ]
    const query = { commune: commune.code, motif: motifKey(here.motif) }
    const seenAt = async ({ lieu }: BookablePlace) => (await getRecap(ctxFor(db), { ...query, lieu: lieu.id })).motif
    expect(await seenAt(here)).toMatchObject({ durationMin: 30, longestDurationMin: 30, instructions: 'Venez à jeun.' })
    expect(await seenAt(there)).toMatchObject({ durationMin: 60, instructions: null, asksBirthDate: true })

    // Yet they are one motif for the person: RDVs to come count together, wherever they are.
    const person = { firstName: 'Ana', lastName: 'Petit', phone: '06 12 34 56 01', bornOn: '1990-02-28' }
    const confirm = async (
      { lieu }: BookablePlace,
      day: number,
      read: { consignes?: 'lues' } = { consignes: 'lues' },
    ) => {
      const tunnel = { ...query, ...read, lieu: lieu.id, creneau: new Date(`2027-03-0${day}T08:00:00Z`) }
      const { draftId } = await saveDraft(ctxFor(db), { tunnel, answers: person })
      const outcome = await confirmDraft(ctxFor(db), { draftId })
      return outcome.ok ? 'booked' : outcome.reason
    }
    // Only the first has instructions, which stand between its answers and the last button.
    expect(await confirm(here, 2, {})).toBe('instructions-unread')
    expect(await confirm(here, 2)).toBe('booked')
    expect(await confirm(there, 3, {})).toBe('booked')
    expect([await confirm(here, 4), await confirm(there, 4)]).toEqual(['too-many-open', 'too-many-open'])
  })

  test('a video motif is offered where the territory has a host for it', async () => {
    const commune = await makeCommune(db, { code: '02691', name: 'Saint-Quentin', departmentNumber: '02' })
    const territory = await makeTerritory(db, { departmentNumber: '02', videoBaseUrl: 'https://visio.example.org' })
    const within = { territory, service: await makeService(db, territory.id) }
    await makeBookablePlace(db, { within, motif: { name: 'Entretien', locationType: 'visio' } })
    const { motifs } = await listMotifs(ctxFor(db), { commune: commune.code })
    expect(motifs.map(({ name }) => name)).toEqual(['Entretien'])
  })

  test('an unknown commune is not found', async () => {
    await expect(listServices(ctxFor(db), { commune: '99999' })).rejects.toThrow(new AppError('not-found'))
  })

  test.each([
    ['for agents only', { bookableBy: 'agents' }],
    ['for prescripteurs', { bookableBy: 'agents_and_prescripteurs' }],
    ['for follow-up', { isFollowUp: true }],
    ['deleted', { deletedAt: new Date() }],
    ['that would show nothing of the RDV', { visibility: 'invisible' }],
    ['by video, where the territory has no host for it', { locationType: 'visio' }],
  ] as const)('a motif %s is not offered', async (_case, over) => {
    const other = await makeMotif(
      db,
      { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id },
      over,
    )
    await db.execute(
      sql`insert into opening_motifs (territory_id, opening_id, motif_id) select territory_id, id, ${other.id} from openings where territory_id = ${place.territory.id} limit 1`,
    )
    const { motifs } = await listMotifs(ctxFor(db), lens)
    expect(motifs.map((motif) => motif.key)).toEqual([key()])
  })

  test('a motif without any live opening is not offered: it would lead nowhere', async () => {
    await makeMotif(db, {
      territoryId: place.territory.id,
      organisationId: place.organisation.id,
      serviceId: place.service.id,
    })
    const { motifs } = await listMotifs(ctxFor(db), lens)
    expect(motifs).toHaveLength(1)
  })

  test('a link that outlived its service shows what the others offer; one that has not, only its own', async () => {
    const there = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const other = await makeService(db, place.territory.id)
    const motif = await makeMotif(db, { ...there, serviceId: other.id })
    const agent = await makeAgent(db, { ...there, serviceId: other.id })
    const at = { ...there, agentId: agent.id, lieuId: place.lieu.id }
    const opening = await makeOpening(db, { ...at, motifIds: [motif.id] })
    const keysOf = async (service: number | undefined) => {
      const { recap, motifs } = await listMotifs(ctxFor(db), { ...lens, service })
      return { service: recap.service?.id ?? null, keys: motifs.map((one) => one.key).sort() }
    }
    const both = [key(), motifKey(motif)].sort()
    expect(await keysOf(undefined)).toEqual({ service: null, keys: both })
    expect(await keysOf(other.id)).toEqual({ service: other.id, keys: [motifKey(motif)] })
    await db.execute(sql`delete from openings where id = ${opening.id}`)
    expect(await keysOf(other.id)).toEqual({ service: null, keys: [key()] })
    const { page } = await searchSlots(ctxFor(db), { ...atLieu(), service: other.id })
    expect(page.fromDay).toBe('2027-03-01')
  })

  test('gives each lieu with its next availability', async () => {
    const { places } = await listPlaces(ctxFor(db), chosen())
    expect(places.map(({ id, nextAt }) => [id, nextAt?.toISOString()])).toEqual([
      [place.lieu.id, '2027-03-01T08:00:00.000Z'],
    ])
  })

  test('opens the slots on the first day that has some, seven days at a time', async () => {
    const { page } = await searchSlots(ctxFor(db), atLieu())
    expect(page.fromDay).toBe('2027-03-01')
    expect(starts(page).slice(0, 6)).toEqual(
      ['08:00', '08:30', '09:00', '09:30', '10:00', '10:30'].map((time) => `2027-03-01T${time}:00.000Z`),
    )
    expect(page.days).toHaveLength(7)
    expect(page).toMatchObject({ nextFromDay: '2027-03-08', previousFromDay: null, reasons: [] })
    const { page: next } = await searchSlots(ctxFor(db), { ...atLieu(), du: '2027-03-08' })
    expect(next).toMatchObject({ fromDay: '2027-03-08', previousFromDay: '2027-03-01' })
  })

  test('never shows what is taken, and says why when nothing is left', async () => {
    const full = await makeBookablePlace(db)
    await db.execute(
      sql`update openings set rrule = null, last_day = '2027-03-01' where territory_id = ${full.territory.id}`,
    )
    const query = { ...lens, service: full.service.id, motif: motifKey(full.motif), lieu: full.lieu.id }
    for (let slot = 0; slot < 6; slot++) {
      const startAt = new Date(Date.UTC(2027, 2, 1, 8) + slot * 1_800_000)
      expect((await bookSlot(ctxFor(db), bookingQuestion(full, startAt))).ok).toBe(true)
      expect(starts((await searchSlots(ctxFor(db), query)).page)).toHaveLength(5 - slot)
    }
    const { page } = await searchSlots(ctxFor(db), { ...query, du: '2027-03-01' })
    expect(page).toMatchObject({ days: [], nextFromDay: null, reasons: [{ reason: 'full', count: 1 }] })
    expect(
      (await listPlaces(ctxFor(db), { ...lens, service: full.service.id, motif: motifKey(full.motif) })).places[0]
        ?.nextAt,
    ).toBeNull()
  })

  test('an empty week points to the next availability', async () => {
    const later = await makeBookablePlace(db)
    await db.execute(sql`update openings set first_day = '2027-04-06' where territory_id = ${later.territory.id}`)
    const query = {
      ...lens,
      service: later.service.id,
      motif: motifKey(later.motif),
      lieu: later.lieu.id,
      du: '2027-03-02',
    }
    const { page } = await searchSlots(ctxFor(db), query)
    expect(page.days).toEqual([])
    expect(page.nextAvailabilityAt?.toISOString()).toBe('2027-04-06T07:00:00.000Z')
    expect(page.nextFromDay).toBe('2027-04-06')
  })

  test('a lieu, motif or service of elsewhere is as if absent', async () => {
    const elsewhere = await makeTerritory(db, { departmentNumber: '80' })
    const organisation = await makeOrganisation(db, elsewhere.id)
    const lieu = await makeLieu(db, { territoryId: elsewhere.id, organisationId: organisation.id })
    expect((await getRecap(ctxFor(db), { ...chosen(), lieu: lieu.id })).place).toBeNull()
    expect((await getRecap(ctxFor(db), { ...lens, motif: 'n-importe-quoi.phone' })).motif).toBeNull()
    expect((await getRecap(ctxFor(db), { ...lens, service: 999_999 })).service).toBeNull()
  })

  test('follows the clock of La Réunion, whatever the server’s', async () => {
    const territory = await makeTerritory(db, { departmentNumber: '974', zone: 'Indian/Reunion' })
    await makeCommune(db, { code: '97411', name: 'Saint-Denis', departmentNumber: '974', postCodes: ['97400'] })
    const organisation = await makeOrganisation(db, territory.id)
    const service = await makeService(db, territory.id)
    const there = { territoryId: territory.id, organisationId: organisation.id }
    const motif = await makeMotif(db, { ...there, serviceId: service.id })
    const lieu = await makeLieu(db, there)
    const agent = await makeAgent(db, { ...there, serviceId: service.id })
    await makeOpening(db, { ...there, agentId: agent.id, lieuId: lieu.id, motifIds: [motif.id] })
    const { page } = await searchSlots(ctxFor(db), {
      commune: '97411',
      service: service.id,
      motif: motifKey(motif),
      lieu: lieu.id,
    })
    // 9:00 in La Réunion is 5:00 UTC; at 6:00 UTC on 1 March, 10:00 there, 10:30 is the first beyond the 30-minute delay.
    expect(starts(page)[0]).toBe('2027-03-01T06:30:00.000Z')
    expect(page.fromDay).toBe('2027-03-01')
  })
})

describe('a draft', () => {
  const answers = { firstName: 'Léa', lastName: 'Martin', phone: '06 12 34 56 78' }
  const tunnel = () => ({ ...atLieu(), creneau: new Date('2027-03-03T08:00:00Z') })

  test('keeps everything typed, right or wrong, with its errors', async () => {
    const wrong = { firstName: '🎉', lastName: 'x'.repeat(10_000), phone: '12', email: 'non' }
    const { draftId, isValid } = await saveDraft(ctxFor(db), { tunnel: tunnel(), answers: wrong })
    expect(isValid).toBe(false)
    const draft = await getDraft(ctxFor(db), { draftId })
    expect(draft.errors).toEqual({
      firstName: 'not-a-name',
      lastName: 'too-long',
      phone: 'not-a-phone',
      email: 'not-an-email',
    })
    expect(draft.answers).toMatchObject({ firstName: '🎉', phone: '12', email: 'non' })
    expect(draft.recap.place?.id).toBe(place.lieu.id)
  })

  test('becomes an RDV, once; pressed again it answers the same', async () => {
    const { draftId } = await saveDraft(ctxFor(db), { tunnel: tunnel(), answers })
    const outcomes = await Promise.all([1, 2, 3].map(() => confirmDraft(ctxFor(db), { draftId })))
    expect(outcomes).toEqual([1, 2, 3].map(() => ({ ok: true, value: { draftId } })))
    const rdv = await getConfirmation(ctxFor(db), { draftId })
    expect(rdv).toMatchObject({
      status: 'unknown',
      forFirstName: 'Léa',
      placeName: place.lieu.name,
      whyNotCancel: null,
    })
    expect(rdv.startAt.toISOString()).toBe('2027-03-03T08:00:00.000Z')
    expect(rdv.told).toEqual({ bySms: true, byMail: false })
    expect(await confirmDraft(ctxFor(db), { draftId })).toMatchObject({ ok: true })
  })

  test('once booked, typing again begins another', async () => {
    const first = await saveDraft(ctxFor(db), {
      tunnel: { ...tunnel(), creneau: new Date('2027-03-04T08:00:00Z') },
      answers: { ...answers, phone: '06 12 34 56 79' },
    })
    await confirmDraft(ctxFor(db), first)
    const second = await saveDraft(ctxFor(db), { draftId: first.draftId, tunnel: tunnel(), answers })
    expect(second.draftId).not.toBe(first.draftId)
  })

  test('is gone after an hour', async () => {
    const { draftId } = await saveDraft(ctxFor(db), { tunnel: tunnel(), answers })
    const later = ctxFor(db, { now: new Date(NOW.getTime() + 61 * 60_000) })
    await expect(getDraft(later, { draftId })).rejects.toThrow(new AppError('not-found'))
    expect(await confirmDraft(later, { draftId })).toEqual({ ok: false, reason: 'draft-expired' })
  })

  test('with errors, or without a time, can’t be confirmed', async () => {
    const wrong = await saveDraft(ctxFor(db), { tunnel: tunnel(), answers: { ...answers, phone: '12' } })
    expect(await confirmDraft(ctxFor(db), wrong)).toEqual({ ok: false, reason: 'draft-incomplete' })
    const timeless = await saveDraft(ctxFor(db), { tunnel: atLieu(), answers })
    expect(await confirmDraft(ctxFor(db), timeless)).toEqual({ ok: false, reason: 'draft-incomplete' })
  })

  test('a name cut in the middle of an emoji is refused on its field, never by the database', async () => {
    const { draftId } = await saveDraft(ctxFor(db), {
      tunnel: tunnel(),
      answers: { ...answers, firstName: `a${'🎉'.repeat(400)}` },
    })
    expect((await getDraft(ctxFor(db), { draftId })).errors).toHaveProperty('firstName')
  })

  test('another time chosen in another tab is never confirmed unseen', async () => {
    const shownStart = new Date('2027-03-05T08:00:00Z')
    const { draftId } = await saveDraft(ctxFor(db), {
      tunnel: { ...tunnel(), creneau: new Date('2027-03-05T09:00:00Z') },
      answers: { ...answers, phone: '06 12 34 56 70' },
    })
    expect(await confirmDraft(ctxFor(db), { draftId, shownStart })).toEqual({ ok: false, reason: 'draft-changed' })
  })

  test('the confirmation lives as long as its draft', async () => {
    const { draftId } = await saveDraft(ctxFor(db), {
      tunnel: { ...tunnel(), creneau: new Date('2027-03-06T08:00:00Z') },
      answers: { ...answers, phone: '06 12 34 56 71' },
    })
    await confirmDraft(ctxFor(db), { draftId })
    await expect(getConfirmation(ctxFor(db), { draftId })).resolves.toMatchObject({ forFirstName: 'Léa' })
    const later = ctxFor(db, { now: new Date(NOW.getTime() + 61 * 60_000) })
    await expect(getConfirmation(later, { draftId })).rejects.toThrow(new AppError('not-found'))
  })

  test('of two territories of one département, the lieu chosen says which', async () => {
    const other = await makeBookablePlace(db, { motif: { name: place.motif.name } })
    await db.execute(sql`update motifs set service_id = ${place.service.id} where id = ${other.motif.id}`)
    const there = { ...chosen(), lieu: other.lieu.id, creneau: new Date('2027-03-03T08:00:00Z') }
    expect((await getRecap(ctxFor(db), there)).territory.id).toBe(other.territory.id)
    const { draftId } = await saveDraft(ctxFor(db), { tunnel: there, answers: { ...answers, phone: '06 12 34 56 72' } })
    expect(await confirmDraft(ctxFor(db), { draftId })).toMatchObject({ ok: true })
    await db.execute(
      sql`update openings set last_day = '2027-01-01', first_day = '2027-01-01' where territory_id = ${other.territory.id}`,
    )
  })
})
