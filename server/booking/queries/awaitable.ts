import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { whyNotWait, type AwaitableRdv, type EarlierSlot } from '../rules/waitlist'
import { listEarlierStarts } from './moving'
import { findRecipient } from './recipients'
import { isShownSql } from './shown'
import { findRdvByToken } from './usager-rdvs'
import { findWaitOfRdv, offerPathOf } from './waits'

export type Awaitable = AwaitableRdv & {
  rdvId: number
  territoryId: number
  motifId: number
  lieuId: number | null
  usagerId: number
  participationId: number
}

/**
 * What decides whether an earlier slot may be waited for, for one participation. Brought forward, an RDV is held by one
 * agent, for one family, as what is booked online: one that several hold, or come to, cannot be.
 */
export async function findAwaitable(read: ReadCtx, participationId: number): Promise<Awaitable | null> {
  const recipient = await findRecipient(read, participationId)
  const [row] = await read.db.execute<Omit<Awaitable, 'startsAt' | 'isReached'> & { start_ms: number }>(sql`
    select r.id::float8 as "rdvId", r.territory_id::float8 as "territoryId", r.motif_id::float8 as "motifId",
           r.lieu_id::float8 as "lieuId", p.usager_id::float8 as "usagerId", p.id::float8 as "participationId", r.status,
           p.status as "participationStatus", extract(epoch from r.starts_at)::float8 * 1000 as start_ms, t.zone,
           ${isShownSql} as "isVisible", r.is_collective as "isCollective", t.waitlist_hold_min as "holdMin",
           m.bookable_by = 'everyone' and m.sectorisation_level = 'departement' as "isOfferedOnline",
           m.deleted_at is null and not m.is_follow_up and m.sectorisation_level <> 'agent' and (lieu.id is null or lieu.availability = 'enabled')
             and 1 = (select count(*) from agent_times x where x.rdv_id = r.id)
             and 1 >= (select count(distinct coalesce(u.responsible_id, u.id)) from participations other
                       join usagers u on u.id = other.usager_id where other.rdv_id = r.id and other.status = 'unknown') as "isReplaceable"
    from participations p
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    join territories t on t.id = r.territory_id
    left join lieux lieu on lieu.id = r.lieu_id
    where p.id = ${participationId}`)
  if (!row) return null
  const { start_ms, ...rest } = row
  const isReached = recipient?.notifiesLifecycle === true && (recipient.mobile ?? recipient.email) !== null
  return { ...rest, isReached, startsAt: new Date(start_ms) }
}

async function readEarlierSlot(
  read: ReadCtx,
  participationId: number,
  isByAgent: boolean,
): Promise<{ slot: EarlierSlot; offerId: number | null }> {
  const rdv = found(await findAwaitable(read, participationId))
  const wait = await findWaitOfRdv(read, rdv.rdvId)
  const offer = wait?.offer ?? null
  const slot = {
    isWaiting: wait !== null,
    whyNot: wait ? null : whyNotWait(rdv, { now: read.now, isByAgent }),
    offer: offer && { startAt: offer.startAt, untilAt: offer.untilAt, isHeld: offer.isHeld },
  }
  return { slot, offerId: offer?.offerId ?? null }
}

/** `offerPath`: where to answer, path only. `isEarlierFree`: there are earlier slots that they may move to at once. */
export const getEarlierSlotByLink = (
  ctx: Ctx,
  { token }: { token: string },
): Promise<EarlierSlot & { offerPath: string | null; isEarlierFree: boolean }> =>
  inRead(ctx, async (read) => {
    const { participationId } = found(await findRdvByToken(read, token))
    const { slot, offerId } = await readEarlierSlot(read, participationId, false)
    const mayBegin = !slot.isWaiting && slot.whyNot === null
    const isEarlierFree = mayBegin && (await listEarlierStarts(read, token)).length > 0
    return { ...slot, offerPath: offerId === null ? null : offerPathOf(offerId), isEarlierFree }
  })

/** The same for an agent who may read the RDV, but the link: answering is the person's. Null when nobody is on it. */
export const getEarlierSlotOfRdv = (ctx: Ctx, { rdvId }: { rdvId: number }): Promise<EarlierSlot | null> =>
  inRead(ctx, async (read) => {
    const isOpen = rdvsWithin(reachOf(read.actor), 'read')
    const [row] = await read.db.execute<{ participationId: number | null }>(sql`
      select (select p.id::float8 from participations p where p.rdv_id = rdvs.id order by p.status <> 'unknown', p.id limit 1) as "participationId"
      from rdvs where rdvs.id = ${rdvId} and ${isOpen}`)
    const { participationId } = found(row)
    return participationId === null ? null : (await readEarlierSlot(read, participationId, true)).slot
  })
