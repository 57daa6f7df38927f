import { discreet, linkPathOf, type OwnRdv } from '@/server/booking/queries/usager-rdvs'
import { env } from '@/server/platform/env'
import { placeFormsOf } from '../rules/place-forms'

/** Where an RDV at no lieu is held. */
export const PLACE_WORDS = {
  phone: 'par téléphone',
  home: 'à votre domicile',
  visio: 'par visioconférence',
} as const

/** The facts a message may tell. A confidential motif gives no name: whoever holds the phone may read it. */
export type MessageFacts = {
  startAt: Date
  zone: string
  /** Null when the motif must not be named. */
  motifName: string | null
  /** What an SMS calls it: the motif's own short label, else its service's; null when nothing may be named. */
  shortLabel: string | null
  /** Where, said in fewer and fewer words. */
  placeForms: readonly [string, ...string[]]
  /** Of a video RDV. */
  videoUrl: string | null
  phone: string | null
  url: string
  instructions: string | null
  territoryName: string
}

/** What may be told of an RDV at this moment. */
export function factsOf(own: OwnRdv): MessageFacts {
  const rdv = discreet(own)
  return {
    startAt: rdv.startAt,
    zone: rdv.zone,
    motifName: rdv.isConfidential ? null : rdv.motifPublicName,
    shortLabel: rdv.smsLabel ?? (rdv.serviceShortName || null),
    placeForms:
      rdv.locationType === 'public_office'
        ? placeFormsOf(rdv.placeName, rdv.placeAddress)
        : [PLACE_WORDS[rdv.locationType]],
    videoUrl: rdv.videoUrl,
    phone: rdv.phone,
    url: `${env().APP_URL.replace(/\/$/, '')}${linkPathOf(rdv.linkId)}`,
    instructions: rdv.instructions,
    territoryName: rdv.territoryName,
  }
}
