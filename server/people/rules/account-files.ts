import { familiesOf, familyOf, type Contact } from '@/server/access/rules/accounts'
import { recognise, type Identity } from './recognise'
import { shownAddress, type UsagerFile } from './usager-file'

/** What an account has proven, and whom it is said to be. */
export type ProvenAccount = {
  readonly phoneE164: string | null
  readonly email: string | null
  /** The family its person named, or the only one there was; null until there is one. */
  readonly family: string | null
  /** Said by FranceConnect; frozen. */
  readonly identity: (Identity & { readonly usualLastName: string | null; readonly email: string | null }) | null
}

/** A file that carries its own phone and e-mail: nobody's proche. */
export type ContactFile = Identity & {
  readonly id: number
  readonly territoryId: number
  readonly phoneE164: string | null
  readonly email: string | null
}

export type AccountFiles = {
  readonly files: readonly ContactFile[]
  /** Several families share the contact: which one, is to be said first. */
  readonly asksName: boolean
}

/** By what its person has proven. */
const carriesProven = ({ phoneE164, email }: ProvenAccount, file: ContactFile): boolean =>
  (phoneE164 !== null && file.phoneE164 === phoneE164) || (file.email !== null && file.email === email)

/**
 * By what was proven; or by the e-mail typed at the provider's, which anybody may type: the day of birth the State gives is
 * then asked for too, on both sides.
 */
const carries = (account: ProvenAccount, file: ContactFile): boolean =>
  carriesProven(account, file) ||
  (account.identity !== null &&
    file.email !== null &&
    file.email === account.identity.email &&
    file.bornOn !== null &&
    file.bornOn === account.identity.bornOn)

/**
 * The files that are proved an account's: their own phone or e-mail is the one its person has proven, and they are of the
 * family named. With an identity, those that `recognise` knows for that person. Judged anew each time: a phone an agent takes
 * off a file takes the file away.
 */
export function filesOfAccount(account: ProvenAccount, candidates: readonly ContactFile[]): AccountFiles {
  const theirs = candidates.filter((file) => carries(account, file))
  const { identity, family } = account
  if (identity !== null) {
    const names = [identity, ...(identity.usualLastName ? [{ ...identity, lastName: identity.usualLastName }] : [])]
    const isThem = (file: ContactFile) => names.some((name) => recognise(name, [file]).kind === 'known')
    return { files: theirs.filter(isThem), asksName: false }
  }
  if (family === null) {
    const asksName = familiesOf(theirs).length > 1
    return { files: asksName ? [] : theirs, asksName }
  }
  return { files: theirs.filter(({ lastName }) => familyOf(lastName) === family), asksName: false }
}

/**
 * Whether an RDV of a confidential motif may show: to the person it is for, by a contact that is theirs alone. A phone two
 * files share tells neither of the other (house §10.8).
 */
export function mayShowConfidential(
  account: ProvenAccount,
  candidates: readonly ContactFile[],
  rdv: { readonly usagerId: number },
): boolean {
  const own = candidates.find(({ id }) => id === rdv.usagerId)
  if (!own || !carries(account, own)) return false
  const isSame = (file: ContactFile) => recognise(own, [file]).kind === 'known'
  return candidates.filter((file) => carries(account, file)).every(isSame)
}

/** The address of a file, and the version it was read at. */
export type PostalFile = Pick<UsagerFile, 'address' | 'cityName'> & { readonly version: number }

export type Postal = { address: string; version: number }
export type OwnAddressRefusal = 'changed-meanwhile'

/**
 * The postal address on one line, '' when there is none, as it may be read and changed by an account; null where another
 * person's file carries the contact that was proven. A number outlives a couple: where somebody lives now is told to nobody
 * who shares it, no more than a confidential RDV is.
 */
export const postalOf = (
  account: ProvenAccount,
  candidates: readonly ContactFile[],
  file: ContactFile & PostalFile,
): Postal | null =>
  mayShowConfidential(account, candidates, { usagerId: file.id })
    ? { address: shownAddress(file), version: file.version }
    : null

/** What a person reads of where they are reached, and changes. */
export type OwnContacts = {
  phoneE164: string | null
  email: string | null
  hasPassword: boolean
  /** Of FranceConnect, which alone changes it; null for whoever never came by it. */
  identity: { firstName: string; lastName: string; email: string | null } | null
  /** Those of the family who share the contact, when there are several: which one a new contact is of, is asked. */
  people: { usagerId: number; firstName: string; lastName: string }[]
  files: {
    usagerId: number
    firstName: string
    lastName: string
    territoryName: string
    notifyBySms: boolean
    notifyByEmail: boolean
    postal: Postal | null
  }[]
}

/** One person, by the oldest of their files that says the most. */
type OnePerson<File> = { readonly one: File; readonly files: readonly File[] }

/**
 * The files of each person an account shows: a family shares a telephone, and each is reached where they say. A file without
 * a birth date is of the first it may be of; those who give one come first.
 */
export function peopleOf<File extends ContactFile>(files: readonly File[]): OnePerson<File>[] {
  const sorted = [...files].sort((a, b) => Number(a.bornOn === null) - Number(b.bornOn === null) || a.id - b.id)
  return sorted.reduce<OnePerson<File>[]>((people, file) => {
    const known = people.find(({ one }) => recognise(one, [file]).kind === 'known')
    if (!known) return [...people, { one: file, files: [file] }]
    return people.map((person) => (person === known ? { ...known, files: [...known.files, file] } : person))
  }, [])
}

/**
 * The files of one person that their newly proven contact goes to: those that carried the old one, and those that had none of
 * the kind. An e-mail stands once in a territory: it goes to one file there, and to none where one of theirs has it already.
 */
export function toCarry<File extends ContactFile>(
  account: ProvenAccount,
  files: readonly File[],
  contact: Contact,
): File[] {
  if (contact.kind === 'phone')
    return files.filter(({ phoneE164 }) => phoneE164 === null || phoneE164 === account.phoneE164)
  const rank = ({ email }: File) => (email === contact.email ? 0 : email !== null ? 1 : 2)
  const mayHave = files
    .filter(({ email }) => email === null || email === account.email || email === contact.email)
    .sort((a, b) => rank(a) - rank(b) || a.id - b.id)
  return mayHave.filter(
    (file, index) =>
      rank(file) > 0 && mayHave.findIndex(({ territoryId }) => territoryId === file.territoryId) === index,
  )
}
