import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '@/db/seed/random'
import { bookingQuestion, ctxFor, standing, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune } from '@/db/testing/make'
import { motifKey } from '@/server/directory/rules/motif'
import type { Ctx } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { acceptOffer } from '../commands/accept-offer'
import { bookSlot } from '../commands/book-slot'
import { cancelByLink } from '../commands/cancel-by-link'
import { declineOffer } from '../commands/decline-offer'
import { joinWaitlistByLink } from '../commands/join-waitlist'
import { joinWaitlistByDraft } from '../commands/join-waitlist-by-draft'
import { saveDraft } from '../commands/save-draft'
import { loadWaitingSearch } from '../queries/waiting-slots'
import { firstStart, horizonMs } from '../rules/availability'
import { expireOffers, fillWaitlist } from './waitlist'

/**
 * Three weeks of two agents, by a clock that is driven: every time is booked, people cancel, those who wait answer, refuse
 * or stay silent. The commands and jobs are the real ones; what is drawn is seeded.
 */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = new Date('2027-03-01T08:00:00Z')
const DAYS = 21
const CANCELS_A_DAY = 4
/** Of those who have an RDV in more than a week. */
const SHARE_WHO_WAITS = 0.2
/** People a day who ask for an appointment: they choose what is free, or leave their number. */
const NEWCOMERS_A_DAY = 5
/** Of ten people offered a slot. */
const ANSWERS = [
  ['accept', 6],
  ['decline', 2],
  ['silence', 2],
] as const

const { db } = await ownDatabase()
beforeAll(async () => {
  await makeCommune(db)
})

type Rdv = { startMs: number; token: string }

async function fillAgendas(place: BookablePlace): Promise<Rdv[]> {
  const rdvs: Rdv[] = []
  for (let day = 1; day <= 28; day++) {
    for (let slot = 0; slot < 6; slot++) {
      const startAt = new Date(Date.UTC(2027, 2, 1 + day, 8, 30 * slot))
      for (let agent = 0; agent < place.agents.length; agent++) {
        const outcome = await bookSlot(ctxFor(db, { now: START }), bookingQuestion(place, startAt))
        if (!outcome.ok) continue
        const { linkId } = outcome.value
        rdvs.push({ startMs: startAt.getTime(), token: tokenOf('rdv-link', linkId) })
      }
    }
  }
  return rdvs
}

async function simulate(seed: number): Promise<BookablePlace> {
  const chance = createRandom(seed)
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const territoryId = place.territory.id
  const rdvs = await fillAgendas(place)
  const now = (ms: number) => ctxFor(db, { now: new Date(ms) })
  for (const { startMs, token } of chance.shuffled(rdvs)) {
    if (startMs > START.getTime() + 7 * DAY_MS && chance.chance(SHARE_WHO_WAITS))
      await joinWaitlistByLink(now(START.getTime()), { token })
  }
  const answered = new Set<number>()
  for (let ms = START.getTime(); ms < START.getTime() + DAYS * DAY_MS; ms += HOUR_MS) {
    await expireOffers(now(ms))
    if (chance.chance(CANCELS_A_DAY / 24)) {
      const ahead = await standingAfter(territoryId, ms + 26 * HOUR_MS)
      if (ahead.length > 0) await cancelByLink(now(ms), { token: chance.pick(ahead) })
    }
    if (chance.chance(NEWCOMERS_A_DAY / 24)) await waitWithoutRdv(place, now(ms), ms)
    await fillWaitlist(now(ms), { territoryId })
    await expectOneOfferEach(territoryId)
    await tellAll(territoryId)
    for (const offer of await openOffers(territoryId)) {
      if (answered.has(offer.id)) continue
      answered.add(offer.id)
      const [who, token] = [now(ms + HOUR_MS / 2), tokenOf('waitlist-offer', offer.id)]
      const answer = chance.weighted(ANSWERS)
      if (answer === 'accept') await acceptOffer(who, { token })
      if (answer === 'decline') await declineOffer(who, { token })
    }
  }
  return place
}

/** As if the messages about the open offers had left. */
const tellAll = (territoryId: number) =>
  db.execute(sql`
    insert into messages (territory_id, offer_id, version, news, channel, recipient, state, state_at)
    select territory_id, id, 1, 'offer', 'sms', '+33612345678', 'sent', now() from waitlist_offers
    where territory_id = ${territoryId} and state = 'open' on conflict do nothing`)

