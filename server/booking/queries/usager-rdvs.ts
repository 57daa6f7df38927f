import { sql, type SQL } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { publicNameOf, type LocationType } from '@/server/directory/rules/motif'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { findDraft } from './drafts'
import { findRecipient, toldOf } from './recipients'
import { whyNotCancel, whyNotMoveOnline } from '../rules/booking'
import { isLinkOver } from '../rules/link-life'
import { isCancelled, type Status } from '../rules/status'
import { isShownSql } from './shown'
import { videoUrlOf } from '../rules/video'
import type { EndedRdv, RdvForUsager, Told } from '../rules/tunnel'

/** One participation as its own person may see it, and what the judge of a cancellation needs. */
export type OwnRdv = {
  rdvId: number
  territoryId: number
  participationId: number
  linkId: number
  isVisible: boolean
  usagerMayCancel: boolean
  /** What the judge of a move reads: see `whyNotMoveOnline`. */
  usagerMayMove: boolean
  motifId: number
  lieuId: number | null
  authorKind: string
  agentCount: number
  /** Of a motif by which somebody is followed; else null. */
  agentNames: string | null
  isMotifLive: boolean
  bookableBy: string
  isFollowUp: boolean
  sectorisationLevel: string
  participationStatus: Status
  rdvStatus: Status
  /** Of what calendars are told: the RDV's and those of all its people, who share its UID. Never goes down. */
  sequence: number
  /** When it was read: what is made of it says so. */
  readAt: Date
  isConfidential: boolean
  motifPublicName: string
  serviceShortName: string
  /** What an SMS calls it, when the motif says. */
  smsLabel: string | null
} & Omit<RdvForUsager, 'whyNotCancel' | 'whyNotMove' | 'linkPath' | 'motifName' | 'status'>

type Row = {
  start_ms: number
  end_ms: number
  motif_name: string
  motif_public_name: string | null
  lieu_phone: string | null
  organisation_phone: string | null
  territory_phone: string | null
  video_base_url: string | null
  location_type: LocationType
} & Record<
  Exclude<keyof OwnRdv, 'startAt' | 'endAt' | 'readAt' | 'motifPublicName' | 'phone' | 'locationType' | 'videoUrl'>,
  never
>

async function listOwnRdvs({ db, now }: ReadCtx, which: SQL): Promise<OwnRdv[]> {
  const rows = await db.execute<Row>(sql`
    select r.id::float8 as "rdvId", r.territory_id::float8 as "territoryId", p.id::float8 as "participationId",
           l.id::float8 as "linkId", r.uuid,
           (r.sequence + (select sum(x.sequence) from participations x where x.rdv_id = r.id))::float8 as sequence,
           r.status as "rdvStatus", p.status as "participationStatus",
           extract(epoch from r.starts_at)::float8 * 1000 as start_ms, extract(epoch from r.ends_at)::float8 * 1000 as end_ms,
           t.zone, t.name as "territoryName", t.cancel_notice_min as "cancelNoticeMin", t.phone as territory_phone, t.video_base_url,
           o.name as "organisationName", o.phone as organisation_phone, s.name as "serviceName", s.short_name as "serviceShortName",
           m.name as motif_name, m.public_name as motif_public_name, m.location_type, m.is_confidential as "isConfidential", m.sms_label as "smsLabel",
           m.instructions, m.cancel_warning as "cancelWarning", m.usager_may_cancel as "usagerMayCancel",
           m.usager_may_move as "usagerMayMove", m.id::float8 as "motifId", r.lieu_id::float8 as "lieuId", r.author_kind as "authorKind",
           (select count(*)::integer from agent_times x where x.rdv_id = r.id) as "agentCount",
           case when m.is_follow_up then (select string_agg(concat_ws(' ', a.first_name, a.last_name), ', ' order by a.last_name, a.id)
             from agent_times x join agents a on a.id = x.agent_id where x.rdv_id = r.id) end as "agentNames", m.deleted_at is null as "isMotifLive",
           m.bookable_by as "bookableBy", m.is_follow_up as "isFollowUp", m.sectorisation_level as "sectorisationLevel",
           ${isShownSql} as "isVisible", r.title, r.is_collective as "isCollective",
           lieu.name as "placeName", coalesce(lieu.address, r.home_address) as "placeAddress", lieu.hours as "placeHours",
           lieu.accessibility_note as "accessibilityNote", lieu.phone as lieu_phone, u.first_name as "forFirstName"
    from participations p
    join rdv_links l on l.participation_id = p.id and l.revoked_at is null
    join rdvs r on r.id = p.rdv_id
    join territories t on t.id = r.territory_id
    join organisations o on o.id = r.organisation_id
    join motifs m on m.id = r.motif_id
    join services s on s.id = m.service_id
    join usagers u on u.id = p.usager_id
    left join lieux lieu on lieu.id = r.lieu_id
    where ${which}
    order by r.starts_at, l.id`)
  return rows.map((row) => asOwnRdv(row, now))
}

function asOwnRdv(row: Row, readAt: Date): OwnRdv {
  const {
    start_ms,
    end_ms,
    motif_name,
    motif_public_name,
    lieu_phone,
    organisation_phone,
    territory_phone,
    video_base_url,
    location_type,
    ...rest
  } = row
  return {
    ...rest,
    startAt: new Date(start_ms),
    endAt: new Date(end_ms),
    readAt,
    motifPublicName: publicNameOf({ name: motif_name, publicName: motif_public_name }),
    phone: lieu_phone ?? organisation_phone ?? territory_phone,
    locationType: location_type,
    videoUrl: videoUrlOf({ uuid: rest.uuid, locationType: location_type, videoBaseUrl: video_base_url }),
  }
}

