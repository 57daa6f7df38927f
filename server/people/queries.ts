import { and, eq, isNull, or, type SQL } from 'drizzle-orm'
import { usagers } from '@/db/schema'
import type { ReadCtx } from '@/server/platform/ctx'
import type { KnownPerson } from './rules/recognise'

const person = { id: usagers.id, firstName: usagers.firstName, lastName: usagers.lastName, bornOn: usagers.bornOn }

/** Most files one phone or e-mail can stand on before we stop looking. */
const MAX_SAME_CONTACT = 50

/** Live files of the territory that carry this phone or e-mail themselves (not through a responsable). */
export function loadSameContact(
  { db }: ReadCtx,
  contact: { territoryId: number; phoneE164: string | null; email: string | null },
): Promise<KnownPerson[]> {
  const byContact: SQL[] = []
  if (contact.phoneE164 !== null) byContact.push(eq(usagers.phoneE164, contact.phoneE164))
  if (contact.email !== null) byContact.push(eq(usagers.email, contact.email))
  if (byContact.length === 0) return Promise.resolve([])
  return db
    .select(person)
    .from(usagers)
    .where(and(eq(usagers.territoryId, contact.territoryId), isNull(usagers.deletedAt), or(...byContact)))
    .orderBy(usagers.id)
    .limit(MAX_SAME_CONTACT)
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
