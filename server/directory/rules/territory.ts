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

/** Who a territory's e-mails are from and where they are answered; null: as the platform says. */
export type MailIdentity = { readonly senderName: string | null; readonly replyTo: string | null }

/** `takesAnswers`: what is answered to the platform's own address is forwarded to the agents of the RDV. */
export type MailIdentitySheet = MailIdentity & { readonly takesAnswers: boolean }

export type TerritoryLine = {
  readonly territoryId: number
  readonly name: string
  readonly departmentNumber: string
  readonly zone: string
  readonly allowsImpersonatedWrites: boolean
  readonly organisationCount: number
  readonly agentCount: number
}
