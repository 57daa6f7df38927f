import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueOnceAt } from '@/server/platform/jobs'
import { endWaits } from '../commands/end-waits'
import { offerSlot } from '../commands/offer-slot'
import { settleOffers } from '../commands/settle-offers'
import { loadWaitingSearch, startsForEach } from '../queries/waiting-slots'
import {
  countAsked,
  findWaitlistTerritory,
  isAnybodyWaiting,
  listIdleWaits,
  listUselessOffers,
  listWaiting,
  listWaitingTerritories,
  type WaitingGroup,
  type WaitlistTerritory,
} from '../queries/waiting'
import { isSendingTime } from '../rules/sending-hours'
import { nextOffer } from '../rules/waitlist'
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
  let offerCount = 0
  for (const group of await inRead(ctx, (read) => listWaiting(read, territory))) {
    offerCount += await fillGroup(ctx, open, group)
  }
  return { offerCount }
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

/** One offer after the other: each changes what is free for the next. Answers how many were made. */
async function fillGroup(
  ctx: Ctx,
  territory: WaitlistTerritory & { holdMin: number },
  { waiting, motifId, lieuId }: WaitingGroup,
): Promise<number> {
  // Who has no RDV waits no more once the motif has left the public site: those who do were put there, or have one.
  const awaited = { motifId, lieuId, isPublicOnly: false }
  let left = waiting
  let offerCount = 0
  // Somebody faster takes a slot at most once: there is an end to the rounds.
  for (let round = 0; left.length > 0 && round < 2 * waiting.length + 10; round++) {
    const found = await loadWaitingSearch(ctx, { territory, awaited })
    if (!found) break
    const asked = await inRead(ctx, (read) => countAsked(read, awaited))
    const shown = { startsFor: startsForEach(found), askedAt: (startMs: number) => asked.get(startMs) ?? 0 }
    const offered = nextOffer(left, shown, ctx.now.getTime())
    if (!offered) break
    const durationMin = left.find(({ entryId }) => entryId === offered.entryId)?.durationMin ?? null
    const outcome = await offerSlot(ctx, { territory, awaited, found, offered, durationMin })
    if (outcome.ok) offerCount += 1
    if (outcome.ok || outcome.reason === 'not-waiting') left = left.filter(({ entryId }) => entryId !== offered.entryId)
  }
  return offerCount
}

/** Offers whose time has run out go to the next in turn. */
export const expireOffers = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const expired = await lockExpired(tx, EXPIRED_AT_ONCE)
    const idsOf = (wasTold: boolean) => expired.filter(({ isTold }) => isTold === wasTold).map(({ id }) => id)
    // One they never heard of is none of theirs.
    await settleOffers(tx, { offerIds: idsOf(false), state: 'unreached' })
    return settleOffers(tx, { offerIds: idsOf(true), state: 'expired' })
  })

/** Waits over for 30 days are erased, with what was offered. */
export const purgeWaits = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) =>
    done({ rows: await deleteEnded(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)) }),
  )
