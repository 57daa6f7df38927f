import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, heldNow, NOW, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeLieu, makeOpening, makeUsager } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { acceptOffer } from '../commands/accept-offer'
import { bookSlot } from '../commands/book-slot'
import { declineOffer } from '../commands/decline-offer'
import { joinWaitlistByLink } from '../commands/join-waitlist'
import { leaveWaitlistByOffer } from '../commands/leave-waitlist'
import { rescheduleRdv } from '../commands/reschedule-rdv'
import { setStatus } from '../commands/set-status'
import { WARNING_KINDS } from '../rules/warnings'
import { getOffer } from '../queries/waits'
import { expireOffers, fillWaitlist } from './waitlist'

/** What changes under the feet of somebody who waits. */
const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  here = await makeBookablePlace(db, { motif: { usagerMayMove: false, minLeadMin: 24 * 60 + 30 } })
})

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const later = (minutes: number) => ({ now: new Date(TEN.getTime() + minutes * 60_000) })
const LATE = new Date('2027-03-16T09:00:00Z')
const fill = (minutes = 0) => fillWaitlist(ctxFor(db, later(minutes)), { territoryId: here.territory.id })
const accept = (token: string) => acceptOffer(ctxFor(db, later(0)), { token })
const agentId = () => here.agents[0]?.id ?? 0
const actor = () => adminOf(here, agentId())

async function booked(startAt: Date) {
  const outcome = await bookSlot(ctxFor(db, later(0)), bookingQuestion(here, startAt))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, token: tokenOf('rdv-link', outcome.value.linkId) }
}
async function waiting(startAt = LATE) {
  const rdv = await booked(startAt)
  expect(await joinWaitlistByLink(ctxFor(db, later(0)), { token: rdv.token })).toMatchObject({ ok: true })
  return rdv
}
async function offers() {
  const rows = await db.execute<{ id: number; state: string; count: number; endedBy: string | null }>(sql`
    select o.id::float8 as id, o.state, e.offer_count as count, e.ended_by as "endedBy"
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where o.territory_id = ${here.territory.id} order by o.id`)
  return rows.map((row) => ({ ...row, token: tokenOf('waitlist-offer', row.id) }))
}
async function offered() {
  const rdv = await waiting()
  await fill()
  const [offer] = await offers()
  if (!offer) throw new Error('nothing was offered')
  return { ...rdv, offer }
}
const rdvOf = async (rdvId: number) => {
  const [row] = await db.execute<{ startMs: number; agents: number[]; lieuId: number }>(sql`
    select extract(epoch from starts_at)::float8 * 1000 as "startMs", lieu_id::float8 as "lieuId",
           array(select agent_id::float8 from agent_times where rdv_id = r.id order by 1) as agents from rdvs r where id = ${rdvId}`)
  return row
}
const holds = async () =>
  (
    await db.execute(
      sql`select from agent_times t join waitlist_offers o on o.id = t.offer_id where o.territory_id = ${here.territory.id}`,
    )
  ).length

async function move(rdvId: number, over: object) {
  const input = { ...(await heldNow(db, rdvId)), acknowledged: [...WARNING_KINDS], ...over }
  const outcome = await rescheduleRdv(ctxFor(db, { ...later(1), actor: actor() }), input)
  expect(outcome).toMatchObject({ ok: true })
}

describe('an RDV that moved meanwhile', () => {
  test('is never put back later by an older offer, which goes', async () => {
    const { rdvId, offer } = await offered()
    await db.execute(
      sql`update waitlist_offers set starts_at = '2027-03-06T09:00Z', ends_at = '2027-03-06T09:30Z' where id = ${offer.id}`,
    )
    await move(rdvId, { startAt: new Date('2027-03-03T09:00:00Z') })
    expect(await accept(offer.token)).toMatchObject({ ok: false })
    expect((await rdvOf(rdvId))?.startMs).toBe(Date.parse('2027-03-03T09:00:00Z'))
    expect(await holds()).toBe(0)
  })

  test('to another lieu is offered slots there, and there alone', async () => {
    const { rdvId, offer } = await offered()
    const place = { territoryId: here.territory.id, organisationId: here.organisation.id }
    const other = await makeLieu(db, place)
    const colleague = await makeAgent(db, { ...place, serviceId: here.service.id })
    await makeOpening(db, { ...place, agentId: colleague.id, lieuId: other.id, motifIds: [here.motif.id] })
    await move(rdvId, { lieuId: other.id })
    expect(await accept(offer.token)).toMatchObject({ ok: false })
    await fill(2)
    await fill(3)
    const open = (await offers()).filter(({ state }) => state === 'open')
    expect(open).toHaveLength(1)
    expect(await accept(open[0]?.token ?? '')).toMatchObject({ ok: true })
    expect(await rdvOf(rdvId)).toMatchObject({ lieuId: other.id, agents: [colleague.id] })
  })
})

