import { sql, type SQL } from 'drizzle-orm'

/** An instant for raw SQL: drizzle takes the client's date parsers away, so it travels as ISO text. */
export const instantSql = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`

/** Several of them, in order. */
export const instantsSql = (ats: readonly Date[]): SQL =>
  sql`${`{${ats.map((at) => at.toISOString()).join(',')}}`}::timestamptz[]`

/** A list of ids for raw SQL: `agent_id = any(${idsSql(ids)})`. The empty list means nobody. */
export const idsSql = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`

/** Whether a text holds every word of what was typed, in any order and any case; nothing typed is held by all. */
export const holdsWordsSql = (text: SQL, typed: string): SQL =>
  sql.join(
    [
      sql`true`,
      ...typed
        .split(/\s+/u)
        .filter(Boolean)
        .map((word) => sql`${text} ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    ],
    sql` and `,
  )

/** The name of the constraint a write ran into, or null when the error is something else. */
export function violatedConstraint(error: unknown): string | null {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (typeof cause !== 'object' || cause === null) return null
  return 'constraint_name' in cause && typeof cause.constraint_name === 'string' ? cause.constraint_name : null
}
