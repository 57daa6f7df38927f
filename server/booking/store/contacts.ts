import { sql } from 'drizzle-orm'
import type { Contact } from '@/server/access/rules/accounts'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'

/**
 * What was typed for RDVs to come of these people and their proches, and for what they wait for, where it was `from`,
 * becomes their new contact. Answers how many RDVs.
 */
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
  await db.execute(sql`
    update waitlist_entries e set ${column} = ${value} from usagers u
    where u.id = e.usager_id and e.ended_at is null and e.${column} = ${from}
      and (u.id = any(${idsSql(usagerIds)}) or u.responsible_id = any(${idsSql(usagerIds)}))`)
  return moved.length
}
