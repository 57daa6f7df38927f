import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { agentRoles, agents, exports } from '@/db/schema'
import { bookingQuestion, ctxFor, NOW, signedInAs, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { purgeExports } from '../jobs'
import type { AgentCtx } from '../queries/agent-rdvs'
import { getExportFile, listExports } from '../queries/exports'
import { MAX_EXPORT_ATTEMPTS } from '../rules/exports'
import type { RdvList } from '../schema/rdv-list'
import { beginTry, setProgress } from '../store/exports'
import { askExport } from './ask-export'
import { bookSlot } from './book-slot'
import { writeExport } from './write-export'
import { inTransaction } from '@/server/platform/ctx'
import { certain, done } from '@/server/kernel/outcome'

const MARCH: RdvList = {
  ...{ fromDay: '2027-03-01', toDay: '2027-03-31', agentId: 'any', organisationId: 'any', motifId: 'any' },
  ...{ lieuId: 'any', statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc' },
}

const { db } = await ownDatabase()

const system = (now = NOW) => ctxFor(db, { actor: { kind: 'system', job: 'test' }, now })
async function as(agentId: number, now = NOW): Promise<AgentCtx> {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor, now }), actor }
}
const ownerOf = (place: BookablePlace) => as(place.agents[0]?.id ?? 0)

async function book(place: BookablePlace, day: number, lastName: string) {
  const question = bookingQuestion(place, new Date(Date.UTC(2027, 2, day, 8)))
  const person = { ...question.coordinates.person, lastName, firstName: 'Léa' }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}
async function asked(ctx: AgentCtx, format: 'csv' | 'xlsx' = 'csv') {
  const outcome = await askExport(ctx, { format, filter: MARCH })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.exportId
}
const stateOf = async (ctx: AgentCtx, exportId: number) => (await listExports(ctx)).find(({ id }) => id === exportId)
const textOf = async (ctx: AgentCtx, exportId: number) => {
  const outcome = await getExportFile(ctx, { exportId })
  if (!outcome.ok) return outcome.reason
  return Buffer.from(outcome.value.content).toString('utf8')
}

