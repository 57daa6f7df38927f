import { getTableColumns, getTableName, sql, type InferInsertModel } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from '../client'

/** A row to insert as it is, identity included: the generators number what they make. */
export type Row<T extends PgTable> = InferInsertModel<T, { dbColumnNames: false; override: true }>

/** One statement whatever the number of rows: they travel as one JSON document. */
export async function insertRows<T extends PgTable>(tx: Tx, table: T, rows: readonly Row<T>[]) {
  if (rows.length === 0) return
  const known = getTableColumns(table)
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => key in known)
  const document = JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [toSnakeCase(key), value]))),
  )
  const columns = sql.join(
    keys.map((key) => sql.identifier(toSnakeCase(key))),
    sql`, `,
  )
  const name = sql.identifier(getTableName(table))
  await tx.execute(sql`
    insert into ${name} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${name}, ${document}::text::jsonb)`)
  if (known['id']?.generatedIdentity) {
    await tx.execute(sql`
      select setval(pg_get_serial_sequence(${getTableName(table)}, 'id'), (select max(id) from ${name}))`)
  }
}
