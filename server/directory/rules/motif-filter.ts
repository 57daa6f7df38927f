import { fold } from '@/server/kernel/text'
import type { MotifSettings } from './motif-settings'

export type MotifFilter = {
  /** Each must stand in the name or the public label, whatever the accents. */
  readonly words: string
  readonly serviceId: number | null
  /** Empty when anything does. */
  readonly locationType: string
  readonly bookableBy: string
}

type Filtered = Pick<MotifSettings, 'name' | 'publicName' | 'serviceId' | 'locationType' | 'bookableBy'>

/** The motifs a search and filters leave. */
export function filterMotifs<Motif extends Filtered>(motifs: readonly Motif[], filter: MotifFilter): Motif[] {
  const words = fold(filter.words).split(' ').filter(Boolean)
  return motifs.filter((motif) => {
    const told = fold(`${motif.name} ${motif.publicName ?? ''}`)
    return (
      words.every((word) => told.includes(word)) &&
      (filter.serviceId === null || motif.serviceId === filter.serviceId) &&
      (filter.locationType === '' || motif.locationType === filter.locationType) &&
      (filter.bookableBy === '' || motif.bookableBy === filter.bookableBy)
    )
  })
}