describe('a file', () => {
  test('holds what its author may read, every cell a text', async () => {
    const place = await makeBookablePlace(db)
    const other = await makeBookablePlace(db, { within: place })
    await book(place, 2, 'Ader')
    await book(other, 2, 'Hugo')
    await db.execute(sql`update rdvs set context = '=HYPERLINK("x")' where organisation_id = ${place.organisation.id}`)
    const ctx = await ownerOf(place)
    const exportId = await asked(ctx)
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'waiting', doneCount: 0, totalCount: null })
    await writeExport(system(), { exportId })
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'done', doneCount: 1, totalCount: 1 })
    const text = await textOf(ctx, exportId)
    expect(text).toContain('ADER Léa')
    expect(text).toContain('02/03/2027;9 h;')
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
    expect(text).not.toContain('HUGO')
    const sheet = await asked(ctx, 'xlsx')
    await writeExport(system(), { exportId: sheet })
    expect((await textOf(ctx, sheet)).startsWith('PK')).toBe(true)
  })

  test('is its author’s alone, leaves a trace, and is gone after a day', async () => {
    const place = await makeBookablePlace(db, { agentCount: 2 })
    await book(place, 2, 'Ader')
    const ctx = await ownerOf(place)
    const exportId = await asked(ctx)
    const gone = new AppError('not-found')
    await expect(getExportFile(ctx, { exportId })).rejects.toThrow(gone)
    await writeExport(system(), { exportId })
    await expect(getExportFile(await as(place.agents[1]?.id ?? 0), { exportId })).rejects.toThrow(gone)
    await textOf(ctx, exportId)
    const traces = await db.execute(
      sql`select from access_log where subject_kind = 'export' and subject_id = ${exportId} and purpose = 'export-file'`,
    )
    expect(traces).toHaveLength(1)
    const tomorrow = new Date(NOW.getTime() + 24 * 3_600_000 + 1)
    await expect(getExportFile({ ...ctxFor(db, { now: tomorrow }), actor: ctx.actor }, { exportId })).rejects.toThrow(
      gone,
    )
    await purgeExports(system(tomorrow))
    expect(await db.select({ id: exports.id }).from(exports).where(eq(exports.id, exportId))).toEqual([])
  })

  test('of several territories leaves its trace in each, when it is written and when it is taken away', async () => {
    const [place, abroad] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    await book(place, 2, 'Ader')
    await book(place, 3, 'Adler')
    await book(abroad, 2, 'Hugo')
    const agentId = place.agents[0]?.id ?? 0
    await db.insert(agentRoles).values({
      ...{ agentId, territoryId: abroad.territory.id, organisationId: abroad.organisation.id },
    })
    await makeGrants(db, [
      {
        territoryId: abroad.territory.id,
        grantee: { kind: 'agent', agentId },
        target: { kind: 'agent', agentId: abroad.agents[0]?.id ?? 0 },
        level: 'read',
        organisationIds: 'any',
        serviceIds: 'any',
      },
    ])
    const ctx = await as(agentId)
    const exportId = await asked(ctx)
    await writeExport(system(), { exportId })
    const text = await textOf(ctx, exportId)
    for (const name of ['ADER', 'ADLER', 'HUGO']) expect(text).toContain(name)
    const written = await db.execute(sql`
      select territory_id::float8 as id, payload ->> 'rowCount' as rows from events
      where kind = 'export.written' and subject_id = ${exportId} order by 1`)
    expect([...written]).toEqual([
      { id: place.territory.id, rows: '2' },
      { id: abroad.territory.id, rows: '1' },
    ])
    const traces = await db.execute(sql`
      select territory_id::float8 as id from access_log where subject_kind = 'export' and subject_id = ${exportId} order by 1`)
    expect(traces.map(({ id }) => id)).toEqual([place.territory.id, abroad.territory.id])
  })

  test('without any RDV is told all the same, in no territory', async () => {
    const ctx = await ownerOf(await makeBookablePlace(db))
    const exportId = await asked(ctx)
    await writeExport(system(), { exportId })
    const written = await db.execute(sql`
      select territory_id, payload ->> 'rowCount' as rows from events where kind = 'export.written' and subject_id = ${exportId}`)
    expect([...written]).toEqual([{ territory_id: null, rows: '0' }])
  })

  test('is kept back once its author may no longer read one of its RDVs, or enter', async () => {
    const place = await makeBookablePlace(db)
    await book(place, 2, 'Ader')
    const reader = await makeAgent(db, {
      ...{ territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id },
    })
    await makeGrants(db, [
      {
        territoryId: place.territory.id,
        grantee: { kind: 'agent', agentId: reader.id },
        target: { kind: 'agent', agentId: place.agents[0]?.id ?? 0 },
        level: 'read',
        organisationIds: 'any',
        serviceIds: 'any',
      },
    ])
    const exportId = await asked(await as(reader.id))
    await writeExport(system(), { exportId })
    expect(await textOf(await as(reader.id), exportId)).toContain('ADER')
    await db.execute(sql`update grants set level = 'busy' where grantee_agent_id = ${reader.id}`)
    expect(await textOf(await as(reader.id), exportId)).toBe('rights-changed')
    // Asked for before, written after: nothing of it.
    const later = await asked(await as(reader.id))
    await writeExport(system(), { exportId: later })
    expect(await textOf(await as(reader.id), later)).not.toContain('ADER')
    const last = await asked(await as(reader.id))
    const ctx = await as(reader.id)
    await db.update(agents).set({ deletedAt: NOW }).where(eq(agents.id, reader.id))
    await writeExport(system(), { exportId: last })
    expect(await stateOf(ctx, last)).toMatchObject({ state: 'failed', failure: 'no-longer' })
  })
})

describe('a worker killed while writing', () => {
  test('another begins again, and the first, should it wake up, writes nothing', async () => {
    const place = await makeBookablePlace(db)
    await book(place, 2, 'Ader')
    const ctx = await ownerOf(place)
    const exportId = await asked(ctx)
    const attempt = certain(
      await inTransaction<number, never>(system(), async (tx) => done(await beginTry(tx, exportId))),
    )
    await writeExport(system(), { exportId })
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'done', doneCount: 1 })
    const late = await inTransaction<boolean, never>(system(), async (tx) =>
      done(await setProgress(tx, { exportId, attempt }, { doneCount: 0, totalCount: 9 })),
    )
    expect(certain(late)).toBe(false)
    // The job told twice: the file stays as it is.
    await writeExport(system(), { exportId })
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'done', doneCount: 1 })
  })

  test('each time, it is given up after three', async () => {
    const ctx = await ownerOf(await makeBookablePlace(db))
    const exportId = await asked(ctx)
    for (let i = 0; i < MAX_EXPORT_ATTEMPTS; i++)
      await inTransaction<number, never>(system(), async (tx) => done(await beginTry(tx, exportId)))
    await writeExport(system(), { exportId })
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'failed', failure: 'interrupted' })
  })

  test('and never come back, it is said to have failed', async () => {
    const ctx = await ownerOf(await makeBookablePlace(db))
    const exportId = await asked(ctx)
    await purgeExports(system(new Date(NOW.getTime() + 14 * 60_000)))
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'waiting' })
    await purgeExports(system(new Date(NOW.getTime() + 16 * 60_000)))
    expect(await stateOf(ctx, exportId)).toMatchObject({ state: 'failed', failure: 'interrupted' })
  })
})

test('of exports asked for at once, three are taken', async () => {
  const ctx = await ownerOf(await makeBookablePlace(db))
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => askExport(ctx, { format: 'csv', filter: MARCH })))
  expect(tally(outcomes)).toEqual({ done: 3, 'too-many-at-once': 5 })
})
