/** Zones a territory may live in: those of France (domain §1.1). */
export const ZONES = [
  'Europe/Paris',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Cayenne',
  'Indian/Reunion',
  'Indian/Mayotte',
  'America/Miquelon',
  'America/St_Barthelemy',
  'America/Marigot',
  'Pacific/Noumea',
  'Pacific/Tahiti',
  'Pacific/Wallis',
] as const
export type Zone = (typeof ZONES)[number]

/** Why a territory is not created as typed. */
export type TerritoryRefusal = 'territory-taken'

export type TerritoryLine = {
  readonly territoryId: number
  readonly name: string
  readonly departmentNumber: string
  readonly zone: string
  readonly allowsImpersonatedWrites: boolean
  readonly organisationCount: number
  readonly agentCount: number
}
