import type { BOOKABLE_BY, LOCATION_TYPES, VISIBILITIES } from '../schema'
import type { OrganisationKind } from './organisations'
import type { ServiceKey } from './territories'

/** Who comes: what sort of person the generated RDVs of a motif bring. */
export type Audience = 'infant' | 'child' | 'pregnant' | 'young' | 'adult' | 'disabled'

export type MotifSpec = {
  service: ServiceKey
  kinds: readonly OrganisationKind[]
  name: string
  durationMin: number
  for: Audience
  at?: (typeof LOCATION_TYPES)[number]
  bookableBy?: (typeof BOOKABLE_BY)[number]
  category?: string
  publicName?: string
  smsLabel?: string
  instructions?: string
  restriction?: string
  cancelWarning?: string
  minLeadMin?: number
  maxLeadMin?: number
  isCollective?: boolean
  isConfidential?: boolean
  isFollowUp?: boolean
  isForSecretariat?: boolean
  visibility?: (typeof VISIBILITIES)[number]
  usagerMayCancel?: boolean
  usagerMayMove?: boolean
  asksBirthDate?: boolean
}
