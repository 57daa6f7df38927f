import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { motifs, rdvs } from '@/db/schema'
import {
  adminOf,
  bookingQuestion,
  ctxFor,
  heldNow,
  NOW,
  standing,
  tally,
  type BookablePlace,
} from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { byMover } from '@/server/messaging/reactions'
import { tokenOf } from '@/server/platform/tokens'
import type { rdvMoved } from '../events'
import { getIcsByLink } from '../queries/calendar'
import { judgeMoveByLink, listMoveSlots } from '../queries/moving'
import { bookSlot } from './book-slot'
import { createRdv } from './create-rdv'
import { moveByLink } from './move-by-link'
import { rescheduleRdv } from './reschedule-rdv'

const CONNECTIONS = 30
const { db } = await ownDatabase({ poolSize: CONNECTIONS })

/** In Paris, in March 2027, an hour ahead of UTC. */
const at = (day: number, hour: number, minute = 0) => new Date(Date.UTC(2027, 2, day, hour - 1, minute))
const [FIRST, OTHER] = [at(9, 9), at(10, 10)]

async function booked(place: BookablePlace, startAt = FIRST) {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, token: tokenOf('rdv-link', outcome.value.linkId) }
}

const move = (token: string, startAt: Date, { shownStart = FIRST, now = NOW } = {}) =>
  moveByLink(ctxFor(db, { now }), { token, startAt, shownStart })

const refusedWith = (reason: string) => ({ ok: false, reason })
const startsShown = async (token: string, fromDay?: string) => {
  const { page } = await listMoveSlots(ctxFor(db), { token, fromDay })
  return page?.days.flatMap(({ slots }) => slots.map(({ startAt }) => startAt.toISOString())) ?? []
}

describe('a person moves their RDV by its link', () => {
  test('with the agent they know, the calendar follows, the old time is somebody else’s', async () => {
    const place = await makeBookablePlace(db, { agentCount: 3 })
    const { token, rdvId, agentId, participationId } = await booked(place)
    expect(await move(token, OTHER)).toEqual({ ok: true, value: { startAt: OTHER } })
    expect(await heldNow(db, rdvId)).toMatchObject({ startAt: OTHER, agentIds: [agentId], knownSequence: 1 })
    const { text } = await getIcsByLink(ctxFor(db), { token })
    expect(text).toContain('SEQUENCE:1')
    expect(text).toContain('DTSTART:20270310T090000Z')
    await Promise.all([booked(place), booked(place), booked(place)])
    const told = await db.execute<{ actor_kind: string; payload: object }>(
      sql`select actor_kind, payload from events where subject_id = ${rdvId} and kind = 'rdv.moved'`,
    )
    expect([...told]).toEqual([
      {
        actor_kind: 'link',
        payload: { agentIds: [agentId], acknowledgedOverlap: false, byParticipationId: participationId },
      },
    ])
  })

  test('sent twice, it moves once; from a page that no longer tells the truth, not at all', async () => {
    const { token, rdvId } = await booked(await makeBookablePlace(db))
    const both = await Promise.all([move(token, OTHER), move(token, OTHER)])
    expect(tally(both)).toEqual({ done: 2 })
    expect((await heldNow(db, rdvId)).knownSequence).toBe(1)
    expect(await move(token, at(11, 9))).toEqual(refusedWith('changed-meanwhile'))
  })

  test('with somebody else when the agent they know is taken; its length stays the RDV’s own', async () => {
    const place = await makeBookablePlace(db, { agentCount: 2 })
    const { token, rdvId, agentId } = await booked(place)
    await db
      .update(rdvs)
      .set({ endsAt: at(9, 10) })
      .where(eq(rdvs.id, rdvId))
    const [one, two] = [await booked(place, OTHER), await booked(place, at(11, 9))]
    expect(one.agentId).toBe(two.agentId)
    const theirs = one.agentId === agentId
    await move(token, OTHER)
    const held = await heldNow(db, rdvId)
    expect(held).toMatchObject({ startAt: OTHER, durationMin: 60 })
    expect(held.agentIds).toHaveLength(1)
    expect(held.agentIds[0] === agentId).toBe(!theirs)
    expect((await standing(db, place)).overlaps).toBe(0)
  })

  test('slots are cut by its own length, and its own time stands in the way of none', async () => {
    const place = await makeBookablePlace(db)
    const { token, rdvId } = await booked(place, at(9, 9))
    await db
      .update(rdvs)
      .set({ endsAt: at(9, 10, 30) })
      .where(eq(rdvs.id, rdvId))
    const ofDay = (await startsShown(token, '2027-03-09')).filter((start) => start.startsWith('2027-03-09'))
    expect(ofDay).toEqual([at(9, 9), at(9, 10, 30)].map((start) => start.toISOString()))
    expect(await judgeMoveByLink(ctxFor(db), { token, startAt: at(10, 10, 30) })).toMatchObject({
      ...{ why: null, endAt: at(10, 12) },
    })
    expect(await judgeMoveByLink(ctxFor(db), { token, startAt: at(10, 11) })).toMatchObject({ why: 'not-offered' })
    expect(await move(token, at(10, 11), { shownStart: at(9, 9) })).toEqual(refusedWith('not-offered'))
  })

  test('a time taken meanwhile is said so, and offered no more', async () => {
    const place = await makeBookablePlace(db)
    const { token, rdvId } = await booked(place)
    expect(await startsShown(token, '2027-03-10')).toContain(OTHER.toISOString())
    await booked(place, OTHER)
    expect(await move(token, OTHER)).toEqual(refusedWith('slot-taken'))
    expect(await startsShown(token, '2027-03-10')).not.toContain(OTHER.toISOString())
    expect((await heldNow(db, rdvId)).startAt).toEqual(FIRST)
  })

  test('the delays of the motif hold', async () => {
    const place = await makeBookablePlace(db, { motif: { minLeadMin: 3 * 1440, maxLeadMin: 10 * 1440 } })
    const { token } = await booked(place)
    expect(await move(token, at(3, 9))).toEqual(refusedWith('slot-past'))
    expect(await move(token, at(20, 9))).toEqual(refusedWith('not-offered'))
    expect((await startsShown(token))[0]).toBe(at(4, 9).toISOString())
  })

  test('two days before, it is too late; hidden or closed to it, it does not move', async () => {
    const place = await makeBookablePlace(db)
    const { token, rdvId } = await booked(place)
    const twoDaysBefore = new Date(FIRST.getTime() - 2 * 86_400_000)
    expect(await move(token, OTHER, { now: twoDaysBefore })).toEqual(refusedWith('too-late'))
    await db.update(motifs).set({ usagerMayMove: false }).where(eq(motifs.id, place.motif.id))
    expect(await move(token, OTHER)).toEqual(refusedWith('not-movable'))
    expect((await listMoveSlots(ctxFor(db), { token })).page).toBeNull()
    await db.update(rdvs).set({ showsToUsager: false }).where(eq(rdvs.id, rdvId))
    await expect(move(token, OTHER)).rejects.toThrow(new AppError('not-found'))
    await expect(move('x'.repeat(20), OTHER)).rejects.toThrow(new AppError('not-found'))
  })

  test('what an agent placed is theirs to move', async () => {
    const place = await makeBookablePlace(db)
    const usager = await makeUsager(db, place.territory.id)
    const agentId = place.agents[0]?.id ?? 0
    const created = await createRdv(ctxFor(db, { actor: adminOf(place, agentId) }), {
      ...{ motifId: place.motif.id, lieuId: place.lieu.id, startAt: FIRST, agentIds: [agentId] },
      ...{ usagerIds: [usager.id], acknowledged: [] },
    })
    expect(created.ok).toBe(true)
    const [link] = await db.execute<{ id: number }>(
      sql`select l.id::float8 as id from rdv_links l join participations p on p.id = l.participation_id where p.usager_id = ${usager.id}`,
    )
    expect(await move(tokenOf('rdv-link', link?.id ?? 0), OTHER)).toEqual(refusedWith('placed-by-service'))
  })

  test('whoever moved it is awake: their confirmation waits for no hours of sending', async () => {
    const { rdvId, token, participationId } = await booked(await makeBookablePlace(db))
    const ctx = ctxFor(db, { now: at(1, 23) })
    const waits = async () => {
      const rows = await db.execute<{ payload: { byParticipationId: number | null } }>(sql`
        select j.payload from graphile_worker._private_jobs j where j.key = ${`tell-rdv-${String(rdvId)}`}`)
      return rows.map(({ payload }) => payload.byParticipationId)
    }
    const fact = (byParticipationId: number | null) =>
      ({ subject: { kind: 'rdv', id: rdvId }, payload: { byParticipationId } }) as unknown as ReturnType<
        typeof rdvMoved
      >
    await byMover(ctx, fact(participationId))
    await db.execute(sql`update messages set state = 'sent' where rdv_id = ${rdvId}`)
    expect((await move(token, OTHER, { now: at(1, 23) })).ok).toBe(true)
    await byMover(ctx, fact(participationId))
    expect(await waits()).toEqual([participationId])
    await byMover(ctx, fact(null))
    expect(await waits()).toEqual([null])
  })
})

