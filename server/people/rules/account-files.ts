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
  /** An agent wrote it, or its person proved it there; not what the public typed. */
  readonly phoneConfirmed: boolean
  readonly emailConfirmed: boolean
}

export type AccountFiles = {
  /** Theirs, whole. */
  readonly files: readonly ContactFile[]
  /** Of them, only what was asked for with a contact the account has proven: whoever typed it may have typed somebody else's beside it. */
  readonly partly: readonly ContactFile[]
  /** Several families share the contact: which one, is to be said first. */
  readonly asksName: boolean
}

const provesPhone = ({ phoneE164 }: ProvenAccount, file: ContactFile): boolean =>
  phoneE164 !== null && file.phoneE164 === phoneE164
const provesEmail = ({ email }: ProvenAccount, file: ContactFile): boolean => email !== null && file.email === email

/** By what its person has proven. */
const carriesProven = (account: ProvenAccount, file: ContactFile): boolean =>
  provesPhone(account, file) || provesEmail(account, file)

/** A provider and the file say one day of birth. */
const isBornAlike = ({ identity }: ProvenAccount, file: ContactFile): boolean =>
  identity !== null && file.bornOn !== null && file.bornOn === identity.bornOn

/**
 * By what was proven; or by the e-mail typed at the provider's, which anybody may type: the day of birth the State gives is
 * then asked for too, on both sides.
 */
const carries = (account: ProvenAccount, file: ContactFile): boolean =>
  carriesProven(account, file) ||
  (file.email !== null && file.email === account.identity?.email && isBornAlike(account, file))

/** By a contact that is known to be its person's, or by who the State says they are. */
const isVouchedFor = (account: ProvenAccount, file: ContactFile): boolean =>
  (file.phoneConfirmed && provesPhone(account, file)) ||
  (file.emailConfirmed && provesEmail(account, file)) ||
  isBornAlike(account, file)

/**
 * Whether a file that carries a contact of the account opens whole. A contact typed by the public may stand beside somebody
 * else's: by itself it opens a file only where it stands alone, or where the account has proven the other too.
 */
const opensWhole = (account: ProvenAccount, file: ContactFile): boolean =>
  isVouchedFor(account, file) ||
  ((file.phoneE164 === null || provesPhone(account, file)) && (file.email === null || provesEmail(account, file)))

/**
 * The files that are proved an account's: their own phone or e-mail is the one its person has proven, and they are of the
 * family named. With an identity, those that `recognise` knows for that person. Judged anew each time: a phone an agent takes
 * off a file takes the file away.
 */
export function filesOfAccount(account: ProvenAccount, candidates: readonly ContactFile[]): AccountFiles {
  const theirs = candidates.filter((file) => carries(account, file))
  const shown = (some: readonly ContactFile[], asksName = false): AccountFiles => ({
    files: some.filter((file) => opensWhole(account, file)),
    partly: some.filter((file) => !opensWhole(account, file)),
    asksName,
  })
  const { identity, family } = account
  if (identity !== null) {
    const names = [identity, ...(identity.usualLastName ? [{ ...identity, lastName: identity.usualLastName }] : [])]
    return shown(theirs.filter((file) => names.some((name) => recognise(name, [file]).kind === 'known')))
  }
  if (family === null) {
    const asksName = familiesOf(theirs).length > 1
    return shown(asksName ? [] : theirs, asksName)
  }
  return shown(theirs.filter(({ lastName }) => familyOf(lastName) === family))
}

/**
 * Whether nothing that a person may still prove here opens any of the files they see in part: the service then checks with
 * them. `takesCode`: whether a code may be sent to a number.
 */
export function isForServiceToCheck(
  account: ProvenAccount,
  partly: readonly ContactFile[],
  takesCode: (phoneE164: string) => boolean,
): boolean {
  const canProve = ({ phoneE164, email }: ContactFile) =>
    (account.phoneE164 === null && phoneE164 !== null && takesCode(phoneE164)) ||
    (account.email === null && email !== null)
  return partly.length > 0 && !partly.some(canProve)
}

/**
 * Whether an RDV of a confidential motif may show: to the person it is for, by a contact they have proven and that is theirs
 * alone. A phone two files share tells neither of the other (house §10.8).
 */
export function mayShowConfidential(
  account: ProvenAccount,
  candidates: readonly ContactFile[],
  rdv: { readonly usagerId: number },
): boolean {
  const own = candidates.find(({ id }) => id === rdv.usagerId)
  if (!own || !carriesProven(account, own)) return false
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

/** A file that is to have a contact, and whether it will open it whole. */
export type CarriedContact = { readonly id: number; readonly isConfirmed: boolean }

/** What a person reads of where they are reached, and changes. */
export type OwnContacts = {
  phoneE164: string | null
  email: string | null
  hasPassword: boolean
  /** Of FranceConnect, which alone changes it; null for whoever never came by it. */
  identity: { firstName: string; lastName: string; email: string | null } | null
  /** Those of the family who share the contact, when there are several: which one a new contact is of, is asked. */
  people: { usagerId: number; firstName: string; lastName: string }[]
  /** A file of theirs holds another contact they have not proven: what it says is not theirs to change yet. */
  isPartial: boolean
  /** And nothing they may prove here opens it: the service checks with them. */
  isForServiceToCheck: boolean
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

/** What becomes of the files of one person once they have proven a contact. */
export type Carriage<File> = {
  /** Those that are to have it, and what they held of the kind until then. */
  readonly carried: readonly (File & CarriedContact)[]
  /** Those by which they are still reached elsewhere. */
  readonly left: readonly File[]
}

const heldBy = (file: ContactFile, { kind }: Contact) => (kind === 'phone' ? file.phoneE164 : file.email)
const valueOf = (contact: Contact) => (contact.kind === 'phone' ? contact.phoneE164 : contact.email)

/**
 * The files of one person that their newly proven contact goes to: those that open whole, whatever they held, and those that
 * carry the one it takes the place of. It is worth no more there than what opened the file. An e-mail stands once in a
 * territory: it goes to one file there, and to none where one of theirs has it already.
 */
export function toCarry<File extends ContactFile>(
  account: ProvenAccount,
  files: readonly File[],
  contact: Contact,
): Carriage<File> {
  const proves = contact.kind === 'phone' ? provesPhone : provesEmail
  const mayHave = files.filter((file) => opensWhole(account, file) || proves(account, file))
  const chosen = contact.kind === 'phone' ? mayHave : onePerTerritory(account, files, mayHave, contact.email)
  const isElsewhere = (file: File) => ![null, valueOf(contact)].includes(heldBy(file, contact))
  return {
    carried: chosen.map((file) => ({ ...file, isConfirmed: isVouchedFor(account, file) })),
    left: files.filter((file) => !chosen.includes(file) && isElsewhere(file)),
  }
}

/** First the file that held the one the account had, then one that held another, then one that held none. */
function onePerTerritory<File extends ContactFile>(
  account: ProvenAccount,
  files: readonly File[],
  mayHave: readonly File[],
  wanted: string,
): File[] {
  const rank = (file: File) => (provesEmail(account, file) ? 0 : file.email !== null ? 1 : 2)
  const sorted = [...mayHave].sort((a, b) => rank(a) - rank(b) || a.id - b.id)
  const isThere = (territoryId: number) =>
    files.some((file) => file.territoryId === territoryId && file.email === wanted)
  return sorted.filter(
    ({ territoryId }, index) =>
      !isThere(territoryId) && sorted.findIndex((file) => file.territoryId === territoryId) === index,
  )
}
