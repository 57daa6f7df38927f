import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, signedInAs, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants, makeService } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { bookSlot } from '../commands/book-slot'
import { changeFilter } from '../commands/change-filter'
import { saveFilter } from '../commands/save-filter'
import { setStatus } from '../commands/set-status'
import { LIST_DIRECTIONS, LIST_SORTS, MAX_SAVED_FILTERS } from '../rules/rdv-list'
import type { RdvList, RdvListPageQuestion } from '../schema/rdv-list'
import type { AgentCtx } from './agent-rdvs'
import { listRdvListChoices, listRdvs, listSavedFilters, readRdvPage } from './rdv-list'
import { inRead } from '@/server/platform/ctx'

const { db } = await ownDatabase()
let place: BookablePlace
let rdvIds: number[]

const ASKED: RdvList = {
  fromDay: '2027-03-01',
  toDay: '2027-03-31',
  agentId: 'any',
  organisationId: 'any',
  motifId: 'any',
  lieuId: 'any',
  statuses: 'any',
  author: 'any',
  person: '',
  sort: 'start',
  direction: 'asc',
}
const asked = (over: Partial<RdvListPageQuestion> = {}): RdvListPageQuestion => ({ ...ASKED, from: null, ...over })

async function book(where: BookablePlace, day: number, lastName: string): Promise<number> {
  const question = bookingQuestion(where, new Date(Date.UTC(2027, 2, day, 8)))
  const person = { ...question.coordinates.person, lastName }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}

const admin = (where: BookablePlace): AgentCtx => {
  const actor = adminOf(where, where.agents[0]?.id ?? 0)
  return { ...ctxFor(db, { actor }), actor }
}
async function as(agentId: number): Promise<AgentCtx> {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const idsOf = async (ctx: AgentCtx, over: Partial<RdvListPageQuestion> = {}) =>
  (await listRdvs(ctx, asked(over))).rdvs.map(({ id }) => id)

beforeAll(async () => {
  place = await makeBookablePlace(db)
  rdvIds = []
  for (const [index, name] of ['Zola', 'Éluard', 'Ader', 'Zola', 'Bloch', 'Martin', 'Curie'].entries())
    rdvIds.push(await book(place, 2 + index, name))
})

test('every page in turn is the whole list once, in its order, forwards and back', async () => {
  const ctx = admin(place)
  const page = (question: RdvListPageQuestion, limit: number) =>
    inRead(ctx, (read) => readRdvPage({ ...read, actor: ctx.actor }, question, limit))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...LIST_SORTS),
      fc.constantFrom(...LIST_DIRECTIONS),
      fc.integer({ min: 1, max: 8 }),
      async (sort, direction, size) => {
        const whole = await page(asked({ sort, direction }), 100)
        expect([whole.beforeId, whole.afterId]).toEqual([null, null])
        const ids = whole.rdvs.map(({ id }) => id)
        expect([...ids].sort((a, b) => a - b)).toEqual(rdvIds)
        const walked: number[] = []
        const firsts: number[][] = []
        let from: RdvListPageQuestion['from'] = null
        do {
          const { rdvs, afterId } = await page(asked({ sort, direction, from }), size)
          firsts.push(rdvs.map(({ id }) => id))
          walked.push(...rdvs.map(({ id }) => id))
          from = afterId === null ? null : { rdvId: afterId, way: 'after' }
        } while (from && walked.length <= ids.length)
        expect(walked).toEqual(ids)
        const start = firsts.at(-1)?.[0]
        if (firsts.length < 2 || start === undefined) return
        const back = await page(asked({ sort, direction, from: { rdvId: start, way: 'before' } }), size)
        expect(back.rdvs.map(({ id }) => id)).toEqual(firsts.at(-2))
        expect(back.beforeId === null).toBe(firsts.length === 2)
      },
    ),
    { numRuns: 25 },
  )
})

test('names are in the order of a French dictionary', async () => {
  const { rdvs } = await listRdvs(admin(place), asked({ sort: 'person' }))
  expect(rdvs.map(({ people }) => people[0]?.lastName)).toEqual([
    'Ader',
    'Bloch',
    'Curie',
    'Éluard',
    'Martin',
    'Zola',
    'Zola',
  ])
})

test('is narrowed by each filter, and by several together', async () => {
  const ctx = admin(place)
  await setStatus(ctx, { rdvId: rdvIds[2] ?? 0, from: 'unknown', to: 'revoked' })
  expect(await idsOf(ctx, { person: 'zola' })).toEqual([rdvIds[0], rdvIds[3]])
  expect(await idsOf(ctx, { person: 'elu' })).toEqual([rdvIds[1]])
  expect(await idsOf(ctx, { person: '%' })).toEqual(rdvIds)
  expect(await idsOf(ctx, { statuses: ['revoked', 'excused'] })).toEqual([rdvIds[2]])
  expect(await idsOf(ctx, { fromDay: '2027-03-03', toDay: '2027-03-04' })).toEqual(rdvIds.slice(1, 3))
  expect(await idsOf(ctx, { author: 'agent' })).toEqual([])
  expect(await idsOf(ctx, { author: 'usager', lieuId: place.lieu.id, motifId: place.motif.id })).toEqual(rdvIds)
  expect(await idsOf(ctx, { agentId: place.agents[0]?.id ?? 0, person: 'ader' })).toEqual([rdvIds[2]])
  for (const nobody of ['agentId', 'organisationId', 'motifId', 'lieuId'] as const)
    expect(await idsOf(ctx, { [nobody]: 999_999 }), nobody).toEqual([])
})

