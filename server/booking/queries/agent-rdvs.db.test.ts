import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { absences, motifs } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeService, makeTerritory } from '@/db/testing/make'
import type { Scope } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { tokenOf } from '@/server/platform/tokens'
import { bookSlot, type BookSlot } from '../commands/book-slot'
import { cancelByLink } from '../commands/cancel-by-link'
import { setStatus } from '../commands/set-status'
import { getRdv, listAgendaOf, listMyRdvs, type AgentCtx } from './agent-rdvs'
import { listRdvHistory } from './rdv-history'

const DAYS = ['2027-03-02', '2027-03-03', '2027-03-04']
const startOn = (day: string | undefined) => new Date(`${day ?? ''}T08:00:00Z`)
const OLD = '+33612000001'
const NEW = '+33612000002'
const LINA = { firstName: 'Lina', lastName: 'Martin', bornOn: null }

const { db } = await ownDatabase()

function agentCtx(place: BookablePlace, serviceIds?: readonly number[]): AgentCtx {
  const actor = adminOf(place, place.agents[0]?.id ?? 0, serviceIds)
  return { ...ctxFor(db, { actor }), actor }
}

/** Somebody of another service, to whom the organisation is open. */
const outsider = (place: BookablePlace) => agentCtx({ ...place, agents: [] }, [0])

/** The same person books, each time on another day, with the phone they type that day. */
async function book(place: BookablePlace, day: string | undefined, phone: string | null, over: Over = {}) {
  const question = bookingQuestion(place, startOn(day))
  const person = {
    ...question.coordinates.person,
    email: 'lea@example.org',
    phone: phone === null ? null : { typed: phone, e164: phone },
  }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null, ...over } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
type Over = Partial<BookSlot['coordinates']>

async function peopleOf(place: BookablePlace, rdvId: number) {
  const { people } = await getRdv(agentCtx(place), { rdvId })
  return people[0]
}

describe('where to reach the people of an RDV', () => {
  test('the number typed for this RDV stands apart from the one of the file, on the page and on the lists', async () => {
    const place = await makeBookablePlace(db)
    await book(place, DAYS[0], OLD)
    const { rdvId } = await book(place, DAYS[1], NEW)
    const expected = { phone: OLD, email: 'lea@example.org', given: { phone: NEW, email: 'lea@example.org' } }
    expect(await peopleOf(place, rdvId)).toMatchObject(expected)
    const [onList] = await listMyRdvs(agentCtx(place), { fromDay: '2027-03-03', toDay: '2027-03-03' })
    expect(onList?.people[0]).toMatchObject(expected)
  })

  test('for a proche, it is the responsable’s', async () => {
    const place = await makeBookablePlace(db)
    await book(place, DAYS[0], OLD)
    const { rdvId } = await book(place, DAYS[1], NEW, { relative: LINA })
    const lina = await peopleOf(place, rdvId)
    expect(lina).toMatchObject({ firstName: 'Lina', phone: null, given: null })
    expect(lina?.responsible).toMatchObject({ phone: OLD, given: { phone: NEW } })
  })

  test('of a confidential RDV, a proche’s responsable is not shown, nor what they typed', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true } })
    const forRelative = await book(place, DAYS[0], OLD, { relative: LINA })
    expect(await peopleOf(place, forRelative.rdvId)).toMatchObject({ given: null, responsible: null })
    const forOneself = await book(place, DAYS[1], NEW)
    expect(await peopleOf(place, forOneself.rdvId)).toMatchObject({ given: { phone: NEW } })
  })
})

test('the history names a person who cancelled by their link as the holder of a link', async () => {
  const place = await makeBookablePlace(db)
  const { rdvId, linkId } = await book(place, DAYS[0], OLD)
  const cancelled = await cancelByLink(ctxFor(db), { token: tokenOf('rdv-link', linkId) })
  expect(cancelled.ok).toBe(true)
  const history = await listRdvHistory(agentCtx(place), { rdvId })
  const authors = Object.fromEntries(history.map(({ kind, author }) => [kind, author]))
  expect(authors).toEqual({
    'rdv.booked': { kind: 'anonymous', name: null, isImpersonated: false },
    'rdv.cancelled': { kind: 'link', name: null, isImpersonated: false },
  })
})

test('a video RDV leads its agents to its room, and nobody who may not know of it', async () => {
  const territory = await makeTerritory(db, { departmentNumber: '02', videoBaseUrl: 'https://visio.example.org' })
  const service = await makeService(db, territory.id)
  const motif = { locationType: 'visio', isConfidential: true } as const
  const place = await makeBookablePlace(db, { within: { territory, service }, motif })
  const question = { ...bookingQuestion(place, startOn(DAYS[0])), lieuId: null }
  const outcome = await bookSlot(ctxFor(db), question)
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  const { videoUrl } = await getRdv(agentCtx(place), { rdvId })
  expect(videoUrl).toMatch(/^https:\/\/visio\.example\.org\/RdvTerritoires[0-9a-f]{32}$/)
  await expect(getRdv(outsider(place), { rdvId })).rejects.toThrow(new AppError('not-found'))
})

