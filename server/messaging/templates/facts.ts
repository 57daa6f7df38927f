import { discreet, linkPathOf, sessionName, type OwnRdv } from '@/server/booking/queries/usager-rdvs'
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
  durationMin: number
  zone: string
  /** With the title of the session, if it has one. Null when the motif must not be named. */
  motifName: string | null
  /** Of a session alone, '' without one; null where messages do not say it. */
  title: string | null
  /** Null likewise. */
  serviceName: string | null
  /** Who follows the person, of a motif that is for that; else null. */
  agentNames: string | null
  lieuId: number | null
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
    durationMin: (rdv.endAt.getTime() - rdv.startAt.getTime()) / 60_000,
    zone: rdv.zone,
    motifName: rdv.isConfidential ? null : sessionName(rdv),
    title: rdv.isCollective && !rdv.isConfidential ? (rdv.title ?? '') : null,
    serviceName: rdv.isConfidential ? null : rdv.serviceName,
    agentNames: rdv.isConfidential ? null : rdv.agentNames,
    lieuId: rdv.lieuId,
    shortLabel: rdv.smsLabel ?? (rdv.serviceShortName || null),
    placeForms:
      rdv.locationType === 'public_office'
        ? placeFormsOf(rdv.placeName, rdv.placeAddress)
        : [PLACE_WORDS[rdv.locationType]],
    videoUrl: rdv.videoUrl,
    phone: rdv.phone,
    url: `${env().APP_URL}${linkPathOf(rdv.linkId)}`,
    instructions: rdv.instructions,
    territoryName: rdv.territoryName,
  }
}