/** Somebody new found nothing free. */
async function waitWithoutRdv(place: BookablePlace, ctx: Ctx, ms: number): Promise<void> {
  const { service, motif, lieu } = place
  const tunnel = { commune: '62498', service: service.id, motif: motifKey(motif), lieu: lieu.id }
  const phone = `06${String(10_000_000 + ((ms / HOUR_MS) % 10_000_000)).padStart(8, '0')}`
  const { draftId } = await saveDraft(ctx, { tunnel, answers: { firstName: 'Sam', lastName: 'Diallo', phone } })
  const joined = await joinWaitlistByDraft(ctx, { draftId })
  if (joined.ok) return
  // A slot is free online: they choose it.
  const found = await loadWaitingSearch(ctx, {
    territory: place.territory,
    awaited: { motifId: motif.id, lieuId: lieu.id, isPublicOnly: true },
  })
  const startMs = found && firstStart(found.search, ms, horizonMs([found.motif], ms))
  if (startMs !== null) await bookSlot(ctx, bookingQuestion(place, new Date(startMs)))
}

/** Links of the RDVs that start from then on. */
async function standingAfter(territoryId: number, ms: number): Promise<string[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select l.id::float8 as id from rdvs r join rdv_links l on l.rdv_id = r.id
    where r.territory_id = ${territoryId} and r.status = 'unknown' and r.starts_at > ${new Date(ms).toISOString()}::timestamptz
    order by r.starts_at, l.id limit 60`)
  return rows.map(({ id }) => tokenOf('rdv-link', id))
}

async function openOffers(territoryId: number): Promise<{ id: number }[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select id::float8 as id from waitlist_offers where territory_id = ${territoryId} and state = 'open' order by id`)
  return [...rows]
}

/** A time that is held is offered to one person, and a person has one offer. */
async function expectOneOfferEach(territoryId: number): Promise<void> {
  const [row] = await db.execute(sql`
    select count(*)::integer as offers, count(distinct entry_id)::integer as people,
           count(*) filter (where is_held)::integer as held,
           count(distinct (agent_id, starts_at)) filter (where is_held)::integer as slots
    from waitlist_offers where territory_id = ${territoryId} and state = 'open'`)
  expect(row?.people).toBe(row?.offers)
  expect(row?.slots).toBe(row?.held)
}

/** Times that people gave back and that have come since: how many, and how many were taken again before they came. */
async function refilled(place: BookablePlace): Promise<{ freed: number; taken: number }> {
  const [row] = await db.execute<{ freed: number; taken: number }>(sql`
    select count(*)::integer as freed, count(*) filter (where exists (
             select from agent_times again where again.agent_id = t.agent_id and again.occupies
               and again.rdv_id <> t.rdv_id and again.starts_at = t.starts_at))::integer as taken
    from rdvs r join agent_times t on t.rdv_id = r.id
    where r.territory_id = ${place.territory.id} and r.status = 'excused'
      and r.starts_at < ${new Date(START.getTime() + DAYS * DAY_MS).toISOString()}::timestamptz`)
  return row ?? { freed: 0, taken: 0 }
}

test('three weeks: who waits is asked in turn, three times at most, and most of what is freed is taken', async () => {
  const place = await simulate(7)
  const [row] = await db.execute<{ offers: number; accepted: number; most: number }>(sql`
    select count(*)::integer as offers, count(*) filter (where o.state = 'accepted')::integer as accepted,
           (select max(offer_count)::integer from waitlist_entries where territory_id = ${place.territory.id}) as most
    from waitlist_offers o where o.territory_id = ${place.territory.id}`)
  expect(await standing(db, place)).toMatchObject({ overlaps: 0 })
  expect(row?.most).toBeLessThanOrEqual(3)
  const { freed, taken } = await refilled(place)
  console.info(
    `File d’attente : ${String(freed)} horaires annulés, ${String(taken)} repris avant leur heure ` +
      `(${String(Math.round((100 * taken) / freed))} %), en ${String(row?.offers)} propositions dont ${String(row?.accepted)} acceptées`,
  )
  expect(freed).toBeGreaterThan(30)
  expect(taken / freed).toBeGreaterThan(0.9)
}, 300_000)
