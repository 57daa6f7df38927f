import { sql, type SQL } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { takesSms } from '@/server/platform/phone'
import { canSendSms } from '@/server/platform/sms/capture'
import { idsSql } from '@/server/platform/sql'
import { isShownSql } from './shown'
import type { Told } from '../rules/tunnel'

export type Recipient = {
  mobile: string | null
  email: string | null
  notifiesLifecycle: boolean
  notifiesReminder: boolean
  /** Whether the e-mail is that of their file, or was typed for this RDV alone. */
  isOwnEmail: boolean
}
/** `toldId`: the file of who is written to, the responsable's for a proche: a family is told once. */
export type RdvRecipient = Recipient & {
  rdvId: number
  participationId: number
  usagerId: number
  toldId: number
  firstName: string
  /** Whether they are still of the RDV, and it stands. */
  isIn: boolean
  /** Where mails of it go, or went before somebody there wanted no more. */
  mailAddress: string | null
  /** Whether the RDV's territory has a gateway of its own. */
  hasSmsGateway: boolean
}

/**
 * Whom to write to for participations: where the person asked to be reached when they booked, else the contact of
 * their file, or of their responsable's for a proche. For a confidential motif only the person's own, hence nobody for
 * a proche booked by somebody else (house §10.8). As they consented; nobody is told of an RDV hidden from the person. By
 * SMS abroad, where an agent vouches for the number of the file.
 */
async function findRecipients({ db }: ReadCtx, which: SQL): Promise<RdvRecipient[]> {
  const rows = await db.execute<Omit<RdvRecipient, 'mobile'> & { phone: string | null; vouched: string | null }>(sql`
    select p.rdv_id::float8 as "rdvId", p.id::float8 as "participationId", u.id::float8 as "usagerId", told.id::float8 as "toldId",
           u.first_name as "firstName", not (p.status in ('excused', 'revoked') or r.status in ('excused', 'revoked')) as "isIn",
           case when typed.here then p.contact_email else told.email end as "mailAddress", p.notifies_lifecycle and ${isShownSql} as "notifiesLifecycle",
           p.notifies_reminder and ${isShownSql} as "notifiesReminder",
           exists (select from sms_gateways g where g.territory_id = r.territory_id and g.removed_at is null) as "hasSmsGateway",
           case when told.notify_by_sms and not p.stops_sms then case when typed.here then p.contact_phone else told.phone_e_164 end end as phone,
           case when told.phone_confirmed then told.phone_e_164 end as vouched,
           case when told.notify_by_email and not p.stops_mail then case when typed.here then p.contact_email else told.email end end as email,
           not typed.here or p.contact_email is not distinct from told.email as "isOwnEmail"
    from participations p
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    join usagers u on u.id = p.usager_id
    join usagers told on told.id = case when m.is_confidential then u.id else coalesce(u.responsible_id, u.id) end
    cross join lateral (select num_nonnulls(p.contact_phone, p.contact_email) > 0
                               and not (m.is_confidential and u.responsible_id is not null) as here) typed
    where ${which} order by p.id`)
  return rows.map(({ phone, vouched, ...row }) => ({
    ...row,
    mobile: phone !== null && takesSms(phone, phone === vouched) ? phone : null,
  }))
}

export async function findRecipient(read: ReadCtx, participationId: number): Promise<RdvRecipient | null> {
  const [recipient] = await findRecipients(read, sql`p.id = ${participationId}`)
  return recipient ?? null
}

/** All those of these RDVs, whatever became of their participation. */
export const listRecipients = (read: ReadCtx, rdvIds: readonly number[]): Promise<RdvRecipient[]> =>
  findRecipients(read, sql`p.rdv_id = any(${idsSql(rdvIds)})`)

/**
 * Those of an RDV who still come, of whom mails go to this address: what keeps it in the agenda there, under the one UID that
 * everybody of the RDV shares. `rdv`: all its recipients.
 */
export const stillComingBy = (rdv: readonly RdvRecipient[], address: string | null): RdvRecipient[] =>
  rdv.filter(
    ({ isIn, mailAddress, notifiesLifecycle, notifiesReminder }) =>
      isIn && address !== null && mailAddress === address && (notifiesLifecycle || notifiesReminder),
  )

/** By what they will be told. */
export const toldOf = (recipient: RdvRecipient | null): Told => ({
  bySms:
    recipient?.notifiesLifecycle === true &&
    recipient.mobile !== null &&
    canSendSms(recipient.mobile, recipient.hasSmsGateway),
  byMail: recipient?.notifiesLifecycle === true && recipient.email !== null,
})
