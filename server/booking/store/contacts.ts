import { sql, type SQL } from 'drizzle-orm'
import type { Contact } from '@/server/access/rules/accounts'
import type { TxCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/**
 * RDVs to come of these people and their proches, and what they wait for, are told at their new contact from now on: those
 * that were told at what their file held of the kind (`held`), or at a contact the account has proven, of either kind.
 * Answers how many RDVs.
 */
export async function moveParticipationContacts(
  { db, now }: TxCtx,
  files: readonly { id: number; held: string | null }[],
  { contact, account }: { contact: Contact; account: { phoneE164: string | null; email: string | null } },
): Promise<number> {
  const column = contact.kind === 'phone' ? sql`contact_phone` : sql`contact_email`
  const value = contact.kind === 'phone' ? contact.phoneE164 : contact.email
  const theirs = sql`jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (id bigint, held text)`
  const wasTold = (row: SQL) => sql`
    (${row}.${column} = file.held or ${row}.contact_phone = ${account.phoneE164} or ${row}.contact_email = ${account.email})
    and ${row}.${column} is distinct from ${value}`
  const moved = await db.execute(sql`
    update participations p set ${column} = ${value}
    from rdvs r, usagers u, ${theirs}
    where r.id = p.rdv_id and u.id = p.usager_id and r.starts_at > ${instantSql(now)}
      and (u.id = file.id or u.responsible_id = file.id) and ${wasTold(sql`p`)}
    returning p.id`)
  await db.execute(sql`
    update waitlist_entries e set ${column} = ${value} from usagers u, ${theirs}
    where u.id = e.usager_id and e.ended_at is null and (u.id = file.id or u.responsible_id = file.id)
      and ${wasTold(sql`e`)} and ${noTwinSql(column, value)}`)
  return moved.length
}

/** Who waits twice for the same, under the old contact and the new, goes on waiting under both: each waits once. */
const noTwinSql = (column: SQL, value: string | null) => sql`not exists (
  select from waitlist_entries twin where twin.id <> e.id and twin.usager_id = e.usager_id and twin.motif_id = e.motif_id
    and twin.lieu_id is not distinct from e.lieu_id and twin.ended_at is null and twin.${column} is not distinct from ${value})`

/** A phone, E.164, or an e-mail of a file, as it was and as it is; null when it holds none. */
type Correction = { kind: Contact['kind']; from: string; to: string | null }

/**
 * A contact of this file was wrong: RDVs to come of its person and their proches, and what they wait for, are no longer told
 * where it was typed too, but at the right one; at what the file holds when nothing else was typed. Answers how many RDVs.
 */
export async function correctTypedContact(
  { db, now }: TxCtx,
  usagerId: number,
  { kind, from, to }: Correction,
): Promise<number> {
  const column = kind === 'phone' ? sql`contact_phone` : sql`contact_email`
  const corrected = await db.execute(sql`
    update participations p set ${column} = ${to} from rdvs r, usagers u
    where r.id = p.rdv_id and u.id = p.usager_id and r.starts_at > ${instantSql(now)}
      and (u.id = ${usagerId} or u.responsible_id = ${usagerId}) and p.${column} = ${from}
    returning p.id`)
  await db.execute(sql`
    update waitlist_entries e set ${column} = ${to} from usagers u
    where u.id = e.usager_id and e.ended_at is null and (u.id = ${usagerId} or u.responsible_id = ${usagerId})
      and e.${column} = ${from} and ${noTwinSql(column, to)}`)
  return corrected.length
}
