import { sql, type SQL } from 'drizzle-orm'
import { publicNameOf, type LocationType } from '@/server/directory/rules/motif'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { isLinkOver } from '../rules/link-life'
import type { OfferState, WaitForUsager, WaitlistEnd } from '../rules/waitlist'
import { isShownSql } from './shown'
import { linkPathOf } from './usager-rdvs'

/** A wait, what it is for, and the offer asked for or, by the wait's own token, the one that stands. */
export type Wait = {
  entryId: number
  territoryId: number
  usagerId: number
  motifId: number
  lieuId: number | null
  rdv: { rdvId: number; participationId: number; linkId: number; startAt: Date; endAt: Date } | null
  contactPhone: string | null
  contactEmail: string | null
  /** Asked by who holds the phone typed. */
  stopsSms: boolean
  homeAddress: string | null
  endedBy: WaitlistEnd | null
  zone: string
  departmentNumber: string
  maxOpenRdvs: number
  holdMin: number | null
  territoryName: string
  organisationName: string
  phone: string | null
  isConfidential: boolean
  motifPublicName: string
  serviceShortName: string
  smsLabel: string | null
  locationType: LocationType
  placeName: string | null
  placeAddress: string | null
  instructions: string | null
  offer: {
    offerId: number
    agentId: number
    startAt: Date
    endAt: Date
    isHeld: boolean
    untilAt: Date
    state: OfferState
    madeAt: Date
  } | null
}

type Row = Omit<Wait, 'rdv' | 'offer' | 'motifPublicName'> & {
  motif_name: string
  motif_public_name: string | null
  rdv_id: number | null
  participation_id: number | null
  link_id: number | null
  rdv_ms: number | null
  rdv_end_ms: number | null
  offer: {
    id: number
    agent_id: number
    start_ms: number
    end_ms: number
    is_held: boolean
    until_ms: number
    state: OfferState
    made_ms: number
  } | null
}

async function findWait({ db }: ReadCtx, { which, offer }: { which: SQL; offer: SQL }): Promise<Wait | null> {
  const [row] = await db.execute<Row>(sql`
    select e.id::float8 as "entryId", e.territory_id::float8 as "territoryId", e.usager_id::float8 as "usagerId",
           e.motif_id::float8 as "motifId", e.lieu_id::float8 as "lieuId", e.rdv_id::float8 as rdv_id,
           e.participation_id::float8 as participation_id, extract(epoch from r.starts_at)::float8 * 1000 as rdv_ms,
           extract(epoch from r.ends_at)::float8 * 1000 as rdv_end_ms,
           (select min(l.id)::float8 from rdv_links l where l.participation_id = e.participation_id and l.revoked_at is null) as link_id,
           e.contact_phone as "contactPhone", e.stops_sms as "stopsSms", e.contact_email as "contactEmail", e.home_address as "homeAddress",
           e.ended_by as "endedBy", t.zone, t.department_number as "departmentNumber",
           t.max_open_rdvs_per_motif as "maxOpenRdvs", t.waitlist_hold_min as "holdMin", t.name as "territoryName",
           g.name as "organisationName", coalesce(lieu.phone, g.phone, t.phone) as phone, m.is_confidential as "isConfidential",
           m.name as motif_name, m.public_name as motif_public_name, s.short_name as "serviceShortName", m.sms_label as "smsLabel",
           m.location_type as "locationType", lieu.name as "placeName", lieu.address as "placeAddress", m.instructions,
           (select json_build_object('id', o.id, 'agent_id', o.agent_id, 'start_ms', extract(epoch from o.starts_at) * 1000,
              'end_ms', extract(epoch from o.ends_at) * 1000, 'is_held', o.is_held, 'until_ms', extract(epoch from o.until_at) * 1000,
              'state', o.state, 'made_ms', extract(epoch from o.created_at) * 1000)
            from waitlist_offers o where o.entry_id = e.id and ${offer}) as offer
    from waitlist_entries e
    join territories t on t.id = e.territory_id
    join motifs m on m.id = e.motif_id
    join organisations g on g.id = m.organisation_id
    join services s on s.id = m.service_id
    left join lieux lieu on lieu.id = e.lieu_id
    left join rdvs r on r.id = e.rdv_id
    where ${which} and (r.id is null or ${isShownSql})`)
  return row ? asWait(row) : null
}

