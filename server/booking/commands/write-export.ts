import { sql } from 'drizzle-orm'
import { findAgentActor } from '@/server/access/queries/logins'
import type { AgentActor } from '@/server/kernel/actor'
import { certain, done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { exportFailed, exportWritten } from '../events'
import { loadConvocations } from '../queries/convocations'
import { countRdvs, readRdvPage } from '../queries/rdv-list'
import type { Convocation } from '../rules/convocations'
import {
  isOfLetters,
  MAX_EXPORT_ATTEMPTS,
  MAX_EXPORTED,
  MAX_LETTERS,
  type ExportFailure,
  type ExportFormat,
} from '../rules/exports'
import type { ListedRdv } from '../rules/rdv-list'
import { rdvListSchema, type RdvList, type RdvListPageQuestion } from '../schema/rdv-list'
import { beginTry, failExport, setContent, setProgress, type Try } from '../store/exports'
import { convocationsPdf } from '../templates/convocation'
import { fileOf, rowOf } from '../templates/export'

const READ_AT_ONCE = 500

type Begun = Try & { agentId: number; format: ExportFormat; filter: RdvList }

/**
 * Writes the file of an export, with what its author may read now. Killed half-way it is begun again, and given up after
 * three tries; whoever wakes up late finds that another took over, and stops. Done or failed already: nothing.
 */
export async function writeExport(ctx: Ctx, { exportId }: { exportId: number }): Promise<void> {
  const begun = await begin(ctx, exportId)
  if (!begun) return
  const actor = await findAgentActor(ctx, begun.agentId)
  if (!actor) return fail(ctx, begun, 'no-longer')
  const totalCount = await inRead(ctx, (read) => countRdvs({ ...read, actor }, begun.filter, MAX_EXPORTED + 1))
  if (totalCount > (isOfLetters(begun.format) ? MAX_LETTERS : MAX_EXPORTED)) return fail(ctx, begun, 'too-many')
  const rdvs = await readAll(ctx, { ...begun, actor, totalCount })
  if (!rdvs) return
  const content = await contentOf(ctx, actor, { format: begun.format, rdvs })
  if (!content) return fail(ctx, begun, 'nobody')
  await inTransaction(ctx, async (tx) => {
    const rdvIds = rdvs.map(({ id }) => id)
    if (await setContent(tx, begun, { content, rdvIds })) {
      const places = await countByTerritory(tx, rdvIds)
      const told = places.length > 0 ? places : [{ territoryId: null, rowCount: 0 }]
      await Promise.all(told.map((one) => tx.emit(exportWritten(exportId, { agentId: begun.agentId, ...one }))))
    }
    return done(null)
  })
}

type Listed = { format: ExportFormat; rdvs: readonly ListedRdv[] }

/** Null for letters to nobody: none of these RDVs is still to come. */
async function contentOf(ctx: Ctx, actor: AgentActor, { format, rdvs }: Listed): Promise<Buffer | null> {
  if (!isOfLetters(format)) return fileOf(format, rdvs.map(rowOf))
  const loaded = await inTransaction<Convocation[], never>(ctx, async (tx) =>
    done(
      await loadConvocations(
        tx,
        actor,
        rdvs.map(({ id }) => id),
      ),
    ),
  )
  const letters = certain(loaded)
  return letters.length > 0 ? convocationsPdf(letters, { now: ctx.now, isLarge: format === 'pdf-large' }) : null
}

/** How many of these RDVs each territory has. */
async function countByTerritory({ db }: TxCtx, rdvIds: readonly number[]) {
  const rows = await db.execute<{ territoryId: number; rowCount: number }>(sql`
    select territory_id::float8 as "territoryId", count(*)::integer as "rowCount" from rdvs
    where id = any(${idsSql(rdvIds)}) group by territory_id order by territory_id`)
  return [...rows]
}

/** Null when there is nothing to write any more. */
async function begin(ctx: Ctx, exportId: number): Promise<Begun | null> {
  const outcome = await inTransaction<Begun | null, never>(ctx, async (tx) => {
    const [row] = await tx.db.execute<{ agentId: number; format: ExportFormat; filter: unknown; attempts: number }>(sql`
      select agent_id::float8 as "agentId", format, filter, attempts from exports
      where id = ${exportId} and state in ('waiting', 'running') for update`)
    if (!row) return done(null)
    if (row.attempts >= MAX_EXPORT_ATTEMPTS) {
      await failExport(tx, exportId, 'interrupted')
      await tx.emit(exportFailed(exportId, { agentId: row.agentId, why: 'interrupted' }))
      return done(null)
    }
    const attempt = await beginTry(tx, exportId)
    return done({
      exportId,
      attempt,
      agentId: row.agentId,
      format: row.format,
      filter: rdvListSchema.parse(row.filter),
    })
  })
  return outcome.ok ? outcome.value : null
}

async function fail(ctx: Ctx, { exportId, agentId }: Begun, why: ExportFailure): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await failExport(tx, exportId, why)
    await tx.emit(exportFailed(exportId, { agentId, why }))
    return done(null)
  })
}

type Reading = Begun & { actor: AgentActor; totalCount: number }

/** Every RDV of the list, page after page, each page a progress told; null when another try took over. */
async function readAll(ctx: Ctx, { actor, totalCount, filter, ...one }: Reading): Promise<readonly ListedRdv[] | null> {
  const rdvs: ListedRdv[] = []
  let from: RdvListPageQuestion['from'] = null
  do {
    const question: RdvListPageQuestion = { ...filter, from }
    const page = await inRead(ctx, (read) => readRdvPage({ ...read, actor }, question, READ_AT_ONCE))
    // What the list went on from was taken from sight meanwhile: the next try begins again.
    if (from && page.rdvs.length === 0) throw new Error('the list changed')
    rdvs.push(...page.rdvs)
    const progress = { doneCount: rdvs.length, totalCount: Math.max(totalCount, rdvs.length) }
    const isMine = await inTransaction(ctx, async (tx) => done(await setProgress(tx, one, progress)))
    if (!isMine.ok || !isMine.value) return null
    from = page.afterId === null ? null : { rdvId: page.afterId, way: 'after' }
  } while (from && rdvs.length < MAX_EXPORTED)
  return rdvs
}
