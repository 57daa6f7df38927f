/**
 * Somebody found in a territory, as an agent may know them. Masked when no organisation of the agent's receives them:
 * enough to recognise the person one has on the phone, not enough to learn anything (domain §8.6).
 */
export type FoundUsager = {
  id: number
  firstName: string
  /** Its first letter and a full stop when masked. */
  lastName: string
  /** Civil day of birth, or its year alone when masked. */
  born: string | null
  phone: string | null
  email: string | null
  address: string | null
  /** The responsable, for a proche: whose phone and e-mail these are. */
  responsible: { firstName: string; lastName: string } | null
  isMasked: boolean
}

const initial = (name: string): string => `${[...name.trim()][0] ?? ''}.`

const HIDDEN = '••'

/** The end of a number, by groups of two as people say it. */
const maskedPhone = (phone: string): string => `${HIDDEN} ${phone.slice(-2)}`

function maskedEmail(email: string): string {
  const [name = '', domain = ''] = email.split('@')
  return `${name.slice(0, 1)}${HIDDEN}@${domain}`
}

/** What leaves the database of somebody whom no organisation of the agent's receives. */
export const masked = (person: FoundUsager): FoundUsager => ({
  id: person.id,
  firstName: person.firstName,
  lastName: initial(person.lastName),
  born: person.born && person.born.slice(0, 4),
  phone: person.phone && maskedPhone(person.phone),
  email: person.email && maskedEmail(person.email),
  address: null,
  responsible: null,
  isMasked: true,
})
