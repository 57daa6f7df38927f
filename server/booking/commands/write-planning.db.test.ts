import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, heldNow, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { listOpenings } from '@/server/scheduling/queries/openings'
import { listAbsences } from '@/server/scheduling/queries/absences'
import { listRdvsToMove } from '../queries/agent-rdvs'
import { judgeAbsence } from '../queries/away'
import { judgeOpening, judgeOpeningDeletion } from '../queries/planning'
import { WARNING_KINDS } from '../rules/warnings'
import type { SaveAbsence } from '../schema'
import { bookSlot } from './book-slot'
import { rescheduleRdv } from './reschedule-rdv'
import { saveAbsence } from './save-absence'
import { deleteOpening, saveOpening } from './save-opening'
import { setStatus } from './set-status'

const { db } = await ownDatabase()

/** A Tuesday; the place is open every day from 9 to 12. */
const DAY = '2027-03-02'
const at = (clock: string) => new Date(`${DAY}T${clock}Z`)

const ownerOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
async function as(agentId: number) {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
type Me = Awaited<ReturnType<typeof as>>
const away = (agentId: number, over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  ...{ agentIds: [agentId], target: null, kind: 'leave', title: '', color: null },
  ...{ firstDay: DAY, startMin: 0, lastDay: DAY, endMin: 1440, rrule: null, known: null, fates: [] },
  ...over,
})
async function book(place: BookablePlace, clock: string): Promise<number> {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, at(clock)))
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}
async function knownOf(me: Me, input: SaveAbsence) {
  const { known } = await judgeAbsence(me, input)
  return { ...input, known }
}
async function statusOf(...rdvIds: number[]) {
  const rows = await db.execute<{ id: number; status: string }>(sql`select id::integer as id, status from rdvs`)
  return rdvIds.map((rdvId) => rows.find(({ id }) => id === rdvId)?.status)
}
const cancel = (rdvId: number) => ({ rdvId, fate: 'cancel' }) as const
const move = (rdvId: number, startAt?: Date) =>
  ({ rdvId, fate: 'move', ...(startAt && { to: { startAt, sequence: 0 } }) }) as const
async function openingOf(me: Me, place: BookablePlace) {
  const filter = { agentId: ownerOf(place), period: 'current', motifId: null, lieuId: null, text: '' } as const
  const [opening] = await listOpenings(me, filter)
  if (!opening) throw new Error('no opening')
  return { ...opening, motifIds: opening.motifs.map(({ id }) => id) }
}

