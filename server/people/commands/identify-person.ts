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

/** `usagerId`: whom it is for, and whether their file is new; `contactId`: whose phone and e-mail are told (the same person, or the responsable). */
export type Identified = { usagerId: number; isNew: boolean; contactId: number }

/**
 * The file of somebody without an account: recognised silently, or created, flagged when there is a doubt.
 * An existing file is never changed by what was typed: anybody may type anybody's phone.
 */
export const identifyPerson = (ctx: Ctx, input: IdentifyPerson): Promise<Outcome<Identified, never>> =>
  inTransaction(ctx, async (tx) => {
    const contact = await findOrCreate(tx, input)
    const contactId = contact.id
    if (!input.relative) return done({ usagerId: contactId, isNew: contact.isNew, contactId })
    const [relatives, freshId] = await Promise.all([
      contact.isNew ? [] : loadRelatives(tx, input.territoryId, contactId),
      drawUsagerId(tx),
    ])
    const knownId = recogniseRelative(input.relative, relatives)
    if (knownId === null) await createRelative(tx, freshId, input, input.relative, contactId)
    return done({ usagerId: knownId ?? freshId, isNew: knownId === null, contactId })
  })

/** Two bookings of the same new person at once open one file: they queue on the contact, after any agent's lock. */
async function lockContact({ db }: TxCtx, { territoryId, person }: IdentifyPerson): Promise<void> {
  const contacts = [person.phone?.e164, person.email]
    .filter((contact) => contact !== null && contact !== undefined)
    .sort()
  // Sent in order, granted in order.
  await Promise.all(
    contacts.map((contact) =>
      db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${String(territoryId)}|${contact}`}, 7))`),
    ),
  )
}

async function findOrCreate(tx: TxCtx, input: IdentifyPerson): Promise<{ id: number; isNew: boolean }> {
  const { territoryId, person } = input
  const contact = { territoryId, phoneE164: person.phone?.e164 ?? null, email: person.email }
  // One flight: the files are read once the locks are granted.
  const [, sameContact, id] = await Promise.all([
    lockContact(tx, input),
    loadSameContact(tx, contact),
    drawUsagerId(tx),
  ])
  const recognition = recognise(person, sameContact)
  if (recognition.kind === 'known') return { id: recognition.usagerId, isNew: false }
  const maybeSameAsId = recognition.kind === 'doubt' ? recognition.maybeSameAsId : null
  await create(tx, id, {
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
  return { id, isNew: true }
}

const createRelative = (
  tx: TxCtx,
  id: number,
  { territoryId }: IdentifyPerson,
  relative: Identity,
  responsibleId: number,
) => create(tx, id, { territoryId, responsibleId, ...relative, createdThrough: 'user_relative_creation' })

/** Drawn with the reads, used or not: the file and its event then go in one flight. */
async function drawUsagerId({ db }: TxCtx): Promise<number> {
  const [row] = await db.execute<{ id: number }>(sql`select nextval('usagers_id_seq')::float8 as id`)
  if (!row) throw new Error('a sequence gives a number')
  return row.id
}

async function create(tx: TxCtx, id: number, values: Omit<typeof usagers.$inferInsert, 'id'>): Promise<void> {
  const { territoryId, maybeSameAsId = null } = values
  await Promise.all([
    tx.db
      .insert(usagers)
      .overridingSystemValue()
      .values({ id, ...values }),
    tx.emit(usagerCreated({ id, territoryId, maybeSameAsId })),
  ])
}
