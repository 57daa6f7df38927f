import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { violatedConstraint } from '@/server/platform/sql'
import { MINUTE_MS } from '@/server/scheduling/rules/civil'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { rdvBooked } from '../events'
import { findAwaitable } from '../queries/awaitable'
import { listMotifsAlike, loadOpenRdvCount } from '../queries/bookings'
import { holdMotifs, lockRdv, lockUsager, type LockedRdv } from '../queries/locks'
import { linkPathOf } from '../queries/usager-rdvs'
import { lasting, loadWaitingSearch, type WaitingSearch } from '../queries/waiting-slots'
import { findWaitByOfferToken, findWaitOfOffer, type Wait } from '../queries/waits'
import { rankCandidates } from '../rules/booking'
import type { Candidate } from '../rules/availability'
import { earlierThanMs, whyNotBringForward, whyOver, type AcceptRefusal, type OfferState } from '../rules/waitlist'
import { drawRdvIds, insertRdvs, lockAgents } from '../store'
import { attachRdv, freeHold } from '../store/waitlist'
import { endWaits } from './end-waits'
import { moveTogether } from './move-together'
import { settleOffers } from './settle-offers'

/** `linkPath`: to the RDV as it now is. */
type Accepted = Outcome<{ linkPath: string }, AcceptRefusal>
type Offer = NonNullable<Wait['offer']>

/**
 * A person takes the slot they are offered, holding its link: their RDV moves there, and the time it leaves is free in the
 * same transaction; or an RDV is booked for who had none. Allowed where moving freely is not: it was offered (domain
 * §5.7, mended). Pressed twice, it is taken once; a moment late, while it is still kept for them, it is theirs. Throws `not-found` for an unknown link.
 */
export async function acceptOffer(ctx: Ctx, { token }: { token: string }): Promise<Accepted> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const wait = found(await inRead(ctx, (read) => findWaitByOfferToken(read, token)))
  const offer = found(wait.offer ?? undefined)
  const outcome = await attempt(ctx, wait, offer)
  // Nothing is kept for who may not take it.
  const state = outcome.ok ? null : SETTLED_AS[outcome.reason]
  if (state) await settleOffers(ctx, { offerIds: [offer.offerId], state })
  return outcome
}

/** What becomes of an offer that was refused; null: it is settled already. */
const SETTLED_AS = {
  'slot-gone': 'lost',
  'not-open': 'withdrawn',
  // It counts: nothing says when they will be under the limit, and each slot would be kept for them in vain.
  'too-many-open': 'declined',
  'offer-over': null,
} as const satisfies Record<AcceptRefusal, OfferState | null>

async function attempt(ctx: Ctx, wait: Wait, offer: Offer): Promise<Accepted> {
  try {
    if (wait.rdv === null) return await inTransaction(ctx, (tx) => book(tx, wait, offer))
    const { rdv } = wait
    const holder = withActor(ctx, { kind: 'link', rdvId: rdv.rdvId, participationId: rdv.participationId })
    return await inTransaction(holder, (tx) => bringForward(tx, wait, offer, rdv))
  } catch (error) {
    if (violatedConstraint(error) === 'agent_times_no_double_booking') return refused('slot-gone')
    throw error
  }
}

/** Held to the end of the transaction; after the agents. */
async function lockOffer({ db }: TxCtx, { offerId }: Offer): Promise<OfferState | null> {
  const [row] = await db.execute<{ state: OfferState }>(
    sql`select state from waitlist_offers where id = ${offerId} for update`,
  )
  return row?.state ?? null
}

async function bringForward(
  tx: TxCtx,
  wait: Wait,
  offer: Offer,
  { rdvId, participationId, linkId }: NonNullable<Wait['rdv']>,
): Promise<Accepted> {
  const rdv = await lockRdv(tx, rdvId, 'any')
  await lockAgents(tx, inIdOrder([...rdv.agentIds, offer.agentId]))
  const state = await lockOffer(tx, offer)
  if (state === 'accepted') return done({ linkPath: linkPathOf(linkId) })
  if (state !== 'open') return refused(whyOver(state ?? 'withdrawn'))
  await holdMotifs(tx, [wait.motifId])
  const awaited = await findAwaitable(tx, participationId)
  if (!awaited || whyNotBringForward(awaited) || rdv.startsAt <= tx.now) return refused('not-open')
  // It moved meanwhile: the slot is no earlier, or elsewhere.
  const isOfUse = offer.startAt.getTime() < earlierThanMs(rdv.startsAt, wait.zone) && rdv.lieuId === wait.lieuId
  if (!isOfUse) return refused('slot-gone')
  const durationMin = Math.round((rdv.endsAt.getTime() - rdv.startsAt.getTime()) / MINUTE_MS)
  const free = await findFree(tx, wait, offer, durationMin)
  if (!free) return refused('slot-gone')
  await moveTogether(tx, [{ rdv, after: heldAt(rdv, free.candidate), overlaps: false }])
  return settled(tx, wait, offer, linkId)
}

