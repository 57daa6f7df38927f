import { sql } from 'drizzle-orm'
import type { TxCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/** A part in an RDV whose messages are stopped, or taken up again. */
export type ConsentPart = { rdvId: number; territoryId: number; participationId: number }

const COLUMNS = { mail: sql.raw('stops_mail'), sms: sql.raw('stops_sms') } as const

/**
 * What one RDV is told by a channel, to this person and, as a family is told once, to their proches in it. Answers the parts
 * that changed.
 */
export const setRdvConsent = (
  { db }: TxCtx,
  of: { rdvId: number; toldId: number; channel: 'mail' | 'sms'; isOn: boolean },
) =>
  db.execute<ConsentPart>(sql`
    update participations p set ${COLUMNS[of.channel]} = ${!of.isOn}
    from rdvs r, motifs m, usagers u
    where p.rdv_id = ${of.rdvId} and r.id = p.rdv_id and m.id = r.motif_id and u.id = p.usager_id
      and ${of.toldId} = case when m.is_confidential then u.id else coalesce(u.responsible_id, u.id) end
      and p.${COLUMNS[of.channel]} = ${of.isOn}
    returning p.rdv_id::float8 as "rdvId", p.territory_id::float8 as "territoryId", p.id::float8 as "participationId"`)

/** RDVs and waits written to at once for one number. */
export const MAX_PARTS = 200

/** Of a number that is their file's own, it is the file that says it: taken up again there, it is so for each RDV. */
const typedAlone = (phone: string) => sql`not exists (
  select from usagers u left join usagers lead on lead.id = u.responsible_id
  where u.id = one.usager_id and ${phone} in (u.phone_e_164, lead.phone_e_164))`

/**
 * The SMS of what was typed with this number, E.164, and is not the file's: RDVs to come, and waits, in this territory, or in
 * all that have no gateway of their own (null). Answers the parts of RDVs that changed.
 */
export async function setSmsConsentOfNumber(
  { db, now }: TxCtx,
  { territoryId, phone, isOn }: { territoryId: number | null; phone: string; isOn: boolean },
): Promise<ConsentPart[]> {
  const isHere =
    territoryId === null
      ? sql`not exists (select from sms_gateways g where g.territory_id = one.territory_id and g.removed_at is null)`
      : sql`one.territory_id = ${territoryId}`
  const isMeant = isOn ? isHere : sql`${isHere} and ${typedAlone(phone)}`
  await db.execute(sql`
    update waitlist_entries set stops_sms = ${!isOn} where id in (
      select one.id from waitlist_entries one
      where one.contact_phone = ${phone} and one.ended_at is null and one.stops_sms = ${isOn} and ${isMeant}
      order by one.id limit ${MAX_PARTS} for no key update)`)
  return db.execute<ConsentPart>(sql`
    update participations set stops_sms = ${!isOn} where id in (
      select one.id from participations one join rdvs r on r.id = one.rdv_id
      where one.contact_phone = ${phone} and r.ends_at > ${instantSql(now)} and one.stops_sms = ${isOn} and ${isMeant}
      order by one.id limit ${MAX_PARTS} for no key update of one)
    returning rdv_id::float8 as "rdvId", territory_id::float8 as "territoryId", id::float8 as "participationId"`)
}
