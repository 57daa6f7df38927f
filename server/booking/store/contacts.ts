import { sql } from 'drizzle-orm'
import type { Contact } from '@/server/access/rules/accounts'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'

/** What was typed for RDVs to come of these people and their proches, where it was `from`, becomes their new contact. How many. */
export async function moveParticipationContacts(
  { db, now }: TxCtx,
  usagerIds: readonly number[],
  { contact, from }: { contact: Contact; from: string | null },
): Promise<number> {
  const column = contact.kind === 'phone' ? sql`contact_phone` : sql`contact_email`
  const value = contact.kind === 'phone' ? contact.phoneE164 : contact.email
  const moved = await db.execute(sql`
    update participations p set ${column} = ${value}
    from rdvs r, usagers u
    where r.id = p.rdv_id and u.id = p.usager_id and r.starts_at > ${instantSql(now)} and p.${column} = ${from}
      and (u.id = any(${idsSql(usagerIds)}) or u.responsible_id = any(${idsSql(usagerIds)}))
    returning p.id`)
  return moved.length
}
