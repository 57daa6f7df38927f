import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { reminders } from '@/db/schema'
import { createRandom } from '@/db/seed/random'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import { recording } from '@/scripts/bench/statements'
import { inRead } from '@/server/platform/ctx'
import { findReminded } from '../queries/reminding'
import { remindersOf } from '../rules/reminder'
import { replanJobSchema, type ReplanReminders } from '../schema'
import { planReminders } from './plan-reminders'
import { replanReminders } from './replan-reminders'

const HOUR_MS = 3_600_000
const RDVS = 150

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`delete from graphile_worker._private_jobs`)
})

type Reminder = { rdvId: number; startsAt: string; leadMin: number; dueAt: string; doneAt: string | null }
const byKey = (one: Reminder, other: Reminder) =>
  one.rdvId - other.rdvId || one.startsAt.localeCompare(other.startsAt) || one.leadMin - other.leadMin
async function kept(territoryId: number): Promise<Reminder[]> {
  const rows = await db.select().from(reminders).where(eq(reminders.territoryId, territoryId))
  return rows
    .map(({ rdvId, startsAt, leadMin, dueAt, doneAt }) => ({
      ...{ rdvId, leadMin, startsAt: startsAt.toISOString(), dueAt: dueAt.toISOString() },
      doneAt: doneAt?.toISOString() ?? null,
    }))
    .sort(byKey)
}
async function put(territoryId: number, rows: readonly Reminder[]) {
  await db.delete(reminders).where(eq(reminders.territoryId, territoryId))
  if (rows.length === 0) return
  await db.insert(reminders).values(
    rows.map(({ startsAt, dueAt, doneAt, ...row }) => ({
      ...{ ...row, territoryId, startsAt: new Date(startsAt), dueAt: new Date(dueAt) },
      doneAt: doneAt === null ? null : new Date(doneAt),
    })),
  )
}

/** A territory with RDVs of every kind: past and to come, cancelled, told of late; reminders given, due, and out of date. */
async function manyRdvs(seed: number) {
  const random = createRandom(seed)
  const place = await makeBookablePlace(db)
  const territoryId = place.territory.id
  const organisationId = place.organisation.id
  const other = await makeMotif(db, { territoryId, organisationId, serviceId: place.service.id })
  await db.execute(sql`update motifs set reminder_leads_min = '{10080,120}' where id = ${other.id}`)
  await db.execute(sql`update territories set reminder_leads_min = '{2880,60}' where id = ${territoryId}`)
  const usager = await makeUsager(db, territoryId)
  const after = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS)
  const rows: Reminder[] = []
  for (let i = 0; i < RDVS; i += 1) {
    const startsAt = after(random.int(-72, 480))
    const status = random.weighted([
      ['unknown', 8],
      ['revoked', 2],
    ] as const)
    const [rdv] = await db.execute<{ id: number }>(sql`
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, status, cancelled_at, author_kind, updated_at, created_at)
      values (${territoryId}, ${organisationId}, ${random.chance(0.3) ? other.id : place.motif.id}, ${place.lieu.id},
        ${startsAt.toISOString()}, ${new Date(startsAt.getTime() + HOUR_MS).toISOString()}, ${status},
        ${status === 'revoked' ? NOW.toISOString() : null}, 'agent', now(), ${after(random.int(-300, 0)).toISOString()})
      returning id::float8 as id`)
    const rdvId = rdv?.id ?? 0
    if (random.chance(0.4)) {
      await db.execute(sql`
        with one as (insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
          values (${territoryId}, ${rdvId}, ${usager.id}, true, true, 'agent') returning id)
        insert into tellings (participation_id, rdv_id, is_on, starts_at, ends_at, told_at)
        select id, ${rdvId}, true, ${startsAt.toISOString()}, ${startsAt.toISOString()}::timestamptz + interval '1 hour',
               ${after(random.int(-100, 0)).toISOString()} from one`)
    }
    for (const leadMin of [60, 1440, 2880, 10_080]) {
      if (random.chance(0.5)) continue
      const start = random.chance(0.8) ? startsAt : after(random.int(1, 480))
      const dueAt = after(random.int(-24, 240)).toISOString()
      const doneAt = random.chance(0.3) ? NOW.toISOString() : null
      rows.push({ rdvId, startsAt: start.toISOString(), leadMin, dueAt, doneAt })
    }
  }
  await put(territoryId, rows)
  return { territoryId, before: await kept(territoryId) }
}

