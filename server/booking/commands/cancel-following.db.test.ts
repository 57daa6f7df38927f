import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, ctxFor, NOW, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import { recording } from '@/scripts/bench/statements'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { makeCtx } from '@/server/platform/ctx'
import { getSeries } from '../queries/series'
import { followingOf } from '../rules/rdv-series'
import type { CancelFollowing } from '../schema/series'
import { cancelFollowing } from './cancel-following'
import { createSeries } from './create-series'
import { rescheduleRdv } from './reschedule-rdv'
import { setStatus } from './set-status'

const { db } = await ownDatabase()
let here: BookablePlace
let actor: AgentActor
let ids: number[]
beforeEach(async () => {
  here = await makeBookablePlace(db)
  actor = adminOf(here, here.agents[0]?.id ?? 0)
  ids = await placeSeries(4)
})

async function placeSeries(count: number, hour = 8): Promise<number[]> {
  const outcome = await createSeries(ctxFor(db, { actor }), {
    ...{ motifId: here.motif.id, lieuId: here.lieu.id, agentIds: here.agents.map(({ id }) => id) },
    usagerIds: [(await makeUsager(db, here.territory.id)).id],
    dates: Array.from({ length: count }, (_, i) => ({
      startAt: new Date(Date.UTC(2027, 2, 2 + 7 * i, hour)),
      acknowledged: [],
    })),
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  const series = await getSeries(ctxFor(db, { actor }), { rdvId: outcome.value.rdvId })
  return series ? series.rdvs.map(({ rdvId }) => rdvId) : [outcome.value.rdvId]
}

const idAt = (index: number) => found(ids[index])
const shownFrom = async (rdvId: number) =>
  followingOf(found(await getSeries(ctxFor(db, { actor }), { rdvId })), rdvId, NOW).map((rdv) => rdv.rdvId)
const cancel = async (rdvId: number, over: Partial<CancelFollowing> = {}, by = actor) =>
  cancelFollowing(ctxFor(db, { actor: by }), { rdvId, to: 'revoked', rdvIds: await shownFrom(rdvId), ...over })

const standing = async () => {
  const rows = await db.execute<{ status: string; people: string; sequence: number; events: number }>(sql`
    select r.status, r.sequence, (select string_agg(p.status, ',') from participations p where p.rdv_id = r.id) as people,
           (select count(*)::integer from events e where e.subject_kind = 'rdv' and e.subject_id = r.id and e.kind = 'rdv.status-set') as events
    from rdvs r where r.territory_id = ${here.territory.id} order by r.starts_at`)
  return [...rows]
}
const live = { status: 'unknown', people: 'unknown', sequence: 0, events: 0 }
const gone = { status: 'revoked', people: 'revoked', sequence: 1, events: 1 }

test('this RDV and those after it are cancelled, one event each, and their time is free again', async () => {
  expect(await cancel(idAt(1))).toEqual({ ok: true, value: { count: 3 } })
  expect(await standing()).toEqual([live, gone, gone, gone])
  expect(await cancel(idAt(1))).toEqual({ ok: false, reason: 'nothing-left' })
  // The first still stands; the time of the others may be had again.
  await expect(placeSeries(2)).rejects.toThrow('overlap')
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${idAt(0)}`)
  expect(await placeSeries(4)).toHaveLength(4)
})

test('because the person said so, they are excused', async () => {
  expect(await cancel(idAt(2), { to: 'excused' })).toMatchObject({ ok: true })
  expect((await standing()).map(({ status, people }) => [status, people])).toEqual([
    ['unknown', 'unknown'],
    ['unknown', 'unknown'],
    ['excused', 'excused'],
    ['excused', 'excused'],
  ])
})

test('what is settled or over is left as it is', async () => {
  await setStatus(ctxFor(db, { actor }), { rdvId: idAt(2), from: 'unknown', to: 'excused' })
  const later = { actor, now: new Date('2027-03-05T08:00:00Z') }
  const rdvIds = [idAt(1), idAt(3)]
  expect(await cancelFollowing(ctxFor(db, later), { rdvId: idAt(0), to: 'revoked', rdvIds })).toMatchObject({
    ok: true,
  })
  expect((await standing()).map(({ status }) => status)).toEqual(['unknown', 'revoked', 'excused', 'revoked'])
})

test('a list that changed since it was shown is refused whole', async () => {
  const rdvIds = await shownFrom(idAt(0))
  await setStatus(ctxFor(db, { actor }), { rdvId: idAt(3), from: 'unknown', to: 'excused' })
  expect(await cancel(idAt(0), { rdvIds })).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect((await standing()).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown', 'excused'])
})

test('sent by several at once, it happens once', async () => {
  const rdvIds = await shownFrom(idAt(0))
  const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(idAt(0), { rdvIds })))
  expect(tally(answers)).toEqual({ done: 1, 'nothing-left': 4 })
  expect(await standing()).toEqual([gone, gone, gone, gone])
})

test('one moved at the same moment follows its new time, and nothing is half done', async () => {
  const rdvIds = await shownFrom(idAt(2))
  const moved = rescheduleRdv(ctxFor(db, { actor }), {
    ...{ rdvId: idAt(3), knownSequence: 0, durationMin: 30, lieuId: here.lieu.id },
    startAt: new Date('2027-03-02T13:00:00Z'),
    agentIds: here.agents.map(({ id }) => id),
    acknowledged: ['same-day'],
  })
  const [one, cancelled] = await Promise.all([moved, cancel(idAt(2), { rdvIds })])
  const isEither = one.ok !== cancelled.ok
  expect([isEither, one, cancelled]).toMatchObject([true, {}, {}])
})

test('as many statements for all as for one', async () => {
  const seen = recording(db)
  const count = async (rdvId: number) => {
    const rdvIds = await shownFrom(rdvId)
    seen.forget()
    const ctx = makeCtx(seen.db, { actor, now: NOW, requestId: 'series', clientAddress: null })
    expect(await cancelFollowing({ ...ctx, actor }, { rdvId, to: 'revoked', rdvIds })).toMatchObject({ ok: true })
    return seen.statements.length
  }
  const last = await count(idAt(3))
  expect(await count(idAt(0))).toBe(last)
})

test('of a series, one sees what one may read, and not even how many the rest are', async () => {
  const place = { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id }
  const newcomer = await makeAgent(db, place)
  const colleague: AgentActor = { ...adminOf(here, newcomer.id), scopes: [] }
  await expect(getSeries(ctxFor(db, { actor: colleague }), { rdvId: idAt(0) })).rejects.toMatchObject({
    code: 'not-found',
  })
  await db.execute(sql`
    insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
    select ${newcomer.id}, 'rdv', id, starts_at, ends_at, occupies from rdvs where id = any(array[${idAt(1)}, ${idAt(3)}]::bigint[])`)
  const series = await getSeries(ctxFor(db, { actor: colleague }), { rdvId: idAt(3) })
  expect(series?.rdvs.map(({ rdvId, level }) => [rdvId, level])).toEqual([
    [idAt(1), 'write'],
    [idAt(3), 'write'],
  ])
  // Nor are those cancelled, whatever is sent.
  const sent = { rdvIds: [idAt(1), idAt(2), idAt(3)] }
  expect(await cancel(idAt(1), sent, colleague)).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await cancel(idAt(1), { rdvIds: [idAt(1), idAt(3)] }, colleague)).toMatchObject({ ok: true })
  expect((await standing()).map(({ status }) => status)).toEqual(['unknown', 'revoked', 'unknown', 'revoked'])
})

test('an RDV placed alone has no series, and nothing after it', async () => {
  const [alone] = await placeSeries(1, 13)
  expect(await getSeries(ctxFor(db, { actor }), { rdvId: found(alone) })).toBeNull()
  const question = { rdvId: found(alone), to: 'revoked' as const, rdvIds: [found(alone)] }
  expect(await cancelFollowing(ctxFor(db, { actor }), question)).toEqual({ ok: false, reason: 'nothing-left' })
})
