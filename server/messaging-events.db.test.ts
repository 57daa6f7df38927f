import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, heldNow, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeLieu, makeUsager } from '@/db/testing/make'
import { bookSlot } from './booking/commands/book-slot'
import { cancelByLink } from './booking/commands/cancel-by-link'
import { createRdv } from './booking/commands/create-rdv'
import { rescheduleRdv } from './booking/commands/reschedule-rdv'
import { setArrival } from './booking/commands/set-arrival'
import { setStatus } from './booking/commands/set-status'
import { WARNING_KINDS } from './booking/rules/warnings'
import type { Status } from './booking/rules/status'
import { tellAs } from '@/db/testing/tell'
import { tokenOf } from './platform/tokens'
import { findReaction } from './wiring'

// Each row of « People (usagers) » in docs/messages.md, from the real command to the messages that wait.

const NINE = new Date('2027-03-02T08:00:00Z')
/** An hour in which messages leave. */
const TEN = new Date('2027-03-01T09:00:00Z')
const SETTLED = new Date(TEN.getTime() + 2 * 60_000)

const { db } = await ownDatabase()
let heard = 0

type World = { place: BookablePlace; rdvId: number; linkId: number; participationId: number }
const asAgent = ({ place }: { place: BookablePlace }, now = TEN) =>
  ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0), now })

/** Every reaction of every fact since the last time, as the worker runs them. */
async function hear(now: Date) {
  const facts = await db.execute<{
    id: number
    kind: string
    subject: { kind: string; id: number }
    territoryId: number
    payload: object
  }>(sql`
    select id::float8 as id, kind, territory_id::float8 as "territoryId", payload,
           json_build_object('kind', subject_kind, 'id', subject_id) as subject
    from events where id > ${heard} order by id`)
  for (const { id, ...fact } of facts) {
    heard = id
    for (const name of ['tellUsager', 'planReminders']) {
      const reaction = findReaction(fact.kind, name)
      if (reaction)
        await reaction(ctxFor(db, { actor: { kind: 'system', job: 'react' }, now }), { ...fact, id, occurredAt: now })
    }
  }
}

const told = async (rdvId: number): Promise<string[]> => {
  const rows = await db.execute<{ words: string }>(
    sql`select news || ' ' || channel as words from messages where rdv_id = ${rdvId} and participation_id is not null order by id`,
  )
  return rows.map(({ words }) => words)
}

/** A person with both ways to be reached; `isTold`: they were told already, and it is a thing of the past. */
async function booked({ isTold = true } = {}): Promise<World> {
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  if (isTold) {
    await hear(NOW)
    await db.execute(sql`delete from messages where rdv_id = ${outcome.value.rdvId}`)
  }
  return { place, ...outcome.value }
}

const set = (from: Status, to: Status) => async (world: World) =>
  void (await setStatus(asAgent(world), { rdvId: world.rdvId, from, to }))
const reschedule = (over: (world: World) => Promise<object> | object) => async (world: World) => {
  const held = await heldNow(db, world.rdvId)
  const outcome = await rescheduleRdv(asAgent(world), {
    ...held,
    ...(await over(world)),
    acknowledged: [...WARNING_KINDS],
  })
  if (!outcome.ok) throw new Error(outcome.reason)
}
const inTurn =
  (...acts: ((world: World) => Promise<void>)[]) =>
  async (world: World) => {
    for (const act of acts) await act(world)
  }
const sqlAct = (query: (world: World) => ReturnType<typeof sql>) => async (world: World) =>
  void (await db.execute(query(world)))

const BOTH = (news: string) => [`${news} mail`, `${news} sms`]
const later = new Date(NINE.getTime() + 30 * 60_000)

