import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import type { AgentActor } from '@/server/kernel/actor'
import { certain, done } from '@/server/kernel/outcome'
import { usagersWithin } from '@/server/people/queries/reach'
import { noteAccess } from '@/server/platform/access-log'
import { inRead, inTransaction, type Ctx, type ReadCtx, type TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { idsSql } from '@/server/platform/sql'
import { openMissingLinks } from '../jobs'
import { addressLines, type Convocation } from '../rules/convocations'
import { whyNotCancel } from '../rules/booking'
import { convocationsPdf } from '../templates/convocation'
import type { AgentCtx } from './agent-rdvs'
import {
  discreet,
  findRdvByToken,
  linkPathOf,
  listRdvsOfParticipations,
  ownStatus,
  sessionName,
  type OwnRdv,
} from './usager-rdvs'

type Asked = { isLarge: boolean }
type Recipient = { participationId: number; forName: string; toName: string } & Parameters<typeof addressLines>[0]

const MINUTE_MS = 60_000

/** What a letter may say: a confidential motif is named to nobody, who opens it may be another (house §10.8). */
function convocationOf(own: OwnRdv, person: Pick<Convocation, 'forName' | 'to'>, now: Date): Convocation {
  const rdv = discreet(own)
  const mayCancel =
    whyNotCancel({ ...own, status: own.rdvStatus, startsAt: own.startAt }, own.cancelNoticeMin, now) === null
  return {
    ...person,
    territoryName: rdv.territoryName,
    organisationName: rdv.organisationName === rdv.territoryName ? null : rdv.organisationName,
    phone: rdv.phone,
    startAt: rdv.startAt,
    durationMin: Math.round((rdv.endAt.getTime() - rdv.startAt.getTime()) / MINUTE_MS),
    zone: rdv.zone,
    motifName: rdv.isConfidential ? null : sessionName(rdv),
    locationType: rdv.locationType,
    videoUrl: rdv.videoUrl,
    placeName: rdv.placeName,
    placeAddress: rdv.placeAddress,
    placeHours: rdv.placeHours,
    accessibilityNote: rdv.accessibilityNote,
    instructions: rdv.instructions,
    cancelUrl: mayCancel ? `${env().APP_URL}${linkPathOf(rdv.linkId)}` : null,
  }
}

const stands = (rdv: OwnRdv): boolean => rdv.isVisible && ownStatus(rdv) === 'unknown'

/**
 * A letter to each person of these RDVs that stand and have not begun, the responsable's for a proche, in the order of the
 * RDVs: none of one that is hidden from its person. No address of a file that `reader` may not open. Everybody has a link in the
 * end. Which RDVs they may read is the caller's business.
 */
export async function loadConvocations(
  tx: TxCtx,
  reader: AgentActor,
  rdvIds: readonly number[],
): Promise<Convocation[]> {
  await openMissingLinks(tx, rdvIds)
  const people = await tx.db.execute<Recipient>(sql`
    select p.id::float8 as "participationId", concat_ws(' ', u.first_name, u.last_name) as "forName",
           concat_ws(' ', told.first_name, told.last_name) as "toName", open.address, open.address_details as "addressDetails",
           open.post_code as "postCode", open.city_name as "cityName"
    from participations p
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    join usagers u on u.id = p.usager_id
    join usagers told on told.id = case when m.is_confidential then u.id else coalesce(u.responsible_id, u.id) end
    left join usagers open on open.id = told.id and ${usagersWithin(reader, 'open')}
    where p.rdv_id = any(${idsSql(rdvIds)})`)
  const personOf = new Map(people.map((one) => [one.participationId, one]))
  const rdvs = await listRdvsOfParticipations(tx, [...personOf.keys()])
  const rankOf = new Map(rdvIds.map((rdvId, rank) => [rdvId, rank]))
  return rdvs
    .filter((rdv) => stands(rdv) && rdv.startAt > tx.now)
    .sort((one, other) => (rankOf.get(one.rdvId) ?? 0) - (rankOf.get(other.rdvId) ?? 0))
    .flatMap((rdv) => {
      const person = personOf.get(rdv.participationId)
      if (!person) return []
      const to = { name: person.toName, lines: addressLines(person) }
      return [convocationOf(rdv, { forName: person.forName, to }, tx.now)]
    })
}

/** The letters of one RDV one may read, as a PDF; who opens these people's data leaves a trace. Throws `not-found` when nobody is to come. */
export async function getConvocation(
  ctx: AgentCtx,
  { rdvId, isLarge }: Asked & { rdvId: number },
): Promise<Uint8Array> {
  await consume(ctx, LIMITS.convocationsPerAgent, String(ctx.actor.agentId))
  const opened = await inTransaction<Uint8Array, never>(ctx, async (tx) => {
    const [row] = await tx.db.execute<{ territoryId: number }>(sql`
      select rdvs.territory_id::float8 as "territoryId" from rdvs
      where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'read')}`)
    const { territoryId } = found(row)
    const [first, ...others] = await loadConvocations(tx, ctx.actor, [rdvId])
    await noteAccess(tx, { territoryId, subject: { kind: 'rdv', id: rdvId }, purpose: 'convocation' })
    return done(convocationsPdf([found(first), ...others], { now: tx.now, isLarge }))
  })
  return certain(opened)
}

/**
 * The letter of who holds the link: what its page says, no more. Throws `not-found` for a link unknown or revoked, and for an
 * RDV that stands no more.
 */
export async function getConvocationByLink(
  ctx: Ctx,
  { token, isLarge }: Asked & { token: string },
): Promise<Uint8Array> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const own = await inRead(ctx, (read: ReadCtx) => findRdvByToken(read, token))
  const rdv = found(own && stands(own) ? own : undefined)
  return convocationsPdf([convocationOf(rdv, { forName: rdv.forFirstName, to: null }, ctx.now)], {
    now: ctx.now,
    isLarge,
  })
}
