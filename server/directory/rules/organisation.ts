/** Why an organisation is not saved as typed. */
export type OrganisationRefusal = 'name-taken' | 'phone-unknown'
export type ServicesRefusal = 'service-in-use'

/** « 3949 »: short numbers are four digits, dialled as they are (domain §1.2). */
export const isShortNumber = (typed: string): boolean => /^\d{4}$/.test(typed.replace(/\s/gu, ''))

/** What a form holds of an organisation; the empty string means none. */
export type OrganisationCard = {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly website: string
  readonly hours: string
}

/** An organisation as the back-office lists it, counted. */
export type OrganisationLine = {
  readonly organisationId: number
  readonly name: string
  readonly territoryId: number
  readonly territory: string
  readonly agentCount: number
  readonly motifCount: number
  readonly lieuCount: number
}

/** One, with what it offers. */
export type OrganisationSheet = OrganisationLine & {
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
  /** Services of its motifs. */
  readonly services: readonly string[]
}