/** What one RDV after the other would have, in plain words: the rule of each, over what it had. */
async function expectedOf({ territoryId, before }: Awaited<ReturnType<typeof manyRdvs>>): Promise<Reminder[]> {
  const rdvs = await db.execute<{ id: number }>(
    sql`select id::float8 as id from rdvs where territory_id = ${territoryId}`,
  )
  const all: Reminder[] = []
  for (const { id: rdvId } of rdvs) {
    const own = before.filter((one) => one.rdvId === rdvId)
    const rdv = await inRead(ctxFor(db), (read) => findReminded(read, rdvId))
    if (!rdv) {
      all.push(...own)
      continue
    }
    const startsAt = rdv.startsAt.toISOString()
    const planned = remindersOf(rdv.leadsMin, { ...rdv, now: NOW })
    const isOfThisStart = (one: Reminder) => one.doneAt === null && one.startsAt === startsAt
    const stay = own.filter((one) => !isOfThisStart(one) || planned.some(({ leadMin }) => leadMin === one.leadMin))
    // Found of no use, and of use again.
    for (const one of stay.filter(isOfThisStart)) if (one.dueAt >= startsAt) one.dueAt = NOW.toISOString()
    for (const { leadMin, dueAt } of planned.filter((one) => one.dueAt > NOW)) {
      const same = stay.find((one) => one.startsAt === startsAt && one.leadMin === leadMin)
      if (!same) stay.push({ rdvId, startsAt, leadMin, dueAt: dueAt.toISOString(), doneAt: null })
      else if (same.doneAt === null) same.dueAt = dueAt.toISOString()
    }
    all.push(...stay)
  }
  return all.sort(byKey)
}

/** The jobs asked for, each taken once, until there is none; how many there were. */
async function goOn(which: ReplanReminders, atOnce: number): Promise<number> {
  let [turns, next]: [number, ReplanReminders | undefined] = [0, which]
  while (next) {
    turns += 1
    await replanReminders(ctxFor(db), next, atOnce)
    const jobs = await db.execute<{ payload: unknown }>(
      sql`delete from graphile_worker._private_jobs returning payload`,
    )
    expect(jobs.length).toBeLessThanOrEqual(1)
    next = jobs[0] && replanJobSchema.parse(jobs[0].payload)
  }
  return turns
}

describe('a territory planned anew', () => {
  test.each([1, 2, 3])('page after page is what it would be one RDV after the other (%i)', async (seed) => {
    const many = await manyRdvs(seed)
    const expected = await expectedOf(structuredClone(many))
    expect(expected).not.toEqual(many.before)

    const turns = await goOn({ of: 'territory', id: many.territoryId, after: 0 }, 20)
    expect(turns).toBeGreaterThan(4)
    const together = await kept(many.territoryId)
    expect(together).toEqual(expected)
    await goOn({ of: 'territory', id: many.territoryId, after: 0 }, 33)
    expect(await kept(many.territoryId)).toEqual(expected)

    await put(many.territoryId, many.before)
    const toCome = await db.execute<{ id: number }>(sql`
      select id::float8 as id from rdvs where territory_id = ${many.territoryId} and status = 'unknown' and starts_at > ${NOW.toISOString()}`)
    for (const { id } of toCome) await planReminders(ctxFor(db), { rdvId: id, changedAt: null })
    expect(await kept(many.territoryId)).toEqual(together)
  })

  test('goes on from where a worker was killed, and what was written stays', async () => {
    const many = await manyRdvs(4)
    const expected = await expectedOf(structuredClone(many))
    const first = { of: 'territory', id: many.territoryId, after: 0 } as const
    expect(await replanReminders(ctxFor(db), first, 10)).toMatchObject({ value: { hasMore: true } })
    const [job] = await db.execute<{ payload: { after: number } }>(
      sql`select payload from graphile_worker._private_jobs`,
    )
    const after = job?.payload.after ?? 0
    const done = (rows: Reminder[]) => rows.filter(({ rdvId }) => rdvId <= after)
    expect(done(await kept(many.territoryId))).toEqual(done(expected))
    await db.execute(sql`delete from graphile_worker._private_jobs`)
    await goOn({ ...first, after }, 10)
    expect(await kept(many.territoryId)).toEqual(expected)
  })

  test('asks the database as much for a hundred RDVs as for five', async () => {
    const many = await manyRdvs(5)
    const count = async (atOnce: number) => {
      const seen = recording(db)
      await replanReminders(ctxFor(seen.db), { of: 'territory', id: many.territoryId, after: 0 }, atOnce)
      return seen.statements.length
    }
    const [few, more] = [await count(5), await count(100)]
    expect(more).toBe(few)
    expect(few).toBeLessThanOrEqual(5)
  })

  test('a motif alone leaves the others as they were', async () => {
    const many = await manyRdvs(6)
    const expected = await expectedOf(structuredClone(many))
    const [motif] = await db.execute<{ id: number }>(sql`
      select id::float8 as id from motifs where territory_id = ${many.territoryId} and reminder_leads_min is not null`)
    const ofMotif = await db.execute<{ id: number }>(
      sql`select id::float8 as id from rdvs where motif_id = ${motif?.id}`,
    )
    const isOfMotif = ({ rdvId }: Reminder) => ofMotif.some(({ id }) => id === rdvId)
    await goOn({ of: 'motif', id: motif?.id ?? 0, after: 0 }, 10)
    const rows = await kept(many.territoryId)
    expect(rows.filter(isOfMotif)).toEqual(expected.filter(isOfMotif))
    expect(rows.filter((one) => !isOfMotif(one))).toEqual(many.before.filter((one) => !isOfMotif(one)))
  })
})
