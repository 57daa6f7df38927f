/** What a command answers: the value, or the reason a person can act on. */
export type Done<T> = { readonly ok: true; readonly value: T }
export type Refused<Reason extends string> = { readonly ok: false; readonly reason: Reason }
export type Outcome<T, Reason extends string> = Done<T> | Refused<Reason>

export const done = <T>(value: T): Done<T> => ({ ok: true, value })

export const refused = <Reason extends string>(reason: Reason): Refused<Reason> => ({ ok: false, reason })

/** The value of what cannot be refused. */
export function certain<T>(outcome: Outcome<T, never>): T {
  if (!outcome.ok) throw new Error('refused, although it cannot be')
  return outcome.value
}