function asWait({
  rdv_id,
  participation_id,
  link_id,
  rdv_ms,
  rdv_end_ms,
  offer,
  motif_name,
  motif_public_name,
  ...row
}: Row): Wait {
  const hasRdv = rdv_id !== null && participation_id !== null && rdv_ms !== null && rdv_end_ms !== null
  return {
    ...row,
    motifPublicName: publicNameOf({ name: motif_name, publicName: motif_public_name }),
    rdv: hasRdv
      ? {
          ...{ rdvId: rdv_id, participationId: participation_id, linkId: found(link_id) },
          ...{ startAt: new Date(rdv_ms), endAt: new Date(rdv_end_ms) },
        }
      : null,
    offer: offer && {
      offerId: offer.id,
      agentId: offer.agent_id,
      startAt: new Date(offer.start_ms),
      endAt: new Date(offer.end_ms),
      isHeld: offer.is_held,
      untilAt: new Date(offer.until_ms),
      state: offer.state,
      madeAt: new Date(offer.made_ms),
    },
  }
}

const OPEN = sql`o.state = 'open'`

export const findWaitByOfferToken = (read: ReadCtx, token: string): Promise<Wait | null> =>
  findWait(read, {
    which: sql`e.id = (select entry_id from waitlist_offers where token_hash = ${hashToken(token)})`,
    offer: sql`o.token_hash = ${hashToken(token)}`,
  })

export const findWaitByToken = (read: ReadCtx, token: string): Promise<Wait | null> =>
  findWait(read, { which: sql`e.token_hash = ${hashToken(token)}`, offer: OPEN })

/** For the messages. */
export const findWaitById = (read: ReadCtx, entryId: number): Promise<Wait | null> =>
  findWait(read, { which: sql`e.id = ${entryId}`, offer: OPEN })

/** For the messages. */
export const findWaitOfOffer = (read: ReadCtx, offerId: number): Promise<Wait | null> =>
  findWait(read, {
    which: sql`e.id = (select entry_id from waitlist_offers where id = ${offerId})`,
    offer: sql`o.id = ${offerId}`,
  })

/** The wait of an RDV that goes on, or null. */
export const findWaitOfRdv = (read: ReadCtx, rdvId: number): Promise<Wait | null> =>
  findWait(read, { which: sql`e.rdv_id = ${rdvId} and e.ended_at is null`, offer: OPEN })

export const offerPathOf = (offerId: number): string => `/o/${tokenOf('waitlist-offer', offerId)}`
export const waitPathOf = (entryId: number): string => `/attente/${tokenOf('waitlist-entry', entryId)}`

function forUsager(wait: Wait): WaitForUsager {
  const { isConfidential, offer, rdv } = wait
  return {
    territoryName: wait.territoryName,
    motifName: isConfidential ? null : wait.motifPublicName,
    locationType: wait.locationType,
    placeName: isConfidential ? null : wait.placeName,
    placeAddress: wait.placeAddress,
    instructions: isConfidential ? null : wait.instructions,
    phone: wait.phone,
    zone: wait.zone,
    holdMin: wait.holdMin,
    endedBy: wait.endedBy,
    rdvStartAt: rdv?.startAt ?? null,
    rdvPath: rdv ? linkPathOf(rdv.linkId) : null,
    offer: offer && { ...offer, path: offerPathOf(offer.offerId) },
  }
}

/** Whether the link of an offer has had its day: that of the slot, and of the RDV it would bring forward, or led to. */
const isOfferLinkOver = ({ offer, rdv, zone }: Wait, now: Date): boolean =>
  [offer, rdv].every((one) => one === null || isLinkOver({ endAt: one.endAt, zone }, now))

/** Not found once the slot and the RDV are over: a lost telephone tells nothing of them. */
export const getOffer = (ctx: Ctx, { token }: { token: string }): Promise<WaitForUsager> =>
  inRead(ctx, async (read) => {
    const wait = await findWaitByOfferToken(read, token)
    return forUsager(found(wait && !isOfferLinkOver(wait, read.now) ? wait : null))
  })

/**
 * Without the way to the RDV it led to, nor whether they booked by themselves: whoever typed somebody's name and number may
 * be reading; they have a message.
 */
export const getWait = (ctx: Ctx, { token }: { token: string }): Promise<WaitForUsager> =>
  inRead(ctx, async (read) => {
    const wait = found(await findWaitByToken(read, token))
    const endedBy = wait.endedBy === 'served' && wait.rdv === null ? 'over' : wait.endedBy
    return { ...forUsager(wait), endedBy, rdvStartAt: null, rdvPath: null, offer: null }
  })
