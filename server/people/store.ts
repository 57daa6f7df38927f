import { sql } from 'drizzle-orm'
import type { usagers } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'

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
                           phone_e_164, address, created_through) overriding system value
      select id, "territoryId", "responsibleId", "maybeSameAsId", "firstName", "lastName", "bornOn", email, phone,
             "phoneE164", address, "createdThrough"
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (
        id bigint, "territoryId" bigint, "responsibleId" bigint, "maybeSameAsId" bigint, "firstName" text, "lastName" text,
        "bornOn" date, email text, phone text, "phoneE164" text, address text, "createdThrough" text)
    )
    insert into usager_organisations (territory_id, usager_id, organisation_id)
    select ${joining.territoryId}, usager_id, ${joining.organisationId} from unnest(${idsSql(joining.usagerIds)}) as usager_id
    on conflict do nothing`)
}
