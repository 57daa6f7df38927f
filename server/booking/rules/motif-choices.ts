import { motifKey, publicNameOf, type MotifKey, type OfferedMotif } from '@/server/directory/rules/motif'
import type { MotifChoice, ServiceChoice } from './tunnel'

export type ListedMotif = OfferedMotif & {
  isCollective: boolean
  durationMin: number
  restriction: string | null
  instructions: string | null
  asksBirthDate: boolean
}

/** Motifs of several organisations with the same public name and location type: one choice (domain §2.6). */
export function motifChoices(motifs: readonly ListedMotif[]): MotifChoice[] {
  const choices = new Map<string, MotifChoice>()
  for (const motif of motifs) {
    const key = motifKey(motif)
    const known = choices.get(`${String(motif.serviceId)}|${key}`)
    if (known) {
      known.durationMin = Math.min(known.durationMin, motif.durationMin)
      known.longestDurationMin = Math.max(known.longestDurationMin, motif.durationMin)
      known.restriction ??= motif.restriction
      known.instructions ??= motif.instructions
      known.asksBirthDate ||= motif.asksBirthDate
      continue
    }
    choices.set(`${String(motif.serviceId)}|${key}`, {
      key,
      name: publicNameOf(motif),
      serviceId: motif.serviceId,
      serviceName: motif.serviceName,
      locationType: motif.locationType,
      isCollective: motif.isCollective,
      durationMin: motif.durationMin,
      longestDurationMin: motif.durationMin,
      restriction: motif.restriction,
      instructions: motif.instructions,
      asksBirthDate: motif.asksBirthDate,
    })
  }
  return [...choices.values()]
}

/** The motifs behind one choice. */
export const motifsOfKey = <T extends ListedMotif>(motifs: readonly T[], key: MotifKey, serviceId?: number): T[] =>
  motifs.filter((motif) => motifKey(motif) === key && (serviceId === undefined || motif.serviceId === serviceId))

const byName = new Intl.Collator('fr')

/** Services of the motifs, alphabetical, with how many choices each has. */
export function serviceChoices(motifs: readonly OfferedMotif[]): ServiceChoice[] {
  const services = new Map<number, OfferedMotif & { keys: Set<MotifKey> }>()
  for (const motif of motifs) {
    const known = services.get(motif.serviceId) ?? { ...motif, keys: new Set() }
    services.set(motif.serviceId, known)
    known.keys.add(motifKey(motif))
  }
  return [...services.values()]
    .map(({ serviceId, serviceName, serviceShortName, keys }) => ({
      id: serviceId,
      name: serviceName,
      shortName: serviceShortName,
      motifCount: keys.size,
    }))
    .sort((a, b) => byName.compare(a.name, b.name))
}
