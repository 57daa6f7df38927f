const HOUR_MIN = 60

/** How long before an RDV one may choose to remind of it, from an hour to two weeks. */
export const REMINDER_LEADS_MIN: readonly number[] = [1, 2, 24, 48, 72, 7 * 24, 14 * 24].map(
  (hours) => hours * HOUR_MIN,
)
export const MAX_REMINDERS = 3

/** When the messages of a territory leave, on its clocks, and how long before an RDV it is reminded of. */
export type SendingRules = {
  readonly fromMin: number
  readonly untilMin: number
  /** ISO weekdays. */
  readonly weekdays: readonly number[]
  readonly leadsMin: readonly number[]
}
