import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { LIMITS } from '@/server/platform/limits'
import { certain, done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { bookSlot } from '../commands/book-slot'
import { askExport } from '../commands/ask-export'
import { writeExport } from '../commands/write-export'
import type { Convocation } from '../rules/convocations'
import type { RdvList } from '../schema/rdv-list'
import { getConvocation, getConvocationByLink, loadConvocations } from './convocations'
import { getRdv } from './agent-rdvs'
import { getExportFile, listExports } from './exports'

const { db } = await ownDatabase()

const NINE = new Date('2027-03-02T08:00:00Z')
const clerkOf = (place: BookablePlace) => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })

async function book(place: BookablePlace, { withChild = false, startAt = NINE } = {}) {
  const question = bookingQuestion(place, startAt)
  const relative = withChild ? { firstName: 'Noé', lastName: 'Martin', bornOn: null } : null
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { ...question.coordinates, relative } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}
const load = async (place: BookablePlace, rdvIds: readonly number[], now = NOW): Promise<Convocation[]> => {
  const ctx = ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0), now })
  const loaded = inTransaction<Convocation[], never>(ctx, async (tx) =>
    done(await loadConvocations(tx, ctx.actor, rdvIds)),
  )
  return certain(await loaded)
}
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes).subarray(0, 5).toString() === '%PDF-'

describe('a letter', () => {
  test('of a proche goes to the responsable, at their address', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId, linkId } = await book(place, { withChild: true })
    await db.execute(sql`
      with responsable as (
        update usagers set address = '3 rue des Lilas, 62300 Lens'
        where territory_id = ${place.territory.id} and responsible_id is null returning id
      )
      insert into usager_organisations (territory_id, organisation_id, usager_id)
      select ${place.territory.id}, ${place.organisation.id}, id from responsable`)
    const [letter] = await load(place, [rdvId])
    expect(letter).toMatchObject({ forName: 'Noé Martin', motifName: place.motif.name, durationMin: 30 })
    expect(letter?.to).toEqual({ name: 'Léa Martin', lines: ['3 rue des Lilas', '62300 Lens'] })
    expect(letter?.cancelUrl).toContain(`/r/${tokenOf('rdv-link', linkId)}`)
  })

  test('of a confidential motif names neither the motif nor the service, and goes to the person alone', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true, instructions: 'À jeun' } })
    const { rdvId } = await book(place, { withChild: true })
    const [letter] = await load(place, [rdvId])
    expect(letter).toMatchObject({ motifName: null, organisationName: null, placeName: null, instructions: null })
    expect(letter?.to?.name).toBe('Noé Martin')
  })

  test('is written even to whom nobody had to tell anything; not of an RDV hidden from its person, nor cancelled', async () => {
    const place = await makeBookablePlace(db)
    const [{ rdvId }, hidden, off] = [
      await book(place),
      await book(place, { startAt: new Date('2027-03-02T08:30:00Z') }),
      await book(place, { startAt: new Date('2027-03-02T09:00:00Z') }),
    ]
    await db.execute(sql`delete from rdv_links where rdv_id = ${rdvId}`)
    await db.execute(sql`update rdvs set shows_to_usager = false where id = ${hidden.rdvId}`)
    await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${off.rdvId}`)
    expect(await load(place, [off.rdvId, hidden.rdvId, rdvId])).toHaveLength(1)
  })

  test('is written of what is to come alone: none once the RDV has begun', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place)
    expect(await load(place, [rdvId], new Date(NINE.getTime() - 1))).toHaveLength(1)
    expect(await load(place, [rdvId], NINE)).toEqual([])
    const actor = adminOf(place, place.agents[0]?.id ?? 0)
    const isAwaited = async (now: Date) => (await getRdv(ctxFor(db, { actor, now }), { rdvId })).isAwaited
    expect([await isAwaited(NOW), await isAwaited(NINE)]).toEqual([true, false])
    expect(await load(place, [rdvId], new Date('2027-03-03T08:00:00Z'))).toEqual([])
  })

  test('says no address that a file says to whom it does not open: that of a responsable received elsewhere', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place, { withChild: true })
    const elsewhere = await makeBookablePlace(db, { within: place })
    await db.execute(sql`
      with responsable as (
        update usagers set address = '3 rue des Lilas, 62300 Lens'
        where territory_id = ${place.territory.id} and responsible_id is null returning id
      )
      insert into usager_organisations (territory_id, organisation_id, usager_id)
      select ${place.territory.id}, ${elsewhere.organisation.id}, id from responsable`)
    expect((await load(place, [rdvId]))[0]?.to).toEqual({ name: 'Léa Martin', lines: [] })
    await db.execute(
      sql`insert into usager_organisations (territory_id, organisation_id, usager_id)
          select territory_id, ${place.organisation.id}, id from usagers where territory_id = ${place.territory.id} and responsible_id is null`,
    )
    expect((await load(place, [rdvId]))[0]?.to?.lines).toEqual(['3 rue des Lilas', '62300 Lens'])
  })

  test('follows the order of the list', async () => {
    const place = await makeBookablePlace(db)
    const first = await book(place)
    const second = await book(place, { startAt: new Date('2027-03-02T08:30:00Z') })
    const starts = (letters: readonly Convocation[]) => letters.map(({ startAt }) => startAt.getTime())
    const there = starts(await load(place, [first.rdvId, second.rdvId]))
    expect(starts(await load(place, [second.rdvId, first.rdvId]))).toEqual(there.toReversed())
  })
})

test('an agent prints the letters of an RDV they may read, which leaves a trace; of no other', async () => {
  const place = await makeBookablePlace(db)
  const { rdvId } = await book(place)
  expect(isPdf(await getConvocation(clerkOf(place), { rdvId, isLarge: true }))).toBe(true)
  const traces = await db.execute(sql`select from access_log where subject_id = ${rdvId} and purpose = 'convocation'`)
  expect(traces).toHaveLength(1)
  const other = clerkOf(await makeBookablePlace(db))
  await expect(getConvocation(other, { rdvId, isLarge: false })).rejects.toMatchObject({ code: 'not-found' })
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${rdvId}`)
  await expect(getConvocation(clerkOf(place), { rdvId, isLarge: false })).rejects.toMatchObject({ code: 'not-found' })
})

