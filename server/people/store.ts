import { and, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import { usagers } from '@/db/schema'
import type { Contact } from '@/server/access/rules/accounts'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { CarriedContact } from './rules/account-files'
import type { FileField, UsagerFile } from './rules/usager-file'

type Columns = Required<typeof usagers.$inferInsert>

/** A file as an online booking opens it; its `id` was drawn before. */
export type NewFile = Pick<
  Columns,
  | 'territoryId'
  | 'responsibleId'
  | 'maybeSameAsId'
  | 'firstName'
  | 'lastName'
  | 'bornOn'
  | 'email'
  | 'phone'
  | 'phoneE164'
  | 'phoneConfirmed'
  | 'emailConfirmed'
  | 'address'
  | 'createdThrough'
> & { id: number; maybeSameAsId: number | null }

/** Who belongs to an organisation from now on. */
export type Membership = { territoryId: number; organisationId: number; usagerIds: readonly number[] }

/** One statement: new files, a proche's with their responsable's, and a membership, already there or not. */
export async function insertFiles({ db }: TxCtx, files: readonly NewFile[], joining: Membership): Promise<void> {
  await db.execute(sql`
    with opened as (
      insert into usagers (id, territory_id, responsible_id, maybe_same_as_id, first_name, last_name, born_on, email, phone,
                           phone_e_164, phone_confirmed, email_confirmed, address, created_through) overriding system value
      select id, "territoryId", "responsibleId", "maybeSameAsId", "firstName", "lastName", "bornOn", email, phone,
             "phoneE164", "phoneConfirmed", "emailConfirmed", address, "createdThrough"
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (
        id bigint, "territoryId" bigint, "responsibleId" bigint, "maybeSameAsId" bigint, "firstName" text, "lastName" text,
        "bornOn" date, email text, phone text, "phoneE164" text, "phoneConfirmed" boolean,
        "emailConfirmed" boolean, address text, "createdThrough" text)
    )
    insert into usager_organisations (territory_id, usager_id, organisation_id)
    select ${joining.territoryId}, usager_id, ${joining.organisationId} from unnest(${idsSql(joining.usagerIds)}) as usager_id
    on conflict do nothing`)
}

/**
 * Makes these people known to an organisation. Those who were not, and whether `isOpen`, an expression about `u`, was true
 * of each until then.
 */
export async function receive(
  { db }: TxCtx,
  joining: Membership,
  isOpen: SQL,
): Promise<{ id: number; isOpen: boolean }[]> {
  const rows = await db.execute<{ id: number; isOpen: boolean }>(sql`
    with joined as (
      insert into usager_organisations (territory_id, usager_id, organisation_id)
      select ${joining.territoryId}, usager_id, ${joining.organisationId} from unnest(${idsSql(joining.usagerIds)}) as usager_id
      on conflict do nothing returning usager_id
    )
    select u.id::float8 as id, ${isOpen} as "isOpen" from joined join usagers u on u.id = joined.usager_id`)
  return [...rows]
}

/**
 * What an agent changed of a file, from the version seen only: false when somebody was faster. A new address forgets the
 * commune the old one was found in.
 */
export async function updateFile(
  { db }: TxCtx,
  { id, version }: { id: number; version: number },
  file: UsagerFile,
  changed: readonly FileField[],
): Promise<boolean> {
  const rows = await db
    .update(usagers)
    .set({
      firstName: file.firstName,
      lastName: file.lastName,
      bornOn: file.bornOn,
      phone: file.phone,
      phoneE164: file.phoneE164,
      email: file.email,
      phoneConfirmed: file.phoneConfirmed,
      emailConfirmed: file.emailConfirmed,
      address: file.address,
      cityName: file.cityName,
      interpreterLanguage: file.interpreterLanguage,
      accessibilityNeeds: [...file.accessibilityNeeds],
      accessibilityNote: file.accessibilityNote,
      notifyBySms: file.notifyBySms,
      notifyByEmail: file.notifyByEmail,
      ...(changed.includes('address') && { cityCode: null, postCode: null }),
      version: version + 1,
    })
    .where(and(eq(usagers.id, id), eq(usagers.version, version)))
    .returning({ id: usagers.id })
  return rows.length === 1
}

/** What somebody lets their territory send them, held to the end of the transaction; null when their file is gone. */
export async function lockConsents({ db }: TxCtx, usagerId: number) {
  const [row] = await db
    .select({
      territoryId: usagers.territoryId,
      notifyBySms: usagers.notifyBySms,
      notifyByEmail: usagers.notifyByEmail,
    })
    .from(usagers)
    .where(and(eq(usagers.id, usagerId), isNull(usagers.deletedAt)))
    .for('no key update')
  return row ?? null
}

/** Whoever saves the file from an older version is told so. */
export async function setConsents(
  { db }: TxCtx,
  usagerId: number,
  consents: Partial<Pick<Columns, 'notifyBySms' | 'notifyByEmail'>>,
): Promise<void> {
  await db
    .update(usagers)
    .set({ ...consents, version: sql`${usagers.version} + 1` })
    .where(eq(usagers.id, usagerId))
}

/** From the version seen only: false when somebody was faster. The commune the old address was found in is forgotten. */
export async function setOwnAddress(
  { db }: TxCtx,
  { id, version }: { id: number; version: number },
  address: string | null,
): Promise<boolean> {
  const rows = await db
    .update(usagers)
    .set({ address, cityCode: null, cityName: null, postCode: null, version: version + 1 })
    .where(and(eq(usagers.id, id), eq(usagers.version, version), isNull(usagers.deletedAt)))
    .returning({ id: usagers.id })
  return rows.length === 1
}

/** Takes this e-mail off these files, unless somebody has vouched for it meanwhile; the ids of those it was taken off. */
export async function takeTypedEmail({ db }: TxCtx, ids: readonly number[], email: string): Promise<number[]> {
  const rows = await db
    .update(usagers)
    .set({ email: null, version: sql`${usagers.version} + 1` })
    .where(and(inArray(usagers.id, [...ids]), eq(usagers.email, email), eq(usagers.emailConfirmed, false)))
    .returning({ id: usagers.id })
  return rows.map(({ id }) => id)
}

/** The proven phone, or e-mail, of these files. Throws on `usagers_email_unique`. */
export async function setOwnContact({ db }: TxCtx, files: readonly CarriedContact[], contact: Contact): Promise<void> {
  const value =
    contact.kind === 'phone'
      ? sql`phone = ${contact.phoneE164}, phone_e_164 = ${contact.phoneE164}, phone_confirmed = file."isConfirmed"`
      : sql`email = ${contact.email}, email_confirmed = file."isConfirmed"`
  await db.execute(sql`
    update usagers u set ${value}, version = u.version + 1
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (id bigint, "isConfirmed" boolean)
    where u.id = file.id`)
}
