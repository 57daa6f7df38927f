import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune, makeLieu, makeMotif, makeService } from '@/db/testing/make'
import { NEW_MOTIF } from '@/db/testing/new-motif'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { listMotifs as listPublicMotifs } from '@/server/booking/queries/tunnel'
import { violatedConstraint } from '@/server/platform/sql'
import { changeMotifs } from './commands/change-motifs'
import { deleteLieu } from './commands/delete-lieu'
import { deleteMotif } from './commands/delete-motif'
import { duplicateMotif } from './commands/duplicate-motif'
import { saveLieu } from './commands/save-lieu'
import { saveMotif } from './commands/save-motif'
import { setLieuAvailability } from './commands/set-lieu-availability'
import { getLieu, getMotif, listLieux } from './queries/catalogue'
import { motifSettingsSchema } from './schema/catalogue'

const { db } = await ownDatabase()
let place: BookablePlace
beforeAll(async () => {
  await makeCommune(db)
})
beforeEach(async () => {
  place = await makeBookablePlace(db)
})

const admin = () => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })
const settings = (given: object = {}) =>
  motifSettingsSchema.parse({ ...NEW_MOTIF, serviceId: place.service.id, name: 'Bilan', ...given })
const save = (given: object, motifId: number | null = null, version: number | null = null) =>
  saveMotif(admin(), { organisationId: place.organisation.id, motifId, version, settings: settings(given) })
const idOf = (outcome: Awaited<ReturnType<typeof save>>) => (outcome.ok ? outcome.value.motifId : 0)
const book = () => bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T09:00:00Z')))
const motifOf = ({ motif }: BookablePlace, given: object = {}) => ({ name: motif.name, ...given })
const LIEU = { address: '1 chemin des Dunes', position: null, phone: '', hours: null, accessibilityNote: null }
const addLieu = (name: string, given: Partial<typeof LIEU> = {}) =>
  saveLieu(admin(), {
    organisationId: place.organisation.id,
    lieuId: null,
    version: null,
    settings: { ...LIEU, name, ...given },
  })

