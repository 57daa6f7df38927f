import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt } from '../columns'

/** The communes of France (INSEE), without coordinates: the base of the address step. Reference data, reloaded yearly. */
export const communes = pgTable(
  'communes',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    departmentNumber: text().notNull(),
    postCodes: text().array().notNull(),
    population: integer().notNull().default(0),
    foldedName: text()
      .notNull()
      .generatedAlwaysAs(sql`fold(name)`),
    createdAt: createdAt(),
  },
  (t) => [
    index('communes_name_search').using('gin', sql`${t.foldedName} gin_trgm_ops`),
    index('communes_post_codes').using('gin', t.postCodes),
    index('communes_department').on(t.departmentNumber),
  ],
)
