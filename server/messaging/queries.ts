import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import type { Recipient } from './rules'

/**
 * Whom to write to for a participation: the person, or their responsable for a proche. For a confidential motif only
 * the person's own number or address (house §10.8). As they consented.
 */
export async function findRecipient({ db }: ReadCtx, participationId: number): Promise<Recipient | null> {
  const [row] = await db.execute<{ phone: string | null; email: string | null; notifies: boolean }>(sql`
    select p.notifies_lifecycle as notifies,
           case when told.notify_by_sms then told.phone_e_164 end as phone,
           case when told.notify_by_email then told.email end as email
    from participations p
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    join usagers u on u.id = p.usager_id
    join usagers told on told.id = case when m.is_confidential then u.id else coalesce(u.responsible_id, u.id) end
    where p.id = ${participationId}`)
  if (!row) return null
  const isMobile = row.phone !== null && parsePhone(row.phone)?.isMobile === true
  return { mobile: isMobile ? row.phone : null, email: row.email, notifiesLifecycle: row.notifies }
}
