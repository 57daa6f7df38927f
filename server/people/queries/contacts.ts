import { and, eq, isNull, sql } from 'drizzle-orm'
import { usagers } from '@/db/schema'
import type { ReadCtx } from '@/server/platform/ctx'
import type { KnownPerson } from '../rules/recognise'

const person = { id: usagers.id, firstName: usagers.firstName, lastName: usagers.lastName, bornOn: usagers.bornOn }

/** Most files one phone or e-mail can stand on before we stop looking. */
const MAX_SAME_CONTACT = 50

/** Live files of the territory that carry this phone or e-mail themselves (not through a responsable). */
export async function loadSameContact(
  { db }: ReadCtx,
  { territoryId, phoneE164, email }: { territoryId: number; phoneE164: string | null; email: string | null },
): Promise<KnownPerson[]> {
  const rows = await db.execute<KnownPerson>(sql`
    select id::float8 as id, first_name as "firstName", last_name as "lastName", born_on as "bornOn"
    from usagers
    where territory_id = ${territoryId} and deleted_at is null and (phone_e_164 = ${phoneE164} or email = ${email})
    order by id limit ${MAX_SAME_CONTACT}`)
  return [...rows]
}

/** The proches of a responsable, by id. */
export const loadRelatives = ({ db }: ReadCtx, territoryId: number, responsibleId: number): Promise<KnownPerson[]> =>
  db
    .select(person)
    .from(usagers)
    .where(
      and(eq(usagers.territoryId, territoryId), eq(usagers.responsibleId, responsibleId), isNull(usagers.deletedAt)),
    )
    .orderBy(usagers.id)
    .limit(MAX_SAME_CONTACT)
