import { sql } from 'drizzle-orm'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type ReadCtx, type TxCtx } from '@/server/platform/ctx'
import { usagerCreated } from '../events'
import { loadRelatives, loadSameContact } from '../queries/contacts'
import { recognise, recogniseRelative, type Identity } from '../rules/recognise'
import { insertFiles, type Membership, type NewFile } from '../store'

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

/** Who it is, and the files still to be opened for them. */
export type Recognised = Identified & { newFiles: readonly NewFile[] }

/**
 * The file of somebody without an account: recognised silently, or created, flagged when there is a doubt.
 * An existing file is never changed by what was typed: anybody may type anybody's phone.
 */
export const identifyPerson = (ctx: Ctx, input: IdentifyPerson): Promise<Outcome<Identified, never>> =>
  inTransaction(ctx, async (tx) => {
    const recognised = await recognisePerson(tx, input)
    const nobody = { territoryId: input.territoryId, organisationId: 0, usagerIds: [] }
    await openFiles(tx, recognised.newFiles, nobody)
    return done(recognised)
  })

/**
 * The first half of `identifyPerson`, for a command that has yet to decide. Holds the contact to the end of the
 * transaction. `read`: how the files are read, when other reads go with them in one statement.
 */
export async function recognisePerson(tx: TxCtx, input: IdentifyPerson, read: ReadCtx = tx): Promise<Recognised> {
  const { territoryId, person, relative } = input
  // One flight: the files are read once the contact is ours.
  const [[freshId, freshRelativeId], sameContact] = await Promise.all([
    lockContact(tx, input),
    loadSameContact(read, { territoryId, phoneE164: person.phone?.e164 ?? null, email: person.email }),
  ])
  const recognition = recognise(person, sameContact)
  const isKnown = recognition.kind === 'known'
  const contactId = isKnown ? recognition.usagerId : freshId
  const newFiles = isKnown
    ? []
    : [contactFile(freshId, input, recognition.kind === 'doubt' ? recognition.maybeSameAsId : null)]
  if (!relative) return { usagerId: contactId, isNew: !isKnown, contactId, newFiles }
  const relatives = isKnown ? await loadRelatives(tx, territoryId, contactId) : []
  const knownId = recogniseRelative(relative, relatives)
  if (knownId !== null) return { usagerId: knownId, isNew: false, contactId, newFiles }
  const relativeFile = { ...BLANK, ...relative, id: freshRelativeId, territoryId, responsibleId: contactId }
  return { usagerId: freshRelativeId, isNew: true, contactId, newFiles: [...newFiles, relativeFile] }
}

/**
 * One more file, flagged, for somebody who is known: where telling that they are would tell what they come for, they are taken
 * for another, for an agent to settle.
 */
export async function openDouble(tx: TxCtx, input: IdentifyPerson, known: Identified): Promise<Identified> {
  const { territoryId, relative } = input
  const [freshId] = await lockContact(tx, input)
  const file = relative
    ? { ...BLANK, ...relative, id: freshId, territoryId, responsibleId: known.contactId, maybeSameAsId: known.usagerId }
    : contactFile(freshId, input, known.usagerId)
  await openFiles(tx, [file], { territoryId, organisationId: 0, usagerIds: [] })
  return { usagerId: freshId, isNew: true, contactId: relative ? known.contactId : freshId }
}

/** The second half: writes the files, and who joins an organisation with them, in one flight. */
export async function openFiles(tx: TxCtx, newFiles: readonly NewFile[], joining: Membership): Promise<void> {
  await Promise.all([insertFiles(tx, newFiles, joining), ...newFiles.map((file) => tx.emit(usagerCreated(file)))])
}

const BLANK = {
  responsibleId: null,
  maybeSameAsId: null,
  email: null,
  phone: null,
  phoneE164: null,
  phoneConfirmed: false,
  emailConfirmed: false,
  address: null,
  createdThrough: 'user_relative_creation',
} as const

const contactFile = (
  id: number,
  { territoryId, person: { firstName, lastName, bornOn, email, phone, address } }: IdentifyPerson,
  maybeSameAsId: number | null,
): NewFile => ({
  ...BLANK,
  id,
  territoryId,
  maybeSameAsId,
  firstName,
  lastName,
  bornOn,
  email,
  phone: phone?.typed ?? null,
  phoneE164: phone?.e164 ?? null,
  address,
  createdThrough: 'online_booking',
})

/**
 * Two bookings of the same new person at once open one file: they queue on the contact, after any agent's lock.
 * Answers numbers for the files of the person and of a proche, used or not: a file and its event then go in one flight.
 */
export async function lockContact(
  { db }: TxCtx,
  {
    territoryId,
    person,
    alike = null,
  }: {
    territoryId: number
    person: Pick<Person, 'phone' | 'email'>
    /** What else a double would share. */
    alike?: string | null
  },
): Promise<[number, number]> {
  const contacts = [person.phone?.e164, person.email, alike]
    .filter((contact) => contact !== null && contact !== undefined)
    .sort()
    .map((contact) => `${String(territoryId)}|${contact}`)
  // Locked one after the other, in the order of the list.
  const [row] = await db.execute<{ id: number; relative_id: number }>(sql`
    select bool_and(pg_advisory_xact_lock(hashtextextended(contact, 7)) is not null),
           nextval('usagers_id_seq')::float8 as id, nextval('usagers_id_seq')::float8 as relative_id
    from jsonb_array_elements_text(${JSON.stringify(contacts)}::jsonb) as contact`)
  if (!row) throw new Error('a sequence gives a number')
  return [row.id, row.relative_id]
}
