import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { motifs, participations, rdvs, usagerOrganisations, usagers } from '@/db/schema'
import { adminOf, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import { createRdv } from '../commands/create-rdv'
import { getRdv } from './agent-rdvs'
import { getPlacement } from './placing'
import { listRdvs } from './rdv-list'
import { getReception } from './reception'
import { listRdvsOfUsager } from './usager-sheet'

const { db } = await ownDatabase()
let here: BookablePlace
let sister: BookablePlace
beforeAll(async () => {
  here = await makeBookablePlace(db)
  sister = await makeBookablePlace(db, { within: here })
})

const as = (place = here, serviceIds?: number[]) =>
  ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0, serviceIds) })
const needs = {
  interpreterLanguage: 'arabe',
  accessibilityNeeds: ['wheelchair' as const],
  accessibilityNote: 'Avec sa sœur',
}
const HOUR_MS = 3_600_000
const KNOWN = ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'] as const

async function somebody(places: readonly BookablePlace[], given: Partial<typeof usagers.$inferInsert> = {}) {
  const { id } = await makeUsager(db, here.territory.id, given)
  for (const { organisation } of places)
    await db
      .insert(usagerOrganisations)
      .values({ territoryId: here.territory.id, usagerId: id, organisationId: organisation.id })
  return id
}

async function place(usagerId: number, atHour: number, by = here, motifId = by.motif.id) {
  const outcome = await createRdv(as(by), {
    ...{ motifId, lieuId: by.lieu.id, startAt: new Date(NOW.getTime() + atHour * HOUR_MS) },
    ...{ agentIds: by.agents.map(({ id }) => id), usagerIds: [usagerId], acknowledged: [...KNOWN] },
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}
const noShow = async (rdvId: number) => {
  await db.update(rdvs).set({ status: 'noshow' }).where(eq(rdvs.id, rdvId))
  await db.update(participations).set({ status: 'noshow' }).where(eq(participations.rdvId, rdvId))
}
const listed = (usagerId: number, over: object = {}, ctx = as()) =>
  listRdvsOfUsager(ctx, { usagerId, comingAfterId: null, pastAfterId: null, ...over })

test('the RDVs of somebody stand in their order, a page at a time, each once', async () => {
  const id = await somebody([here])
  const coming: number[] = []
  for (let day = 1; day <= 23; day++) coming.push(await place(id, day * 24))
  const past = [await place(id, -24), await place(id, -48)]
  const seen: number[] = []
  let nextId: number | null = null
  do {
    const page = await listed(id, { comingAfterId: nextId })
    seen.push(...page.coming.rdvs.map((rdv) => rdv.id))
    nextId = page.coming.nextId
  } while (nextId !== null)
  expect(seen).toEqual(coming)
  expect((await listed(id)).past).toMatchObject({ rdvs: past.map((rdvId) => ({ id: rdvId })), nextId: null })
  expect((await listed(id, { pastAfterId: past[0] })).past.rdvs.map((rdv) => rdv.id)).toEqual(past.slice(1))
})

test('what is beyond reach is neither shown nor counted, nor led from', async () => {
  const id = await somebody([here])
  const ours = await place(id, -30)
  const theirs = await place(id, -60, sister)
  for (const rdvId of [ours, theirs]) await noShow(rdvId)
  const hidden = await makeMotif(db, {
    ...{ territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id },
  })
  const secret = await place(id, -90, here, hidden.id)
  await db.update(motifs).set({ isConfidential: true }).where(eq(motifs.id, hidden.id))
  const stranger = { ...as(here, []), actor: { ...as(here, []).actor, agentId: 0 } }
  expect((await listed(id, {}, stranger)).past.rdvs.map((rdv) => rdv.id)).toEqual([ours])
  expect((await listed(id, {}, stranger)).noShowCount).toBe(1)
  expect((await listed(id, { pastAfterId: theirs }, stranger)).past.rdvs).toEqual([])
  expect((await listed(id, { pastAfterId: secret }, stranger)).past.rdvs).toEqual([])
  expect((await listed(id, {}, as(sister))).past.rdvs.map((rdv) => rdv.id)).toEqual([theirs])
})

test('somebody whom nobody of ours receives is not found, whoever they are', async () => {
  const abroad = await makeBookablePlace(db)
  const stranger = await makeUsager(db, abroad.territory.id)
  for (const usagerId of [await somebody([sister]), stranger.id, 999_999])
    await expect(listed(usagerId)).rejects.toMatchObject({ code: 'not-found' })
})

test('what to prepare shows with the RDV, on its recap and at the door, to whoever may open the file and nobody else', async () => {
  const id = await somebody([here], needs)
  const rdvId = await place(id, 26)
  const told = async () => {
    const [rdv, reception, placement, list] = await Promise.all([
      getRdv(as(), { rdvId }),
      getReception(as(), { lieuId: here.lieu.id, onDay: '2027-03-02' }),
      getPlacement(as(), { motifId: here.motif.id, agentIds: [], usagerIds: [id], inARow: false }),
      listRdvs(as(), {
        ...{ fromDay: '2027-03-02', toDay: '2027-03-02', agentId: 'any', organisationId: 'any', motifId: 'any' },
        ...{ lieuId: 'any', statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc', from: null },
      }),
    ])
    const expected = reception.rdvs.flatMap(({ people }) => people).find((person) => person.usagerId === id)
    return {
      rdv: rdv.files,
      reception: expected?.needs,
      placement: placement.needs,
      list: list.openUsagerIds.includes(id),
      people: JSON.stringify([rdv.people, placement.people, list.rdvs]),
    }
  }
  const open = await told()
  expect(open).toMatchObject({
    ...{ rdv: [{ usagerId: id, ...needs }], reception: needs, placement: [{ usagerId: id, ...needs }], list: true },
  })
  expect(open.people).not.toContain('arabe')
  await db.delete(usagerOrganisations).where(eq(usagerOrganisations.usagerId, id))
  expect(await told()).toMatchObject({ rdv: [], reception: null, placement: [], list: false })
})