type Row = [what: string, act: (world: World) => Promise<void>, atOnce: string[], afterTwoMinutes: string[]]
const ROWS: Row[] = [
  ['another start', reschedule(() => ({ startAt: later })), [], BOTH('moved')],
  ['another end', reschedule(() => ({ durationMin: 45 })), [], BOTH('moved')],
  [
    'another lieu',
    reschedule(async ({ place }) => ({
      lieuId: (await makeLieu(db, { territoryId: place.territory.id, organisationId: place.organisation.id })).id,
    })),
    [],
    BOTH('moved'),
  ],
  [
    'other agents alone',
    reschedule(async ({ place }) => ({
      agentIds: [
        (
          await makeAgent(db, {
            territoryId: place.territory.id,
            organisationId: place.organisation.id,
            serviceId: place.service.id,
          })
        ).id,
      ],
    })),
    [],
    [],
  ],
  ['cancelled by an agent (revoked)', set('unknown', 'revoked'), [], BOTH('cancelled')],
  ['cancelled by an agent (excused)', set('unknown', 'excused'), [], BOTH('cancelled')],
  [
    'cancelled by the person',
    async ({ linkId }) => void (await cancelByLink(ctxFor(db, { now: TEN }), { token: tokenOf('rdv-link', linkId) })),
    [],
    ['cancelled mail'],
  ],
  [
    'arrived',
    async (world) =>
      void (await setArrival(asAgent(world, new Date('2027-03-02T07:55:00Z')), { ...world, isHere: true })),
    [],
    [],
  ],
  ['a context written', sqlAct(({ rdvId }) => sql`update rdvs set context = 'x' where id = ${rdvId}`), [], []],
  ['cancelled, undone within two minutes', inTurn(set('unknown', 'revoked'), set('revoked', 'unknown')), [], []],
  [
    'moved, and back within two minutes',
    inTurn(
      reschedule(() => ({ startAt: later })),
      reschedule(() => ({ startAt: NINE })),
    ),
    [],
    [],
  ],
  [
    'moved twice within two minutes',
    inTurn(
      reschedule(() => ({ startAt: later })),
      reschedule(() => ({ durationMin: 60 })),
    ),
    [],
    BOTH('moved'),
  ],
  [
    'moved, then cancelled within two minutes',
    inTurn(
      reschedule(() => ({ startAt: later })),
      set('unknown', 'revoked'),
    ),
    [],
    BOTH('cancelled'),
  ],
]

describe('what a person who knows of their RDV is told, and when', () => {
  test.each(ROWS)('%s', async (_, act, atOnce, afterTwoMinutes) => {
    const world = await booked()
    await act(world)
    await hear(TEN)
    expect(await told(world.rdvId)).toEqual(atOnce)
    await tellAs(ctxFor(db, { now: SETTLED }), {
      rdvId: world.rdvId,
      byAgent: await isByAgent(world.rdvId),
      isSettled: true,
    })
    expect(await told(world.rdvId)).toEqual(afterTwoMinutes)
  })

  /** As the job that was put off says. */
  async function isByAgent(rdvId: number): Promise<boolean> {
    const [job] = await db.execute<{ byAgent: boolean }>(sql`
      select payload ->> 'byParticipationId' is null as "byAgent" from graphile_worker._private_jobs
      where key = ${`tell-rdv-${String(rdvId)}`}`)
    return job?.byAgent ?? false
  }

  test('standing again, once they were told it was cancelled: at once', async () => {
    const world = await booked()
    await set('unknown', 'revoked')(world)
    await hear(TEN)
    await tellAs(ctxFor(db, { now: SETTLED }), { rdvId: world.rdvId, byAgent: true, isSettled: true })
    await db.execute(sql`update messages set state = 'sent' where rdv_id = ${world.rdvId}`)
    await set('revoked', 'unknown')(world)
    await hear(SETTLED)
    await tellAs(ctxFor(db, { now: SETTLED }), { rdvId: world.rdvId, byAgent: true, isSettled: true })
    expect(await told(world.rdvId)).toEqual([...BOTH('cancelled'), ...BOTH('created')])
  })

  test.each(['seen', 'noshow'] as const)('%s: nothing, it has begun', async (status) => {
    const world = await booked()
    const begun = new Date(NINE.getTime() + 60_000)
    await setStatus(asAgent(world, begun), { rdvId: world.rdvId, from: 'unknown', to: status })
    await hear(begun)
    expect(await told(world.rdvId)).toEqual([])
  })
})

describe('a first word', () => {
  test('of an RDV booked online: at once, even at night', async () => {
    const { rdvId } = await booked({ isTold: false })
    await hear(NOW)
    expect(await told(rdvId)).toEqual(BOTH('created'))
  })

  test('of one placed by an agent: at once', async () => {
    const place = await makeBookablePlace(db)
    const usager = await makeUsager(db, place.territory.id, {
      email: 'lea@example.org',
      phone: '0612345678',
      phoneE164: '+33612345678',
    })
    await db.execute(
      sql`insert into usager_organisations (territory_id, usager_id, organisation_id) values (${place.territory.id}, ${usager.id}, ${place.organisation.id}) on conflict do nothing`,
    )
    const created = await createRdv(asAgent({ place }), {
      ...{ motifId: place.motif.id, lieuId: place.lieu.id, startAt: NINE, agentIds: [place.agents[0]?.id ?? 0] },
      ...{ usagerIds: [usager.id], acknowledged: [...WARNING_KINDS] },
    })
    if (!created.ok) throw new Error(created.reason)
    await hear(TEN)
    expect(await told(created.value.rdvId)).toEqual(BOTH('created'))
  })
})