describe('what made it possible to wait', () => {
  test('an RDV a second agent came to keeps both', async () => {
    const { rdvId, offer } = await offered()
    const colleague = await makeAgent(db, {
      ...{ territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id },
    })
    await move(rdvId, { agentIds: [agentId(), colleague.id] })
    expect(await accept(offer.token)).toEqual({ ok: false, reason: 'not-open' })
    expect((await rdvOf(rdvId))?.agents).toHaveLength(2)
    await fill(2)
    expect([await holds(), (await offers())[0]?.endedBy]).toEqual([0, 'over'])
  })

  test('whoever excused themselves moves nobody else’s', async () => {
    const { rdvId, participationId, offer } = await offered()
    const { id } = await makeUsager(db, here.territory.id)
    await db.execute(sql`
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      values (${here.territory.id}, ${rdvId}, ${id}, true, true, 'agent')`)
    await db.execute(sql`update participations set status = 'excused' where id = ${participationId}`)
    expect(await accept(offer.token)).toEqual({ ok: false, reason: 'not-open' })
    expect((await rdvOf(rdvId))?.startMs).toBe(LATE.getTime())
  })

  test('an RDV hidden since is nowhere to be seen by its offer', async () => {
    const { rdvId, offer } = await offered()
    await db.execute(sql`update rdvs set shows_to_usager = false where id = ${rdvId}`)
    await expect(getOffer(ctxFor(db, later(0)), { token: offer.token })).rejects.toMatchObject({ code: 'not-found' })
    await expect(accept(offer.token)).rejects.toMatchObject({ code: 'not-found' })
    await fill(2)
    expect(await holds()).toBe(0)
  })
})

describe('what does not count', () => {
  test('an offer they never heard of', async () => {
    await offered()
    await expireOffers(ctxFor(db, later(121)))
    expect(await offers()).toMatchObject([{ state: 'unreached', count: 0, endedBy: null }])
  })

  test('one for which somebody else was faster, whether they answered or not', async () => {
    here = await makeBookablePlace(db, { motif: { usagerMayMove: false } })
    for (const clock of ['09:30', '10:30']) await booked(new Date(`2027-03-01T${clock}:00Z`))
    await db.execute(sql`
      insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
      values (${agentId()}, 'Europe/Paris', 'Congé', '2027-03-02', 0, '2027-03-09', 1440)`)
    for (let i = 0; i < 3; i++) await waiting(new Date(Date.UTC(2027, 2, 10, 8, 30 * i)))
    await fill()
    const [first] = await offers()
    expect(await accept(first?.token ?? '')).toMatchObject({ ok: true })
    await fill(1)
    expect((await offers()).map(({ state, count }) => [state, count])).toEqual([
      ['accepted', 1],
      ['lost', 0],
      ['lost', 0],
    ])
  })
})

test('an agent who takes a cancellation back has their RDV back, though it was offered', async () => {
  const first = await booked(new Date('2027-03-02T09:30:00Z'))
  await waiting()
  const as = ctxFor(db, { ...later(0), actor: actor() })
  await setStatus(as, { rdvId: first.rdvId, from: 'unknown', to: 'revoked' })
  await fill()
  expect(await setStatus(as, { rdvId: first.rdvId, from: 'revoked', to: 'unknown' })).toMatchObject({ ok: true })
  expect(await offers()).toMatchObject([{ state: 'taken', count: 0 }])
})

test('an answer, another, and leaving, all at once: no deadlock, and one of them holds', async () => {
  for (let i = 0; i < 12; i++) await waiting(new Date(Date.UTC(2027, 2, 20 + Math.floor(i / 6), 8, 30 * (i % 6))))
  await fill()
  const all = (await offers()).filter(({ state }) => state === 'open')
  expect(all.length).toBeGreaterThan(5)
  const outcomes = await Promise.all(
    all.flatMap(({ token }) => [
      declineOffer(ctxFor(db, later(1)), { token }),
      leaveWaitlistByOffer(ctxFor(db, later(1)), { token }),
      accept(token),
      fill(1),
    ]),
  )
  expect(outcomes).toHaveLength(4 * all.length)
  const settled = (await offers()).filter(({ id }) => all.some((one) => one.id === id))
  expect(settled.filter(({ state }) => state === 'open')).toEqual([])
  expect(tally(settled.map(() => ({ ok: true })))).toEqual({ done: all.length })
})
