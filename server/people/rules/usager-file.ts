import type { NewUsager } from './new-usager'
import { sameNeeds, type Needs } from './needs'

/** What an agent may change of a file, as the database keeps it. */
export type UsagerFile = Needs & {
  firstName: string
  lastName: string
  bornOn: string | null
  /** As it was typed. */
  phone: string | null
  phoneE164: string | null
  email: string | null
  /** Somebody vouches that it is theirs: an agent, or they have proven it (docs/decisions/0030). */
  phoneConfirmed: boolean
  emailConfirmed: boolean
  address: string | null
  cityName: string | null
  notifyBySms: boolean
  notifyByEmail: boolean
}

/** Fields as the history names them; what is to be prepared for somebody is one, and never told by kind. */
export const FILE_FIELDS = [
  'firstName',
  'lastName',
  'bornOn',
  'phone',
  'email',
  'phoneConfirmed',
  'emailConfirmed',
  'address',
  'notifyBySms',
  'notifyByEmail',
  'needs',
] as const
export type FileField = (typeof FILE_FIELDS)[number]

/** The number a form shows, and takes back unchanged whatever it is worth. */
export const shownPhone = ({ phone, phoneE164 }: Pick<UsagerFile, 'phone' | 'phoneE164'>): string =>
  phone ?? phoneE164 ?? ''

/** The address on one line, its town unless it is already there. */
export const shownAddress = ({ address, cityName }: Pick<UsagerFile, 'address' | 'cityName'>): string =>
  [address, cityName !== null && address?.includes(cityName) ? null : cityName].filter(Boolean).join(', ')

/** The names a form typed, judged; what a form never asked of a proche is null. */
type Typed = {
  usager: NewUsager
  needs: Needs
  notifyBySms: boolean
  notifyByEmail: boolean
  /** Checked with the person. */
  phoneConfirmed: boolean
  emailConfirmed: boolean
  phone: string
  address: string
}

/**
 * A file once what was typed is in it. A proche is reached through their responsable: contacts, address and consents are
 * not theirs to change here (domain §8.3). What reads as it did is left as it was.
 */
export function fileAfter(
  before: UsagerFile,
  { isProche }: { isProche: boolean },
  { usager, needs, notifyBySms, notifyByEmail, phone, address, ...checked }: Typed,
): UsagerFile {
  const { firstName, lastName, bornOn, email } = usager
  const identity = { ...before, ...needs, firstName, lastName, bornOn }
  if (isProche) return identity
  const isPhoneKept = phone.trim() === shownPhone(before)
  const isAddressKept = address.trim() === shownAddress(before)
  const phones = isPhoneKept ? before : { phone: usager.phone?.typed ?? null, phoneE164: usager.phone?.e164 ?? null }
  const isSamePhone = phones.phoneE164 === before.phoneE164
  return {
    ...identity,
    email,
    phone: phones.phone,
    phoneE164: phones.phoneE164,
    // What an agent writes, they vouch for; what they leave as it was is worth what it was, unless they have checked it.
    phoneConfirmed: phones.phoneE164 !== null && (!isSamePhone || before.phoneConfirmed || checked.phoneConfirmed),
    emailConfirmed: email !== null && (email !== before.email || before.emailConfirmed || checked.emailConfirmed),
    ...(!isAddressKept && { address: usager.address, cityName: null }),
    notifyBySms,
    notifyByEmail,
  }
}

/** Which fields differ, in the order of `FILE_FIELDS`. The same number written otherwise is the same. */
export const changedFields = (before: UsagerFile, after: UsagerFile): FileField[] =>
  FILE_FIELDS.filter((field) => {
    if (field === 'needs') return !sameNeeds(before, after)
    // Written anew, it is confirmed by that.
    if (field === 'phoneConfirmed') return after[field] && !before[field] && after.phoneE164 === before.phoneE164
    if (field === 'emailConfirmed') return after[field] && !before[field] && after.email === before.email
    if (field === 'address') return shownAddress(before) !== shownAddress(after)
    if (field !== 'phone') return before[field] !== after[field]
    return before.phoneE164 !== after.phoneE164 || (after.phoneE164 === null && before.phone !== after.phone)
  })
