import type { BOOKABLE_BY, LOCATION_TYPES, VISIBILITIES } from '../schema'
import { HEALTH_MOTIFS } from './motifs-health'
import { SOCIAL_MOTIFS } from './motifs-social'
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

export const CATALOGUE: readonly MotifSpec[] = [...HEALTH_MOTIFS, ...SOCIAL_MOTIFS]

export const CATEGORIES = [
  { key: 'child', name: 'PMI – suivi de l’enfant', shortName: 'pmi_enfant' },
  { key: 'perinatal', name: 'PMI – périnatalité', shortName: 'pmi_perinatalite' },
  { key: 'sexual-health', name: 'Santé sexuelle', shortName: 'sante_sexuelle' },
  { key: 'rights', name: 'Accès aux droits', shortName: 'acces_aux_droits' },
  { key: 'rsa-rights', name: 'RSA – instruction', shortName: 'rsa_instruction' },
  { key: 'rsa-orientation', name: 'RSA – orientation', shortName: 'rsa_orientation' },
  { key: 'rsa-support', name: 'RSA – accompagnement', shortName: 'rsa_accompagnement' },
  { key: 'disability', name: 'Handicap', shortName: 'handicap' },
] as const
