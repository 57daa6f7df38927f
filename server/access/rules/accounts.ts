import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { fold } from '@/server/kernel/text'
import type { SessionRow } from './session'

const MINUTE_MS = 60_000

/** How long a code of a phone works, and how many times it may be tried. */
export const CODE_MIN = 10
export const CODE_TRIES = 5
/** How long the link of a mail works. */
export const ACCOUNT_LINK_MIN = 15
/** How long somebody whose contact is proven may take to say which family they are of. */
export const NAME_MIN = 10

/** A person's session: half an hour without a request, half a day at most: phones are lent, and shared. */
export const ACCOUNT_IDLE_MIN = 30
const ACCOUNT_SESSION_HOURS = 12
export const ACCOUNT_SESSION_SEC = ACCOUNT_SESSION_HOURS * 3600

export const accountSessionExpiry = (openedAt: Date): Date =>
  new Date(openedAt.getTime() + ACCOUNT_SESSION_HOURS * 60 * MINUTE_MS)

/** Whether a person's session still opens the door at `now`. */
export const isAccountLive = ({ seenAt, expiresAt, revokedAt }: SessionRow, now: Date): boolean =>
  revokedAt === null && expiresAt > now && now.getTime() - seenAt.getTime() < ACCOUNT_IDLE_MIN * MINUTE_MS

/** By what somebody proves who they are: a mobile, or an e-mail. */
export type Contact =
  { readonly kind: 'phone'; readonly phoneE164: string } | { readonly kind: 'email'; readonly email: string }

/** Whose challenges are counted together, of those who ask to be reached elsewhere: mails and SMS apart. */
export const accountQuota = (accountId: number, { kind }: Contact): string => `${kind}|${String(accountId)}`

/** Whose challenges are counted together, of those who ask for one contact. */
export const contactQuota = (contact: Contact): string => (contact.kind === 'phone' ? contact.phoneE164 : contact.email)

/** And of those who ask for it from one address; with none, they are all one. */
export const askerQuota = (clientAddress: string | null, contact: Contact): string =>
  `${clientAddress ?? ''}|${contactQuota(contact)}`

export const challengeExpiry = ({ kind }: Contact, asked: Date): Date =>
  new Date(asked.getTime() + (kind === 'phone' ? CODE_MIN : ACCOUNT_LINK_MIN) * MINUTE_MS)

/** What names a family: the last name as everybody would type it. « N’Diaye » and « ndiaye » are one. */
export const familyOf = (lastName: string): string => fold(lastName).replaceAll(' ', '') || '-'

/** How much of a name is typed at least, unless it is shorter. */
export const NAME_LETTERS = 3
/** And at most: the longest name a file takes. */
export const NAME_LETTERS_MAX = 100

/** A family that shares a contact. */
export type KnownFamily = {
  readonly family: string
  /** By a live file; otherwise only by an account, whose files may have changed names since. */
  readonly isOnFile: boolean
}

/**
 * The family somebody names among those that share their contact, by its beginning. A whole name is found whatever longer one
 * begins alike; any fewer letters that begin two name neither: `several-names`, and more of them will tell. A name that only
 * an account has kept yields to the one its file bears now.
 */
export function familyNamed(
  known: readonly KnownFamily[],
  typed: string,
): Outcome<string, 'unknown-name' | 'several-names'> {
  if (fold(typed) === '') return refused('unknown-name')
  const letters = familyOf(typed)
  const begun = known.filter(
    ({ family }) => family === letters || (letters.length >= NAME_LETTERS && family.startsWith(letters)),
  )
  const onFile = begun.filter(({ isOnFile }) => isOnFile)
  const named = onFile.length > 0 ? onFile : begun
  const one = named.find(({ family }) => family === letters) ?? named[0]
  if (!one) return refused('unknown-name')
  return named.length === 1 || one.family === letters ? done(one.family) : refused('several-names')
}

/** The families of those who share a contact, each once. */
export const familiesOf = (files: readonly { readonly lastName: string }[]): string[] => [
  ...new Set(files.map(({ lastName }) => familyOf(lastName))),
]

/** Why a person has no password after all. */
export type OwnPasswordRefusal = 'email-missing' | 'email-shared'
