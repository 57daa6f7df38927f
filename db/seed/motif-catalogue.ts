import type { MotifSpec } from './motif-spec'
import { HEALTH_MOTIFS } from './motifs-health'
import { SOCIAL_MOTIFS } from './motifs-social'

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