describe('many at once', () => {
  test('as many people move to one time as there are agents left, whoever books it meanwhile', async () => {
    const place = await makeBookablePlace(db, { agentCount: 4 })
    const movers = []
    for (let i = 0; i < 12; i++) movers.push(await booked(place, at(9 + Math.floor(i / 4), 9)))
    const shown = (i: number) => at(9 + Math.floor(i / 4), 9)
    const target = at(15, 11)
    const outcomes = await Promise.all([
      ...movers.map(({ token }, i) => move(token, target, { shownStart: shown(i) })),
      ...Array.from({ length: 6 }, () => bookSlot(ctxFor(db), bookingQuestion(place, target))),
    ])
    expect(tally(outcomes)).toEqual({ done: 4, 'slot-taken': 14 })
    expect(await standing(db, place)).toMatchObject({ overlaps: 0 })
  }, 60_000)

  test('its person and an agent move it at once: one of them, and the other is told', async () => {
    const place = await makeBookablePlace(db, { agentCount: 2 })
    const admin = adminOf(place, place.agents[0]?.id ?? 0)
    for (let round = 0; round < 10; round++) {
      const { token, rdvId } = await booked(place, at(9 + round, 9))
      const held = await heldNow(db, rdvId)
      const outcomes = await Promise.all([
        move(token, at(9 + round, 11), { shownStart: at(9 + round, 9) }),
        rescheduleRdv(ctxFor(db, { actor: admin }), {
          ...held,
          startAt: at(9 + round, 10),
          acknowledged: ['past', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'],
        }),
      ])
      expect(tally(outcomes)).toEqual({ done: 1, 'changed-meanwhile': 1 })
    }
    expect(await standing(db, place)).toMatchObject({ overlaps: 0 })
  }, 60_000)
})