test('who holds the link prints theirs, so often; once cancelled there is none', async () => {
  const { rdvId, linkId } = await book(await makeBookablePlace(db))
  const question = { token: tokenOf('rdv-link', linkId), isLarge: false }
  const ctx = ctxFor(db, { clientAddress: '203.0.113.7' })
  expect(isPdf(await getConvocationByLink(ctx, question))).toBe(true)
  for (let left = LIMITS.linksPerAddress.points - 1; left > 0; left--) await getConvocationByLink(ctx, question)
  await expect(getConvocationByLink(ctx, question)).rejects.toMatchObject({ code: 'rate-limited' })
  await db.execute(sql`update rdvs set status = 'excused', cancelled_at = now() where id = ${rdvId}`)
  await expect(getConvocationByLink(ctxFor(db), question)).rejects.toMatchObject({ code: 'not-found' })
})

describe('a list', () => {
  const march: RdvList = {
    ...{ fromDay: '2027-03-01', toDay: '2027-03-31', agentId: 'any', organisationId: 'any', motifId: 'any' },
    ...{ lieuId: 'any', statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc' },
  }

  async function exported(place: BookablePlace, format: 'pdf' | 'pdf-large') {
    const agentId = place.agents[0]?.id ?? 0
    const ctx = ctxFor(db, { actor: await signedInAs(db, agentId) })
    const asked = await askExport(ctx, { format, filter: march })
    if (!asked.ok) throw new Error(asked.reason)
    await writeExport(ctxFor(db, { actor: { kind: 'system', job: 'test' }, now: NOW }), asked.value)
    return { ctx, ...asked.value, fate: (await listExports(ctx)).find(({ id }) => id === asked.value.exportId) }
  }

  test.each(['pdf', 'pdf-large'] as const)('is printed as one file of letters (%s) by the worker', async (format) => {
    const place = await makeBookablePlace(db)
    await book(place)
    await book(place, { startAt: new Date('2027-03-02T08:30:00Z') })
    const { ctx, exportId, fate } = await exported(place, format)
    expect(fate).toMatchObject({ state: 'done', doneCount: 2 })
    const file = await getExportFile(ctx, { exportId })
    expect(file.ok && isPdf(file.value.content)).toBe(true)
  })

  test('where nobody is awaited makes no letters, and says so', async () => {
    const place = await makeBookablePlace(db)
    const { rdvId } = await book(place)
    await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${rdvId}`)
    expect((await exported(place, 'pdf')).fate).toMatchObject({ state: 'failed', failure: 'nobody' })
  })
})
