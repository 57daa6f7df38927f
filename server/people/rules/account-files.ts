import { familiesOf, familyOf } from '@/server/access/rules/accounts'
import { recognise, type Identity } from './recognise'

/** What an account has proven, and whom it is said to be. */
export type ProvenAccount = {
  readonly phoneE164: string | null
  readonly email: string | null
  /** The family its person named, or the only one there was; null until there is one. */
  readonly family: string | null
  /** Said by FranceConnect; frozen. */
  readonly identity: (Identity & { readonly bornOn: string; readonly email: string | null }) | null
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

/** By what was proven; or by the e-mail that goes with an identity, whose names are then asked for too. */
const carries = ({ phoneE164, email, identity }: ProvenAccount, file: ContactFile): boolean =>
  (phoneE164 !== null && file.phoneE164 === phoneE164) ||
  (file.email !== null && (file.email === email || file.email === identity?.email))

/**
 * The files that are proved an account's: their own phone or e-mail is the one its person has proven, and they are of the
 * family named. With an identity, those that `recognise` knows for that person. Judged anew each time: a phone an agent takes
 * off a file takes the file away.
 */
export function filesOfAccount(account: ProvenAccount, candidates: readonly ContactFile[]): AccountFiles {
  const theirs = candidates.filter((file) => carries(account, file))
  const { identity, family } = account
  if (identity !== null) {
    const isThem = (file: ContactFile) => recognise(identity, [file]).kind === 'known'
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

/** What a person reads of where they are reached, and changes. */
export type OwnContacts = {
  phoneE164: string | null
  email: string | null
  hasPassword: boolean
  /** Of FranceConnect, which alone changes it; null for whoever never came by it. */
  identity: { firstName: string; lastName: string } | null
  files: {
    usagerId: number
    firstName: string
    lastName: string
    territoryName: string
    notifyBySms: boolean
    notifyByEmail: boolean
  }[]
}

/**
 * The files of an account that a newly proven contact goes to: those that carried the old one, and those that had none of
 * the kind.
 */
export const toCarry = <File extends ContactFile>(
  account: ProvenAccount,
  files: readonly File[],
  kind: 'phone' | 'email',
): File[] => {
  const [of, old] = kind === 'phone' ? (['phoneE164', account.phoneE164] as const) : (['email', account.email] as const)
  return files.filter((file) => file[of] === null || file[of] === old)
}
