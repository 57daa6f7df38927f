import type { LocationType } from '@/server/directory/rules/motif'

/** The room of a video RDV, from its own uuid: nobody can guess it (domain §1.13). Null for any other RDV, or without a host. */
export const videoUrlOf = (rdv: {
  uuid: string
  locationType: LocationType
  videoBaseUrl: string | null
}): string | null =>
  rdv.locationType === 'visio' && rdv.videoBaseUrl !== null
    ? `${rdv.videoBaseUrl}/RdvTerritoires${rdv.uuid.replaceAll('-', '')}`
    : null