describe('what one may not read', () => {
  test('is not there: neither an organisation of others, nor an agenda known as busy', async () => {
    const other = await makeBookablePlace(db, { within: place })
    const theirs = await book(other, 3, 'Hugo')
    const ownerId = other.agents[0]?.id ?? 0
    expect(await idsOf(admin(place), { person: 'hugo' })).toEqual([])
    expect(await idsOf(admin(place), { agentId: ownerId })).toEqual([])
    const reader = await makeAgent(db, {
      territoryId: place.territory.id,
      organisationId: place.organisation.id,
      serviceId: place.service.id,
    })
    await makeGrants(db, [
      {
        territoryId: place.territory.id,
        grantee: { kind: 'agent', agentId: reader.id },
        target: { kind: 'agent', agentId: ownerId },
        level: 'busy',
        organisationIds: 'any',
        serviceIds: 'any',
      },
    ])
    expect(await idsOf(await as(reader.id))).toEqual([])
    expect((await listRdvListChoices(await as(reader.id))).agents.map(({ id }) => id)).not.toContain(ownerId)
    // Nor does it lead anywhere: what stands after it would tell when it is.
    expect(await idsOf(admin(place), { from: { rdvId: theirs, way: 'after' } })).toEqual([])
    await db.execute(sql`update grants set level = 'read' where grantee_agent_id = ${reader.id}`)
    expect(await idsOf(await as(reader.id))).toEqual([theirs])
    const [row] = (await listRdvs(await as(reader.id), asked())).rdvs
    expect(row).toMatchObject({ level: 'read', moves: [], author: 'usager' })
  })

  test('nor the name of a motif which nobody opens to them', async () => {
    const colleague = await makeAgent(db, {
      territoryId: place.territory.id,
      organisationId: place.organisation.id,
      serviceId: (await makeService(db, place.territory.id)).id,
    })
    const motifsOf = async (ctx: AgentCtx) => (await listRdvListChoices(ctx)).motifs.map(({ id }) => id)
    expect(await motifsOf(await as(colleague.id))).toEqual([])
    expect(await motifsOf(await as(place.agents[0]?.id ?? 0))).toContain(place.motif.id)
    expect(await motifsOf(admin(place))).toContain(place.motif.id)
    const grant = {
      territoryId: place.territory.id,
      grantee: { kind: 'agent', agentId: colleague.id },
      target: { kind: 'agent', agentId: place.agents[0]?.id ?? 0 },
      organisationIds: 'any',
      serviceIds: 'any',
    } as const
    await makeGrants(db, [{ ...grant, level: 'busy' }])
    expect(await motifsOf(await as(colleague.id))).toEqual([])
    await db.execute(sql`update grants set level = 'read' where grantee_agent_id = ${colleague.id}`)
    expect(await motifsOf(await as(colleague.id))).toContain(place.motif.id)
  })

  test('of a confidential motif, beyond its service', async () => {
    const secret = await makeBookablePlace(db, { within: place, motif: { isConfidential: true } })
    const hidden = await book(secret, 4, 'Caron')
    const actor = adminOf(secret, 999_999, [0])
    expect(await idsOf({ ...ctxFor(db, { actor }), actor })).toEqual([])
    expect(await idsOf(admin(secret))).toEqual([hidden])
  })
})

describe('filters kept', () => {
  const filter = (name: string, isDefault = false) => ({ name, query: { periode: 'semaine' }, isDefault })

  test('are their agent’s alone, and one of them is the default', async () => {
    const [one, other] = [admin(place), admin(await makeBookablePlace(db))]
    await saveFilter(one, filter('Ma semaine', true))
    const second = await saveFilter(one, filter('Absents', true))
    if (!second.ok) throw new Error(second.reason)
    expect((await listSavedFilters(one)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['Absents', true],
      ['Ma semaine', false],
    ])
    expect(await listSavedFilters(other)).toEqual([])
    expect(await saveFilter(one, filter('ABSENTS'))).toEqual({ ok: false, reason: 'name-taken' })
    await expect(changeFilter(other, { ...second.value, to: 'gone' })).rejects.toThrow(new AppError('not-found'))
    await changeFilter(one, { ...second.value, to: 'not-default' })
    expect((await listSavedFilters(one)).map(({ isDefault }) => isDefault)).toEqual([false, false])
    await changeFilter(one, { ...second.value, to: 'gone' })
    expect((await listSavedFilters(one)).map(({ name }) => name)).toEqual(['Ma semaine'])
  })

  test('kept at once from two tabs: one name once, one default, and never more than twenty', async () => {
    const ctx = admin(await makeBookablePlace(db))
    const same = await Promise.all(Array.from({ length: 6 }, () => saveFilter(ctx, filter('Le même', true))))
    expect(tally(same)).toEqual({ done: 1, 'name-taken': 5 })
    const many = await Promise.all(
      Array.from({ length: MAX_SAVED_FILTERS + 4 }, (_, index) =>
        saveFilter(ctx, filter(`Filtre ${String(index)}`, true)),
      ),
    )
    expect(tally(many)).toEqual({ done: MAX_SAVED_FILTERS - 1, 'too-many': 5 })
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::integer as count from saved_filters where agent_id = ${ctx.actor.agentId} and is_default`,
    )
    expect(row?.count).toBe(1)
  })
})
