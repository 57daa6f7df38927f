import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import * as schema from '@/db/schema'
import type { Db } from '@/db/client'

/** A statement as the product sent it. */
export type Statement = { text: string; params: unknown[] }

/** Tables that grow with the years: nothing a person waits for may read one from end to end. */
const BIG_TABLES = ['rdvs', 'agent_times', 'usagers', 'participations', 'rdv_links', 'events', 'booking_drafts']

const clientOf = (db: Db): postgres.Sql => db.$client

/** The same pool, writing down what goes through it; `begin`, `set transaction` and `commit` are not statements. */
export function recording(db: Db): { db: Db; statements: Statement[]; forget: () => void } {
  const statements: Statement[] = []
  const logQuery = (text: string, params: unknown[]) => {
    if (!/^set transaction/i.test(text)) statements.push({ text, params })
  }
  const recorded = drizzle(clientOf(db), { schema, casing: 'snake_case', logger: { logQuery } })
  return { db: recorded, statements, forget: () => void (statements.length = 0) }
}

export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  Plans?: PlanNode[]
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

type PlanRow = { 'QUERY PLAN': readonly [{ Plan: PlanNode }] }

/** Every node of the plan made for these very parameters, and of the one made for any. */
export async function plansOf(
  db: Db,
  { text, params }: Statement,
): Promise<{ custom: PlanNode[]; generic: PlanNode[] }> {
  const read = async (options: string, given?: unknown[]) => {
    const sent = given as Parameters<postgres.Sql['unsafe']>[1]
    const [row] = await clientOf(db).unsafe<PlanRow[]>(`explain (${options}format json) ${text}`, sent)
    if (!row) throw new Error('no plan')
    return nodesOf(row['QUERY PLAN'][0].Plan)
  }
  return { custom: await read('', params), generic: params.length === 0 ? [] : await read('generic_plan, ') }
}

/** Which of these tables the statements read from end to end, each with the statement: empty when all is well. */
export async function sequentialScans(
  db: Db,
  statements: readonly Statement[],
  tables: readonly string[] = BIG_TABLES,
): Promise<string[]> {
  const faults: string[] = []
  for (const statement of statements) {
    const { custom, generic } = await plansOf(db, statement)
    for (const node of [...custom, ...generic]) {
      const table = node['Relation Name']?.replace(/_(\d{4}_\d{2}|default)$/, '') // of a month: its table
      if (node['Node Type'] !== 'Seq Scan' || table === undefined || !tables.includes(table)) continue
      faults.push(`${table}: ${statement.text.replace(/\s+/g, ' ').trim().slice(0, 300)}`)
    }
  }
  return [...new Set(faults)]
}