const findOwnRdv = async (read: ReadCtx, which: SQL): Promise<OwnRdv | null> =>
  (await listOwnRdvs(read, which))[0] ?? null

const findShownByToken = async (read: ReadCtx, token: string): Promise<OwnRdv | null> => {
  const rdv = await findOwnRdv(read, sql`l.token_hash = ${hashToken(token)}`)
  return rdv?.isVisible ? rdv : null
}

/** A link's RDV, or null: unknown, revoked, one the person may not see (domain §5.6), or one whose day is over. */
export async function findRdvByToken(read: ReadCtx, token: string): Promise<OwnRdv | null> {
  const rdv = await findShownByToken(read, token)
  return rdv && !isLinkOver(rdv, read.now) ? rdv : null
}

export const findRdvByBookingKey = (read: ReadCtx, bookingKey: string): Promise<OwnRdv | null> =>
  findOwnRdv(read, sql`p.booking_key = ${bookingKey}::uuid`)

/** For the messages: by the first of its links still open. */
export const findRdvOfParticipation = (read: ReadCtx, participationId: number): Promise<OwnRdv | null> =>
  findOwnRdv(read, sql`p.id = ${participationId}`)

/** Likewise of several, in order of their dates. */
export const listRdvsOfParticipations = async (
  read: ReadCtx,
  participationIds: readonly number[],
): Promise<OwnRdv[]> => {
  const rows = participationIds.length > 0 ? await listOwnRdvs(read, sql`p.id = any(${idsSql(participationIds)})`) : []
  return rows.filter((row, i) => rows.findIndex(({ participationId }) => participationId === row.participationId) === i)
}

/** What the person is told: their own part cancelled is cancelled for them, whatever the session. */
export const ownStatus = (rdv: Pick<OwnRdv, 'rdvStatus' | 'participationStatus'>): Status =>
  isCancelled(rdv.participationStatus) ? rdv.participationStatus : rdv.rdvStatus

export const linkPathOf = (linkId: number): string => `/r/${tokenOf('rdv-link', linkId)}`

/**
 * What may be told where somebody else may read it: a message, a calendar, a page opened by a link. A confidential RDV
 * keeps its time, its address and its phone, and nothing that says what it is for (house §10.8).
 */
export function discreet(rdv: OwnRdv): OwnRdv {
  if (!rdv.isConfidential) return rdv
  return {
    ...rdv,
    motifPublicName: 'Rendez-vous',
    serviceName: 'Rendez-vous',
    serviceShortName: '',
    smsLabel: null,
    organisationName: rdv.territoryName,
    placeName: null,
    placeHours: null,
    accessibilityNote: null,
    title: null,
    instructions: null,
    cancelWarning: null,
  }
}

/** What somebody comes for, with the title of the session, if it has one: of what is discreet already. */
export const sessionName = ({ motifPublicName, title }: Pick<OwnRdv, 'motifPublicName' | 'title'>): string =>
  [motifPublicName, title].filter(Boolean).join('\u00a0: ')

const judged = (own: OwnRdv) => ({ ...own, status: own.rdvStatus, startsAt: own.startAt })

/** `byLink`: whoever holds the phone may be reading. */
export function forUsager(own: OwnRdv, now: Date, byLink: boolean): RdvForUsager {
  const rdv = byLink ? discreet(own) : own
  return {
    uuid: rdv.uuid,
    status: ownStatus(rdv),
    startAt: rdv.startAt,
    endAt: rdv.endAt,
    zone: rdv.zone,
    territoryName: rdv.territoryName,
    organisationName: rdv.organisationName,
    serviceName: rdv.serviceName,
    motifName: byLink && rdv.isConfidential ? null : rdv.motifPublicName,
    title: rdv.title,
    locationType: rdv.locationType,
    videoUrl: rdv.videoUrl,
    placeName: rdv.placeName,
    placeAddress: rdv.placeAddress,
    placeHours: rdv.placeHours,
    accessibilityNote: rdv.accessibilityNote,
    phone: rdv.phone,
    instructions: rdv.instructions,
    cancelWarning: rdv.cancelWarning,
    forFirstName: rdv.forFirstName,
    isCollective: rdv.isCollective,
    whyNotCancel: whyNotCancel(judged(rdv), rdv.cancelNoticeMin, now),
    whyNotMove: whyNotMoveOnline(judged(rdv), now),
    cancelNoticeMin: rdv.cancelNoticeMin,
    linkPath: linkPathOf(rdv.linkId),
  }
}

export const getRdvByLink = (ctx: Ctx, { token }: { token: string }): Promise<RdvForUsager> =>
  inRead(ctx, async (read) => forUsager(found(await findRdvByToken(read, token)), ctx.now, true))

/** What is left of a link whose RDV is over: whom to call, and nothing of the RDV. Null while it opens, and of an unknown one. */
export const getEndedByLink = (ctx: Ctx, { token }: { token: string }): Promise<EndedRdv | null> =>
  inRead(ctx, async (read) => {
    const rdv = await findShownByToken(read, token)
    if (!rdv || !isLinkOver(rdv, read.now)) return null
    const { territoryName, phone } = discreet(rdv)
    return { territoryName, phone }
  })

/** The page right after booking: the draft's cookie proves it is the same person, while the draft lives. */
export const getConfirmation = (ctx: Ctx, { draftId }: { draftId: string }): Promise<RdvForUsager & { told: Told }> =>
  inRead(ctx, async (read) => {
    found(await findDraft(read, draftId))
    const own = found(await findRdvByBookingKey(read, draftId))
    const recipient = await findRecipient(read, own.participationId)
    return { ...forUsager(own, ctx.now, false), told: toldOf(recipient) }
  })
