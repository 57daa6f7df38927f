import { sql } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { MINUTE_MS } from '@/server/scheduling/rules/civil'
import { waitlistSlotOffered } from '../events/waitlist'
import { lasting, loadWaitingSearch, type Awaited, type WaitingSearch } from '../queries/waiting-slots'
import { countAskedOf, findWaiting, type Waiter, type WaitlistTerritory } from '../queries/waiting'
import { rankCandidates, whyNotBook } from '../rules/booking'
import { FIRST_COME_COUNT, isStillFor, offerUntil, type Offered } from '../rules/waitlist'
import { lockAgents } from '../store'
import { insertOffer, lockOpenOffers } from '../store/waitlist'

type Offering = Outcome<{ offerId: number }, 'slot-gone' | 'not-waiting' | 'asked-enough'>

export type OfferSlot = {
  territory: WaitlistTerritory & { holdMin: number }
  awaited: Awaited
  /** As it was looked up, before any lock. */
  found: WaitingSearch
  offered: Offered
  /** Who waits, as they were read then. */
  waiter: Waiter
}

/**
 * Offers a free start to one person who waits, judged again under its agent's lock, and holds it for them when there is
 * time to. `slot-gone` when somebody was faster; `not-waiting` when they left meanwhile, have an offer before them, or let one
 * pass since they were read: other fills of the territory run beside this one; `asked-enough` when it is held for nobody and as
 * many as may be were asked, whatever they wait for.
 */
export async function offerSlot(ctx: Ctx, input: OfferSlot): Promise<Offering> {
  try {
    return await inTransaction(ctx, (tx) => offer(tx, input))
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'agent_times_no_double_booking') return refused('slot-gone')
    if (constraint === 'waitlist_offers_one_open') return refused('not-waiting')
    throw error
  }
}

async function offer(tx: TxCtx, { territory, awaited, found, offered, waiter }: OfferSlot): Promise<Offering> {
  const { entryId, startMs, isHeld } = offered
  const { durationMin } = waiter
  const [candidate] = rankCandidates(lasting(found, durationMin), startMs)
  if (!candidate) return refused('slot-gone')
  const { agentId, endMs } = candidate
  await lockAgents(tx, [agentId])
  // Before the wait, as whoever settles an offer: one that is being settled is waited for.
  if ((await lockOpenOffers(tx.db, [entryId])).length > 0) return refused('not-waiting')
  const waits = await tx.db.execute(sql`
    select from waitlist_entries where id = ${entryId} and ended_at is null for no key update`)
  if (waits.length === 0) return refused('not-waiting')
  const waiting = await findWaiting(tx, territory, entryId)
  if (!waiting || !isStillFor(waiter, waiting, startMs, tx.now.getTime())) return refused('not-waiting')
  const window = { agents: [agentId], fromMs: startMs, toMs: startMs + MINUTE_MS }
  const again = await loadWaitingSearch(tx, { territory, awaited }, window)
  if (!again || whyNotBook(lasting(again, durationMin), startMs)) return refused('slot-gone')
  const [startsAt, endsAt] = [new Date(startMs), new Date(endMs)]
  if (!isHeld && (await countAskedOf(tx, { agentId, startsAt, endsAt })) >= FIRST_COME_COUNT)
    return refused('asked-enough')
  const line = { territoryId: territory.id, entryId, agentId, startsAt, endsAt, isHeld }
  const offerId = await insertOffer(tx, {
    ...line,
    untilAt: offerUntil(startsAt, { holdMin: territory.holdMin, isHeld }, tx.now),
  })
  await tx.emit(waitlistSlotOffered({ id: offerId, territoryId: territory.id, entryId, agentId }, { isHeld }))
  return done({ offerId })
}
