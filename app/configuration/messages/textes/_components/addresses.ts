import { withQuery } from '@/app/_lib/save-route'

export const TEXTS = '/configuration/messages/textes'

type Place = { territoryId: number | string; motifId: number | string | null }

const queryOf = ({ territoryId, motifId }: Place): Record<string, string> => ({
  territoire: String(territoryId),
  ...(motifId !== null && motifId !== '' && { motif: String(motifId) }),
})

/** The list of the texts of a territory, or of one of its motifs. */
export const textsHref = (place: Place, more: Record<string, string> = {}): string =>
  withQuery(TEXTS, { ...queryOf(place), ...more })

/** One text. */
export const textHref = (place: Place, name: string): string =>
  withQuery(`${TEXTS}/modifier`, { ...queryOf(place), texte: name })