describe('motifs', () => {
  test('the public tunnel tells the public label, never the name agents read', async () => {
    const outcome = await save(motifOf(place, { publicName: 'Premier rendez-vous' }), place.motif.id, 1)
    expect(outcome).toEqual({ ok: true, value: { motifId: place.motif.id } })
    const { motifs } = await listPublicMotifs(ctxFor(db), { commune: '62498', service: place.service.id })
    expect(motifs.map(({ name }) => name)).toEqual(['Premier rendez-vous'])
    expect(JSON.stringify(motifs)).not.toContain(place.motif.name)
  })

  test('two of one name, service and type are refused, another type is not', async () => {
    expect((await save({})).ok).toBe(true)
    expect(await save({})).toEqual({ ok: false, reason: 'name-taken' })
    expect((await save({ locationType: 'phone' })).ok).toBe(true)
  })

  test('who saves what was read before another change is told whose', async () => {
    const motifId = idOf(await save({}))
    expect((await save({ durationMin: 45 }, motifId, 1)).ok).toBe(true)
    expect(await save({ durationMin: 60 }, motifId, 1)).toEqual({ ok: false, reason: 'changed-meanwhile' })
    const motif = await getMotif(admin(), { motifId })
    expect(motif).toMatchObject({ durationMin: 45, version: 2 })
    expect(motif.lastChange?.by).toContain('Claire')
  })

  test('of two admins saving at once, one is told', async () => {
    const motifId = idOf(await save({}))
    const outcomes = await Promise.all([45, 60].map((durationMin) => save({ durationMin }, motifId, 1)))
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  test('the ledger keeps what each option was and became', async () => {
    const motifId = idOf(await save({}))
    await save({ instructions: 'Venez à l’heure' }, motifId, 1)
    const reminded = { instructions: 'Venez à l’heure', reminderLeadsMin: [60, 2880, 60] }
    for (const version of [2, 3]) await save(reminded, motifId, version)
    const values = await db.execute(sql`
      select v.field, v.old_value as "from", v.new_value as "to" from events e join event_values v on v.event_id = e.id
      where e.kind = 'motif.saved' and e.subject_id = ${motifId} and e.payload->>'isNew' = 'false'`)
    expect([...values]).toEqual([
      { field: 'instructions', from: null, to: 'Venez à l’heure' },
      { field: 'reminderLeadsMin', from: null, to: [2880, 60] },
    ])
  })

  test('once an RDV was taken, its type and being collective stay: said by the command, kept by the database', async () => {
    expect((await book()).ok).toBe(true)
    for (const change of [{ locationType: 'phone' }, { isCollective: true }])
      expect(await save(motifOf(place, change), place.motif.id, 1)).toEqual({ ok: false, reason: 'kind-frozen' })
    const refusal = await db
      .execute(sql`update motifs set is_collective = true where id = ${place.motif.id}`)
      .catch((error: unknown) => violatedConstraint(error))
    expect(refusal).toBe('motifs_kind_frozen')
    expect((await save(motifOf(place, { durationMin: 20 }), place.motif.id, 1)).ok).toBe(true)
  })

  test('once an RDV was taken, its service stays, and nobody beyond it opens what was confidential', async () => {
    const other = await makeService(db, place.territory.id)
    const byOther = (change: object, version: number) =>
      saveMotif(ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0, [other.id]) }), {
        ...{ organisationId: place.organisation.id, motifId: place.motif.id, version },
        settings: settings(motifOf(place, change)),
      })
    expect((await byOther({ isConfidential: true }, 1)).ok).toBe(true)
    expect((await byOther({ isConfidential: false }, 2)).ok).toBe(true)
    expect((await byOther({ isConfidential: true }, 3)).ok).toBe(true)
    await book()
    const open = { isConfidential: false }
    expect(await byOther(open, 4)).toEqual({ ok: false, reason: 'confidentiality-frozen' })
    const moved = { serviceId: other.id, isConfidential: true }
    expect(await byOther(moved, 4)).toEqual({ ok: false, reason: 'service-frozen' })
    expect(await save(motifOf(place, moved), place.motif.id, 4)).toEqual({ ok: false, reason: 'service-frozen' })
    expect((await save(motifOf(place, open), place.motif.id, 4)).ok).toBe(true)
  })

  test('one with RDVs goes out of sight, another for good, openings notwithstanding', async () => {
    const unused = await makeBookablePlace(db, { within: place })
    const there = ctxFor(db, { actor: adminOf(unused, unused.agents[0]?.id ?? 0) })
    expect(await deleteMotif(there, { motifId: unused.motif.id })).toEqual({ ok: true, value: { isKept: false } })
    await book()
    expect(await deleteMotif(admin(), { motifId: place.motif.id })).toEqual({ ok: true, value: { isKept: true } })
    const left = await db.execute(
      sql`select id::integer from motifs where id in (${unused.motif.id}, ${place.motif.id})`,
    )
    expect([...left]).toEqual([{ id: place.motif.id }])
    await expect(getMotif(admin(), { motifId: place.motif.id })).rejects.toThrow('not-found')
  })

  test('options this organisation cannot have are refused', async () => {
    expect(await save({ bookableBy: 'agents_and_prescripteurs_and_invited_users' })).toEqual({
      ok: false,
      reason: 'not-for-this-organisation',
    })
    const elsewhere = await makeBookablePlace(db)
    expect(await save({ serviceId: elsewhere.service.id })).toEqual({ ok: false, reason: 'service-not-offered' })
  })

  test('a copy succeeds or not by organisation; those one does not administer are not answered for', async () => {
    const [taken, free, foreign] = [
      await makeBookablePlace(db, { within: place }),
      await makeBookablePlace(db, { within: place }),
      await makeBookablePlace(db, { within: place }),
    ]
    const { territory, service } = place
    const within = { territoryId: territory.id, organisationId: taken.organisation.id, serviceId: service.id }
    await makeMotif(db, within, { name: place.motif.name })
    const me = adminOf(place, place.agents[0]?.id ?? 0)
    const memberships = [place, taken, free].flatMap((one) => adminOf(one, me.agentId).memberships)
    const outcome = await duplicateMotif(ctxFor(db, { actor: { ...me, memberships } }), {
      motifId: place.motif.id,
      organisationIds: [taken, free, foreign].map(({ organisation }) => organisation.id),
    })
    expect(outcome.ok && outcome.value.results.map(({ organisationId, reason }) => [organisationId, reason])).toEqual([
      [taken.organisation.id, 'name-taken'],
      [free.organisation.id, null],
    ])
  })

  test('several get one value at once; those it does not suit keep theirs', async () => {
    const [short, long] = [
      idOf(await save({ name: 'Court', maxLeadMin: 120 })),
      idOf(await save({ name: 'Long', maxLeadMin: 10_000 })),
    ]
    const outcome = await changeMotifs(admin(), {
      organisationId: place.organisation.id,
      motifIds: [short, long],
      change: { field: 'minLeadMin', to: 1440 },
    })
    expect(outcome.ok && outcome.value.results.map(({ name, reason }) => [name, reason])).toEqual([
      ['Court', 'lead-not-after'],
      ['Long', null],
    ])
    expect(await getMotif(admin(), { motifId: short })).toMatchObject({ minLeadMin: 60, version: 1 })
    expect(await getMotif(admin(), { motifId: long })).toMatchObject({ minLeadMin: 1440, version: 2 })
  })
})

