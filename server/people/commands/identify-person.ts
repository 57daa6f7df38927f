import { sql } from 'drizzle-orm'
import { usagers } from '@/db/schema'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { usagerCreated } from '../events'
import { loadRelatives, loadSameContact } from '../queries'
import { recognise, recogniseRelative, type Identity } from '../rules/recognise'

export type Person = Identity & {
  phone: { typed: string; e164: string } | null
  email: string | null
  address: string | null
}

export type IdentifyPerson = {
  territoryId: number
  person: Person
  /** The proche the person books for; null when for themselves. */
  relative: Identity | null
}

/** `usagerId`: whom it is for; `contactId`: whose phone and e-mail are told (the same person, or the responsable). */
export type Identified = { usagerId: number; contactId: number }

/**
 * The file of somebody without an account: recognised silently, or created, flagged when there is a doubt.
 * An existing file is never changed by what was typed: anybody may type anybody's phone.
 */
export const identifyPerson = (ctx: Ctx, input: IdentifyPerson): Promise<Outcome<Identified, never>> =>
  inTransaction(ctx, async (tx) => {
    await lockContact(tx, input)
    const contactId = await findOrCreate(tx, input)
    if (!input.relative) return done({ usagerId: contactId, contactId })
    const relatives = await loadRelatives(tx, input.territoryId, contactId)
    const usagerId =
      recogniseRelative(input.relative, relatives) ?? (await createRelative(tx, input, input.relative, contactId))
    return done({ usagerId, contactId })
  })

/** Two bookings of the same new person at once open one file: they queue on the contact, after any agent's lock. */
async function lockContact({ db }: TxCtx, { territoryId, person }: IdentifyPerson): Promise<void> {
  const contacts = [person.phone?.e164, person.email]
    .filter((contact) => contact !== null && contact !== undefined)
    .sort()
  for (const contact of contacts) {
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${String(territoryId)}|${contact}`}, 7))`)
  }
}

async function findOrCreate(tx: TxCtx, { territoryId, person }: IdentifyPerson): Promise<number> {
  const contact = { territoryId, phoneE164: person.phone?.e164 ?? null, email: person.email }
  const recognition = recognise(person, await loadSameContact(tx, contact))
  if (recognition.kind === 'known') return recognition.usagerId
  const maybeSameAsId = recognition.kind === 'doubt' ? recognition.maybeSameAsId : null
  return create(tx, {
    territoryId,
    maybeSameAsId,
    firstName: person.firstName,
    lastName: person.lastName,
    bornOn: person.bornOn,
    email: person.email,
    phone: person.phone?.typed ?? null,
    phoneE164: person.phone?.e164 ?? null,
    address: person.address,
    createdThrough: 'online_booking',
  })
}

const createRelative = (tx: TxCtx, { territoryId }: IdentifyPerson, relative: Identity, responsibleId: number) =>
  create(tx, { territoryId, responsibleId, ...relative, createdThrough: 'user_relative_creation' })

async function create(tx: TxCtx, values: typeof usagers.$inferInsert): Promise<number> {
  const [created] = await tx.db.insert(usagers).values(values).returning({ id: usagers.id })
  if (!created) throw new Error('insert returned no row')
  await tx.emit(
    usagerCreated({ id: created.id, territoryId: values.territoryId, maybeSameAsId: values.maybeSameAsId ?? null }),
  )
  return created.id
}
