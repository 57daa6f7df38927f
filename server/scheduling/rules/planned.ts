import type { AbsencePlan } from './absence'
import type { AbsenceRow, OpeningRow } from './agenda'
import type { OpeningPlan, OpeningValues } from './opening'
import { lastDayOf } from './series'

type Seen = { readonly seen: { readonly id: number } | null }

/** A row begun has no number yet: one that no stored row has, another for each plan. */
const numberOfBegun = (index: number): number => -1 - index

/** Absences as they will be once these plans are written. */
export function withAbsences(
  absences: readonly AbsenceRow[],
  plans: readonly (Pick<AbsencePlan, 'row' | 'begun'> & Seen)[],
): AbsenceRow[] {
  const changed = new Set(plans.map(({ seen }) => seen?.id))
  return [
    ...absences.filter(({ id }) => !changed.has(id)),
    ...plans.flatMap(({ seen, row, begun }, index) => [
      ...(seen && row ? [{ ...row, id: seen.id }] : []),
      ...(begun ? [{ ...begun, id: numberOfBegun(index) }] : []),
    ]),
  ]
}

export type OpeningsByMotif = ReadonlyMap<number, readonly OpeningRow[]>

/**
 * Openings that offer each motif, as they will be once these plans are written. What is left of a series offers a motif
 * only where it did: it may be that nobody receives there any more.
 */
export function withOpenings(
  openings: OpeningsByMotif,
  motifIds: readonly number[],
  plans: readonly (Pick<OpeningPlan, 'scope' | 'row' | 'begun'> & Seen)[],
): OpeningsByMotif {
  const changed = new Set(plans.map(({ seen }) => seen?.id))
  const offering = (motifId: number): OpeningRow[] => {
    const rows = openings.get(motifId) ?? []
    const offers = ({ motifIds: offered }: OpeningValues) => offered.includes(motifId)
    return [
      ...rows.filter(({ id }) => !changed.has(id)),
      ...plans.flatMap(({ seen, scope, row, begun }, index) => {
        const wasOffering = rows.some(({ id }) => id === seen?.id)
        return [
          ...(seen && row && offers(row) && (wasOffering || scope === 'all') ? [openingRow(row, seen.id)] : []),
          ...(begun && offers(begun) ? [openingRow(begun, numberOfBegun(index))] : []),
        ]
      }),
    ]
  }
  return new Map(motifIds.map((motifId) => [motifId, offering(motifId)]))
}

const openingRow = (values: OpeningValues, id: number): OpeningRow => ({ ...values, id, lastDay: lastDayOf(values) })