describe('lieux', () => {
  test('an address nobody knows is kept as typed; names are unique among those that are open', async () => {
    const outcome = await addLieu('Antenne des Dunes')
    const lieuId = outcome.ok ? outcome.value.lieuId : 0
    expect(await getLieu(admin(), { lieuId })).toMatchObject({ address: LIEU.address, latitude: null, isUsed: false })
    expect(await addLieu('antenne des dunes')).toEqual({ ok: false, reason: 'name-taken' })
    await setLieuAvailability(admin(), { lieuId, to: 'disabled' })
    expect((await addLieu('Antenne des dunes')).ok).toBe(true)
    expect(await setLieuAvailability(admin(), { lieuId, to: 'enabled' })).toEqual({ ok: false, reason: 'name-taken' })
    expect(await deleteLieu(admin(), { lieuId })).toEqual({ ok: true, value: null })
  })

  test('one that is used says how much, may be disabled, never erased', async () => {
    await book()
    const [lieu] = await listLieux(admin(), { organisationId: place.organisation.id })
    expect(lieu).toMatchObject({ openingCount: 1, futureRdvCount: 1, isUsed: true })
    expect(await deleteLieu(admin(), { lieuId: place.lieu.id })).toEqual({ ok: false, reason: 'lieu-used' })
    await setLieuAvailability(admin(), { lieuId: place.lieu.id, to: 'disabled' })
    expect(await getLieu(admin(), { lieuId: place.lieu.id })).toMatchObject({ availability: 'disabled', version: 2 })
  })

  test('a number that does not exist is refused, a short one is not', async () => {
    expect(await addLieu('A', { phone: '99 99' })).toMatchObject({ ok: true })
    expect(await addLieu('B', { phone: '01 23' })).toMatchObject({ ok: true })
    expect(await addLieu('C', { phone: '12 34 5' })).toEqual({ ok: false, reason: 'phone-unknown' })
  })

  test('those of a single RDV are no part of the catalogue', async () => {
    const once = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const lieu = await makeLieu(db, once, { availability: 'single_use' })
    await expect(getLieu(admin(), { lieuId: lieu.id })).rejects.toThrow('not-found')
    expect(await listLieux(admin(), once)).toHaveLength(1)
  })
})