describe('the RDVs a change of planning hurts', () => {
  test('are kept, cancelled or left to move in the one save, each with its line in the ledger', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const [kept, cancelled, moved] = [
      await book(place, '08:00'),
      await book(place, '08:30'),
      await book(place, '09:00'),
    ]
    const input = away(ownerOf(place), { fates: [cancel(cancelled), move(moved)] })
    expect(await saveAbsence(me, input)).toEqual({ ok: false, reason: 'to-acknowledge' })
    expect(await statusOf(cancelled)).toEqual(['unknown'])
    const saved = await saveAbsence(me, await knownOf(me, input))
    expect(saved).toMatchObject({ ok: true, value: { cancelledCount: 1 } })
    expect(await statusOf(kept, cancelled, moved)).toEqual(['unknown', 'revoked', 'unknown'])
    const told = await db.execute(sql`
      select 1 from events where kind = 'rdv.status-set' and subject_id = ${cancelled} and actor_id = ${ownerOf(place)}`)
    expect(told).toHaveLength(1)
    const left = await listRdvsToMove(me, { rdvIds: [moved, cancelled] })
    expect(left.map(({ id }) => id)).toEqual([moved])
    expect(
      await listRdvsToMove(await as((await makeBookablePlace(db)).agents[0]?.id ?? 0), { rdvIds: [moved] }),
    ).toEqual([])
  })

  test('are cancelled with the opening that is taken away', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const rdvId = await book(place, '08:00')
    const opening = await openingOf(me, place)
    const target = { id: opening.id, version: opening.version, scope: 'all', day: DAY } as const
    const { known } = await judgeOpeningDeletion(me, { target, known: null, fates: [] })
    const gone = await deleteOpening(me, { target, known, fates: [cancel(rdvId)] })
    expect(gone).toMatchObject({ ok: true, value: { cancelledCount: 1 } })
    expect(await statusOf(rdvId)).toEqual(['revoked'])
  })

  test('are moved into the hours the opening takes, as offered', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const [early, late] = [await book(place, '08:00'), await book(place, '09:30')]
    const { id, version, organisationId, motifIds, lieuId, ...opening } = await openingOf(me, place)
    const target = { id, version, scope: 'this', day: DAY } as const
    const hours = {
      firstDay: DAY,
      startMin: 11 * 60,
      endMin: 12 * 60 + 30,
      rrule: null,
      onHolidays: opening.onHolidays,
    }
    const means = { organisationId, motifIds, lieuId, title: opening.title, agentIds: [ownerOf(place)] }
    const input = { target, ...means, ...hours, known: null, fates: [] }
    const { offers, known } = await judgeOpening(me, input)
    const next = (clock: string) => new Date(`2027-03-03T${clock}Z`)
    expect(offers.map(({ rdvId, startsAt }) => [rdvId, startsAt])).toEqual([
      [early, [at('10:00'), at('11:00'), next('08:30'), next('09:30'), next('10:30')]],
      [late, [at('10:30'), next('08:00'), next('09:00'), next('10:00'), new Date('2027-03-04T08:00Z')]],
    ])
    const fates = [move(early, at('10:00')), move(late, next('09:00'))]
    const saved = await saveOpening(me, { ...input, known, fates })
    expect(saved).toMatchObject({ ok: true, value: { movedCount: 2 } })
    expect((await heldNow(db, early)).startAt).toEqual(at('10:00'))
    // Taken away, that date offers nothing of its own any more.
    const gone = { target: { ...target, version: version + 1 }, known: null, fates: [] }
    const [left] = (await judgeOpeningDeletion(me, gone)).offers
    expect([left?.rdvId, left?.startsAt[0]]).toEqual([early, next('08:00')])
  })

  test('on the very day are offered later times alone', async () => {
    const place = await makeBookablePlace(db)
    const me = { ...(await as(ownerOf(place))), now: at('07:00') }
    await book(place, '09:00')
    const brief = away(ownerOf(place), { startMin: 10 * 60, endMin: 10 * 60 + 30 })
    const [offer] = (await judgeAbsence(me, brief)).offers
    expect(offer?.startsAt[0]).toEqual(at('09:30'))
  })

  test('of another day, or already cancelled by somebody, refuse the whole: nothing is saved', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const [one, other] = [await book(place, '08:00'), await book(place, '08:30')]
    const short = { startMin: 9 * 60, endMin: 9 * 60 + 30 }
    const beside = await knownOf(me, away(ownerOf(place), { ...short, fates: [cancel(one), cancel(other)] }))
    expect(await saveAbsence(me, beside)).toEqual({ ok: false, reason: 'rdv-refused' })

    const both = await knownOf(me, away(ownerOf(place), { fates: [cancel(one), cancel(other)] }))
    await setStatus(me, { rdvId: other, from: 'unknown', to: 'excused' })
    expect(await saveAbsence(me, both)).toEqual({ ok: false, reason: 'to-acknowledge' })
    expect(await saveAbsence(me, await knownOf(me, both))).toEqual({ ok: false, reason: 'rdv-refused' })
    expect(await statusOf(one, other)).toEqual(['unknown', 'excused'])
    expect(await listAbsences(me, { agentId: ownerOf(place), period: 'current' })).toEqual([])
  })

  test('that one may not write are counted, never chosen', async () => {
    const place = await makeBookablePlace(db)
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const colleague = await makeAgent(db, { ...here, serviceId: place.service.id })
    const elsewhere = await makeBookablePlace(db)
    await makeGrants(db, [
      {
        territoryId: place.territory.id,
        grantee: { kind: 'agent', agentId: colleague.id },
        target: { kind: 'agent', agentId: ownerOf(place) },
        level: 'write',
        organisationIds: [place.organisation.id],
        serviceIds: [elsewhere.service.id],
      },
    ])
    const rdvId = await book(place, '08:00')
    const me = await as(colleague.id)
    const input = away(ownerOf(place), { fates: [cancel(rdvId)] })
    const judged = await judgeAbsence(me, input)
    expect([judged.rdvs, judged.busy]).toEqual([[], [{ startAt: at('08:00'), endAt: at('08:30') }]])
    const { known } = judged
    expect(await saveAbsence(me, { ...input, known })).toEqual({ ok: false, reason: 'rdv-refused' })
    expect(await saveAbsence(me, { ...input, known, fates: [] })).toMatchObject({ ok: true })
    expect(await statusOf(rdvId)).toEqual(['unknown'])
    const stranger = await as(ownerOf(elsewhere))
    await expect(saveAbsence(stranger, { ...input, known })).rejects.toThrow(new AppError('not-found'))
  })

  test('chosen while somebody moves or cancels them: one comes first, nobody waits for ever', async () => {
    for (let round = 0; round < 8; round++) {
      const place = await makeBookablePlace(db)
      const me = await as(ownerOf(place))
      const rdvId = await book(place, '08:00')
      const input = await knownOf(me, away(ownerOf(place), { fates: [cancel(rdvId)] }))
      const held = await heldNow(db, rdvId)
      const other =
        round % 2 === 0
          ? rescheduleRdv(me, { ...held, startAt: new Date('2027-03-03T08:00Z'), acknowledged: [...WARNING_KINDS] })
          : setStatus(me, { rdvId, from: 'unknown', to: 'excused' })
      const [saved, changed] = await Promise.all([saveAbsence(me, input), other])
      expect([saved.ok, changed.ok].filter(Boolean)).toHaveLength(1)
      expect(await statusOf(rdvId)).toEqual([saved.ok ? 'revoked' : round % 2 === 0 ? 'unknown' : 'excused'])
    }
  })
})
