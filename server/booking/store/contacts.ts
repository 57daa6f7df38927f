import { sql, type SQL } from 'drizzle-orm'
import type { Contact } from '@/server/access/rules/accounts'
import type { TxCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/** `rdvCount`: how many RDVs to come. `twinIds`: waits that another of the same person already stands for there: to be ended. */
type Readdressed = { rdvCount: number; twinIds: number[] }

/** What is written of a kind: a refusal was of whoever had the contact before, and goes with it. */
const COLUMNS = {
  phone: { column: sql.raw('contact_phone'), other: sql.raw('contact_email'), stops: sql.raw('stops_sms') },
  email: { column: sql.raw('contact_email'), other: sql.raw('contact_phone'), stops: sql.raw('stops_mail') },
} as const

const valueOf = (contact: Contact): string => (contact.kind === 'phone' ? contact.phoneE164 : contact.email)

/**
 * RDVs to come of these people and their proches, and what they wait for, are told at their new contact from now on: those
 * that were told at what their file held of the kind (`held`), or at a contact the account has proven, of either kind.
 */
export async function moveParticipationContacts(
  tx: TxCtx,
  files: readonly { id: number; held: string | null }[],
  { contact, account }: { contact: Contact; account: { phoneE164: string | null; email: string | null } },
): Promise<Readdressed> {
  const { column } = COLUMNS[contact.kind]
  const value = valueOf(contact)
  return readdress(tx, {
    ...{ kind: contact.kind, value },
    which: (row) => sql`${row}.${column} is distinct from ${value} and exists (
      select from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (id bigint, held text)
      where (u.id = file.id or u.responsible_id = file.id) and (${row}.${column} = file.held
        or ${row}.contact_phone = ${account.phoneE164} or ${row}.contact_email = ${account.email}))`,
  })
}

/** A phone, E.164, or an e-mail of a file, as it was and as it is; null when it holds none. */
type Correction = { kind: Contact['kind']; from: string; to: string | null }

/**
 * A contact of this file was wrong: RDVs to come of its person and their proches, and what they wait for, are no longer told
 * where it was typed too, but at the right one; at what the file holds when nothing else was typed.
 */
export const correctTypedContact = (
  tx: TxCtx,
  usagerId: number,
  { kind, from, to }: Correction,
): Promise<Readdressed> =>
  readdress(tx, {
    ...{ kind, value: to },
    which: (row) =>
      sql`(u.id = ${usagerId} or u.responsible_id = ${usagerId}) and ${row}.${COLUMNS[kind].column} = ${from}`,
  })

type Which = { kind: Contact['kind']; value: string | null; which: (row: SQL) => SQL }

async function readdress(tx: TxCtx, { kind, value, which }: Which): Promise<Readdressed> {
  const { column, stops } = COLUMNS[kind]
  const moved = await tx.db.execute(sql`
    update participations p set ${column} = ${value}, ${stops} = false from rdvs r, usagers u
    where r.id = p.rdv_id and u.id = p.usager_id and r.starts_at > ${instantSql(tx.now)} and ${which(sql`p`)}
    returning p.id`)
  return { rdvCount: moved.length, twinIds: await readdressWaits(tx, { kind, value, which }) }
}

/** Each waits once for the same thing where it is told the same: of two that would, the first stays. Answers the others. */
async function readdressWaits({ db }: TxCtx, { kind, value, which }: Which): Promise<number[]> {
  const { column, other } = COLUMNS[kind]
  const rows = await db.execute<{ id: number }>(sql`
    with moved as (
      select e.id, e.rdv_id is null and (
               row_number() over (partition by e.rdv_id, e.usager_id, e.motif_id, e.lieu_id, e.${other} order by e.id) > 1
               or exists (
                 select from waitlist_entries twin
                 where twin.id <> e.id and twin.ended_at is null and twin.rdv_id is null and twin.usager_id = e.usager_id
                   and twin.motif_id = e.motif_id and twin.lieu_id is not distinct from e.lieu_id
                   and twin.${column} is not distinct from ${value}::text
                   and twin.${other} is not distinct from e.${other})) as is_twin
      from waitlist_entries e join usagers u on u.id = e.usager_id where e.ended_at is null and ${which(sql`e`)}
    ), written as (
      update waitlist_entries e set ${column} = ${value}${kind === 'phone' ? sql`, stops_sms = false` : sql``}
      from moved where moved.id = e.id and not moved.is_twin)
    select id::float8 as id from moved where is_twin`)
  return rows.map(({ id }) => id)
}