const heldAt = ({ lieuId }: LockedRdv, { agentId, startMs, endMs }: Candidate) => ({
  startsAt: new Date(startMs),
  endsAt: new Date(endMs),
  lieuId,
  agentIds: [agentId],
})

/**
 * Whether the offered time is free but for the offer itself, with its own agent: an absence may have come meanwhile. Judged
 * by the delays of the moment it was made: whoever was given two hours to answer has them.
 */
async function findFree(
  tx: TxCtx,
  wait: Wait,
  offer: Offer,
  durationMin: number | null,
): Promise<{ candidate: Candidate; motif: WaitingSearch['motif'] } | null> {
  await freeHold(tx, offer.offerId)
  const startMs = offer.startAt.getTime()
  const territory = { id: wait.territoryId, zone: wait.zone, departmentNumber: wait.departmentNumber }
  const window = { agents: [offer.agentId], fromMs: startMs, toMs: startMs + MINUTE_MS }
  const awaited = { motifId: wait.motifId, lieuId: wait.lieuId, isPublicOnly: wait.rdv === null }
  const found = startMs <= tx.now.getTime() ? null : await loadWaitingSearch(tx, { territory, awaited }, window)
  if (!found) return null
  const [candidate] = rankCandidates({ ...lasting(found, durationMin), nowMs: offer.madeAt.getTime() }, startMs)
  return candidate ? { candidate, motif: found.motif } : null
}

/** Whoever had no RDV has one: booked as online, with what they typed when they began to wait. */
async function book(tx: TxCtx, wait: Wait, offer: Offer): Promise<Accepted> {
  await lockAgents(tx, [offer.agentId])
  const state = await lockOffer(tx, offer)
  if (state === 'accepted') {
    const again = await findWaitOfOffer(tx, offer.offerId)
    return again?.rdv ? done({ linkPath: linkPathOf(again.rdv.linkId) }) : refused('offer-over')
  }
  if (state !== 'open') return refused(whyOver(state ?? 'withdrawn'))
  const { usagerId, territoryId } = wait
  // Nobody takes the motif away meanwhile: whether it is live is read below.
  await holdMotifs(tx, [wait.motifId])
  await lockUsager(tx, usagerId)
  if (await isFileGone(tx, usagerId)) return refused('not-open')
  const openCount = await loadOpenRdvCount(tx, { usagerId, motifIds: await listMotifsAlike(tx, wait.motifId) })
  if (openCount >= wait.maxOpenRdvs) return refused('too-many-open')
  const free = await findFree(tx, wait, offer, null)
  const [ids] = await drawRdvIds(tx, 1, 1)
  const [participationId, linkId] = [ids?.participationIds[0], ids?.linkIds[0]]
  if (!free) return refused('slot-gone')
  if (!ids || participationId === undefined || linkId === undefined) throw new Error('an RDV needs somebody')
  const { candidate, motif } = free
  const { organisationId } = motif
  const told = motif.visibility === 'visible_and_notified' ? [usagerId] : []
  const isInserted = await insertRdvs(tx, [
    {
      ids,
      rdv: {
        ...{ territoryId, organisationId, motifId: motif.id, lieuId: wait.lieuId, seriesId: null, showsToUsager: null },
        startsAt: offer.startAt,
        endsAt: new Date(candidate.endMs),
        agentIds: [candidate.agentId],
        usagerIds: [usagerId],
        told: { lifecycleIds: told, reminderIds: told },
        ...{ exclusive: true, bookingKey: null, homeAddress: wait.homeAddress, context: null },
        contact: { phoneE164: wait.contactPhone, email: wait.contactEmail },
        author: { kind: 'usager', id: usagerId },
      },
    },
  ])
  if (!isInserted) return refused('slot-gone')
  await joinOrganisation(tx, { territoryId, organisationId, usagerIds: [usagerId] })
  await attachRdv(tx, wait.entryId, { rdvId: ids.rdvId, participationId })
  await tx.emit(rdvBooked({ id: ids.rdvId, territoryId }, { participationId, linkId, agentId: candidate.agentId }))
  return settled(tx, wait, offer, linkId)
}

async function isFileGone({ db }: TxCtx, usagerId: number): Promise<boolean> {
  const rows = await db.execute(sql`select from usagers where id = ${usagerId} and deleted_at is null`)
  return rows.length === 0
}

/** Accepted, and nothing is waited for any more. */
async function settled(tx: TxCtx, { entryId }: Wait, { offerId }: Offer, linkId: number): Promise<Accepted> {
  await settleOffers(tx, { offerIds: [offerId], state: 'accepted' })
  await endWaits(tx, [{ entryId, endedBy: 'served' }])
  return done({ linkPath: linkPathOf(linkId) })
}
