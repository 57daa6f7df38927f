import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueOnceAt } from '@/server/platform/jobs'
import { endWaits } from '../commands/end-waits'
import { offerSlot } from '../commands/offer-slot'
import { settleOffers } from '../commands/settle-offers'
import { loadWaitingSearch, startsForEach, type Awaited, type WaitingSearch } from '../queries/waiting-slots'
import {
  countAsked,
  findWaitlistTerritory,
  isAnybodyWaiting,
  listIdleWaits,
  listUselessOffers,
  listWaiting,
  listWaitingTerritories,
  type Waiter,
  type WaitlistTerritory,
} from '../queries/waiting'
import { isSendingTime } from '../rules/sending-hours'
import { FIRST_COME_COUNT, inTurn, offerFor, whyExpired, type Shown } from '../rules/waitlist'
import { deleteEnded, followRdvs, lockExpired } from '../store/waitlist'

const EXPIRED_AT_ONCE = 100
const KEPT_DAYS = 30

/** A time freed by mistake is often taken back at once: nobody is offered it before. */
const SETTLING_MS = 2 * 60_000

/**
 * Has the free slots of a territory offered to those who wait there, at once, or once what was changed has had time to be
 * undone. Asked several times, it is done once; nothing where nobody waits.
 */
export const askToFill = (ctx: Ctx, territoryId: number, when: 'at-once' | 'settled') =>
  inTransaction(ctx, async (tx) => {
    if (await isAnybodyWaiting(tx, territoryId)) await ask(tx, [territoryId], when)
    return done(null)
  })

/** Where somebody waits, looks for what no fact told of: an absence taken away, a day that came within the delays. */
export const fillWaitlists = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    await ask(tx, await listWaitingTerritories(tx), 'at-once')
    return done(null)
  })

function ask({ db, now }: TxCtx, territoryIds: readonly number[], when: 'at-once' | 'settled'): Promise<void> {
  const at = when === 'at-once' ? now : new Date(now.getTime() + SETTLING_MS)
  const jobs = territoryIds.map((territoryId) => ({
    payload: { territoryId },
    key: `fill-waitlist-${when}-${String(territoryId)}`,
  }))
  return enqueueOnceAt(db, 'fill-waitlist', jobs, at)
}

/** Offers the free slots of a territory to those who wait, in turn, in the hours people may be written to. */
export async function fillWaitlist(
  ctx: Ctx,
  { territoryId }: { territoryId: number },
): Promise<{ offerCount: number }> {
  await tidy(ctx, territoryId)
  const territory = await inRead(ctx, (read) => findWaitlistTerritory(read, territoryId))
  if (!territory || territory.holdMin === null) return { offerCount: 0 }
  if (!isSendingTime(ctx.now, territory.hours, territory.zone)) return { offerCount: 0 }
  const open = { ...territory, holdMin: territory.holdMin }
  return { offerCount: await offerInTurn(ctx, open, await inRead(ctx, (read) => listWaiting(read, territory))) }
}

/** Ends what there is no reason to wait for, withdraws what is of no use, and follows RDVs that moved to another lieu. */
async function tidy(ctx: Ctx, territoryId: number): Promise<void> {
  const [idle, useless] = await inRead(ctx, (read) =>
    Promise.all([listIdleWaits(read, territoryId), listUselessOffers(read, territoryId)]),
  )
  await endWaits(ctx, idle)
  for (const state of ['withdrawn', 'lost'] as const) {
    const offerIds = useless.filter((one) => one.state === state).map(({ offerId }) => offerId)
    await settleOffers(ctx, { offerIds, state })
  }
  await inTransaction(ctx, async (tx) => done(await followRdvs(tx, territoryId)))
}

/** The slots found for those who wait for the same. */
type Looked = { found: WaitingSearch; shown: Shown }
/** `looked`: null when there is nothing to look in, undefined while nobody has. `fullMs`: starts for which enough people are asked, of whom some wait for something else. */
type Place = { looked: Looked | null | undefined; fullMs: Set<number> }
type Places = Map<string, Place>
/** Somebody faster takes a slot at most once: there is an end to the tries. */
const MAX_TRIES = 20

/**
 * One person after the other, who has waited longest first, whatever they wait for: several motifs may want the same time. An
 * offer only takes time away, so whoever was passed over has nothing of use afterwards either. Answers how many were made.
 */
async function offerInTurn(
  ctx: Ctx,
  territory: WaitlistTerritory & { holdMin: number },
  waiters: readonly Waiter[],
): Promise<number> {
  const places: Places = new Map()
  let offerCount = 0
  for (const one of inTurn(waiters)) if (await offerTo(ctx, territory, one, places)) offerCount += 1
  return offerCount
}

/** What is found for a motif at a place serves the next, until somebody is offered something of it, or was faster. */
async function offerTo(
  ctx: Ctx,
  territory: WaitlistTerritory & { holdMin: number },
  one: Waiter,
  places: Places,
): Promise<boolean> {
  // Who has no RDV waits no more once the motif has left the public site: those who do were put there, or have one.
  const awaited = { motifId: one.motifId, lieuId: one.lieuId, isPublicOnly: false }
  const key = `${String(one.motifId)}|${String(one.lieuId)}`
  const place: Place = places.get(key) ?? { looked: undefined, fullMs: new Set() }
  places.set(key, place)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const looked = place.looked === undefined ? await lookFor(ctx, territory, awaited, place.fullMs) : place.looked
    place.looked = looked
    const offered = looked && offerFor(one, looked.shown, ctx.now.getTime())
    if (!offered) return false
    const { found } = looked
    const outcome = await offerSlot(ctx, { territory, awaited, found, offered, waiter: one })
    if (!outcome.ok && outcome.reason === 'not-waiting') return false
    if (!outcome.ok && outcome.reason === 'asked-enough') place.fullMs.add(offered.startMs)
    else place.looked = undefined
    if (outcome.ok) return true
  }
  return false
}

async function lookFor(
  ctx: Ctx,
  territory: WaitlistTerritory,
  awaited: Awaited,
  fullMs: ReadonlySet<number>,
): Promise<Looked | null> {
  const found = await loadWaitingSearch(ctx, { territory, awaited })
  if (!found) return null
  const asked = await inRead(ctx, (read) => countAsked(read, awaited))
  const askedAt = (startMs: number) => (fullMs.has(startMs) ? FIRST_COME_COUNT : (asked.get(startMs) ?? 0))
  return { found, shown: { startsFor: startsForEach(found), askedAt } }
}

/** Offers whose time has run out go to the next in turn. */
export const expireOffers = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const expired = await lockExpired(tx, EXPIRED_AT_ONCE)
    for (const state of ['lost', 'unreached', 'expired'] as const) {
      const offerIds = expired.filter((one) => whyExpired(one) === state).map(({ id }) => id)
      await settleOffers(tx, { offerIds, state })
    }
    return done({ count: expired.length })
  })

/** Waits over for 30 days are erased, with what was offered, once that is over too. */
export const purgeWaits = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) =>
    done({ rows: await deleteEnded(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)) }),
  )
