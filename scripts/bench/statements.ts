import type postgres from 'postgres'
import { dbOn, type Db } from '@/db/client'

/** A statement as the product sent it. Those of one flight left together, without waiting for each other. */
export type Statement = { text: string; params: unknown[]; flight: number }

/** Tables that grow with the years: nothing a person waits for may read one from end to end. */
const BIG_TABLES = ['rdvs', 'agent_times', 'usagers', 'participations', 'rdv_links', 'events', 'booking_drafts']

const clientOf = (db: Db): postgres.Sql => db.$client

/** The same pool, writing down what goes through it; `begin` and `commit` are not statements. */
export function recording(db: Db): { db: Db; statements: Statement[]; forget: () => void } {
  const statements: Statement[] = []
  let flight = 0
  let isLeaving = false
  const logQuery = (text: string, params: unknown[]) => {
    if (!isLeaving) {
      flight += 1
      isLeaving = true
      setImmediate(() => (isLeaving = false)) // as the driver does before it writes to the socket
    }
    statements.push({ text, params, flight })
  }
  return { db: dbOn(clientOf(db), { logQuery }), statements, forget: () => void (statements.length = 0) }
}

/** How many times in a row an answer of the database was waited for. */
export const flightsOf = (statements: readonly Statement[]): number =>
  new Set(statements.map(({ flight }) => flight)).size

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
  { text, params }: Pick<Statement, 'text' | 'params'>,
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
