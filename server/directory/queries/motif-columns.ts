import { motifs } from '@/db/schema'

/** Every option of a motif, as `MotifSettings` names them. */
export const SETTINGS_COLUMNS = {
  serviceId: motifs.serviceId,
  categoryId: motifs.categoryId,
  name: motifs.name,
  publicName: motifs.publicName,
  smsLabel: motifs.smsLabel,
  color: motifs.color,
  durationMin: motifs.durationMin,
  locationType: motifs.locationType,
  isCollective: motifs.isCollective,
  bookableBy: motifs.bookableBy,
  minLeadMin: motifs.minLeadMin,
  maxLeadMin: motifs.maxLeadMin,
  restriction: motifs.restriction,
  instructions: motifs.instructions,
  cancelWarning: motifs.cancelWarning,
  isForSecretariat: motifs.isForSecretariat,
  isFollowUp: motifs.isFollowUp,
  visibility: motifs.visibility,
  isConfidential: motifs.isConfidential,
  sectorisationLevel: motifs.sectorisationLevel,
  usagerMayMove: motifs.usagerMayMove,
  usagerMayCancel: motifs.usagerMayCancel,
  asksBirthDate: motifs.asksBirthDate,
  reminderLeadsMin: motifs.reminderLeadsMin,
}

export const MOTIF_COLUMNS = {
  id: motifs.id,
  territoryId: motifs.territoryId,
  organisationId: motifs.organisationId,
  version: motifs.version,
  ...SETTINGS_COLUMNS,
}