test('the page tells what the motif asked of the person, to those who may know of it', async () => {
  const texts = { restriction: 'Avant trois mois de grossesse.', instructions: 'Apportez votre carnet.' }
  const place = await makeBookablePlace(db, { motif: { ...texts, isConfidential: true } })
  const { rdvId } = await book(place, DAYS[0], OLD)
  expect(await getRdv(agentCtx(place), { rdvId })).toMatchObject(texts)

  await expect(getRdv(outsider(place), { rdvId })).rejects.toThrow(new AppError('not-found'))
})
test('another like it is offered to who may place it, as long as its motif is', async () => {
  const place = await makeBookablePlace(db)
  const { rdvId } = await book(place, DAYS[0], OLD)
  const mayRepeat = async (ctx: AgentCtx) => (await getRdv(ctx, { rdvId })).mayRepeat
  const ctx = agentCtx(place)
  const scopes = ctx.actor.scopes.map((scope) => ({ ...scope, level: 'read' as const }))
  const actor = { ...ctx.actor, agentId: 999_999, scopes }
  expect([await mayRepeat(ctx), await mayRepeat({ ...ctx, actor })]).toEqual([true, false])
  await db.update(motifs).set({ deletedAt: ctx.now }).where(eq(motifs.id, place.motif.id))
  expect(await mayRepeat(ctx)).toBe(false)
})

describe('a colleague’s agenda', () => {
  const WEEK = { fromDay: '2027-03-01', toDay: '2027-03-07' }

  /** Somebody of the same territory to whom the place's agent opened what these scopes say. */
  function colleague(place: BookablePlace, given: Partial<Scope> | null): AgentCtx {
    const own = agentCtx(place)
    const scope: Scope = {
      level: 'read',
      territoryId: place.territory.id,
      agentIds: [place.agents[0]?.id ?? 0],
      organisationIds: 'any',
      serviceIds: 'any',
    }
    const actor = { ...own.actor, agentId: 0, scopes: given ? [{ ...scope, ...given }] : [] }
    return { ...own, actor }
  }
  const agendaOf = (ctx: AgentCtx, place: BookablePlace) =>
    listAgendaOf(ctx, { agentId: place.agents[0]?.id ?? 0, ...WEEK })

  test('opened to be read, it shows its RDVs, and changes none of them', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place, DAYS[0], OLD)
    const reader = colleague(place, {})
    const { rdvs, busy } = await agendaOf(reader, place)
    expect(rdvs).toMatchObject([{ id: rdvId, level: 'read', moves: [], people: [{ phone: OLD }] }])
    expect(busy).toEqual([])
    expect(await getRdv(reader, { rdvId })).toMatchObject({ level: 'read', moves: [] })
    const outcome = setStatus(reader, { rdvId, from: 'unknown', to: 'revoked' })
    await expect(outcome).rejects.toThrow(new AppError('forbidden'))
  })

  test('opened to be written, it offers what may be changed', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place, DAYS[0], OLD)
    const writer = colleague(place, { level: 'write' })
    const { rdvs } = await agendaOf(writer, place)
    expect(rdvs).toMatchObject([{ id: rdvId, level: 'write', moves: ['excused', 'revoked'] }])
    expect(await setStatus(writer, { rdvId, from: 'unknown', to: 'revoked' })).toMatchObject({ ok: true })
  })

  test('seen as busy, an RDV is a start, an end, and nothing else', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place, DAYS[0], OLD)
    const cancelled = await book(place, DAYS[1], OLD)
    expect((await cancelByLink(ctxFor(db), { token: tokenOf('rdv-link', cancelled.linkId) })).ok).toBe(true)
    for (const given of [{ level: 'busy' }, { organisationIds: [0] }] as const) {
      const outsider = colleague(place, given)
      const startAt = startOn(DAYS[0])
      const endAt = new Date(startAt.getTime() + place.motif.durationMin * 60_000)
      expect(await agendaOf(outsider, place)).toEqual({ rdvs: [], busy: [{ startAt, endAt }], away: [] })
      await expect(getRdv(outsider, { rdvId })).rejects.toThrow(new AppError('not-found'))
      await expect(listRdvHistory(outsider, { rdvId })).rejects.toThrow(new AppError('not-found'))
    }
  })

  test('its absences show with their title from any reading, and as taken time below', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    const times = { firstDay: '2027-02-28', startMin: 600, lastDay: '2027-03-01', endMin: 720 }
    await db.insert(absences).values({ agentId, zone: 'Europe/Paris', kind: 'training', title: 'Congrès', ...times })
    const span = { startAt: new Date('2027-02-28T09:00:00Z'), endAt: new Date('2027-03-01T11:00:00Z') }
    // Read on RDVs of another organisation alone: its absences belong to none.
    expect(await agendaOf(colleague(place, { organisationIds: [0] }), place)).toMatchObject({
      busy: [],
      away: [{ kind: 'training', title: 'Congrès', color: '#4c3a93', ...span }],
    })
    expect(await agendaOf(colleague(place, { level: 'busy' }), place)).toEqual({ rdvs: [], busy: [span], away: [] })
  })

  test('closed, it is nobody’s', async () => {
    const place = await makeBookablePlace(db)
    await book(place, DAYS[0], OLD)
    await expect(agendaOf(colleague(place, null), place)).rejects.toThrow(new AppError('not-found'))
  })
})
