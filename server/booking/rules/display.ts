import { isCancelled, type Status } from './status'

const WORK_DAYS = 5
const SATURDAY = 5

/**
 * Days of a week, Monday first, that a view shows: the working ones, Saturday to whoever asked for it, and whichever holds
 * something.
 */
export const daysShown = <Day>(
  week: readonly Day[],
  displaysSaturdays: boolean,
  holds: (day: Day, index: number) => boolean,
): Day[] =>
  week.filter((day, index) => index < WORK_DAYS || (index === SATURDAY && displaysSaturdays) || holds(day, index))

/**
 * What a viewer sees of RDVs, and how many cancelled ones are kept from them as they asked. `isKept`: cancelled, yet to be
 * seen, like one cancelled just now.
 */
export function withoutCancelled<Rdv extends { status: Status }>(
  rdvs: readonly Rdv[],
  displaysCancelled: boolean,
  isKept: (rdv: Rdv) => boolean = () => false,
): { shown: Rdv[]; hiddenCount: number } {
  const shown = rdvs.filter((rdv) => displaysCancelled || !isCancelled(rdv.status) || isKept(rdv))
  return { shown, hiddenCount: rdvs.length - shown.length }
}
