import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, heldNow, NOW, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants, makeUsager } from '@/db/testing/make'
import { recording } from '@/scripts/bench/statements'
import { found } from '@/server/kernel/errors'
import { makeCtx } from '@/server/platform/ctx'
import { listAbsences } from '@/server/scheduling/queries/absences'
import { searchAgentSlots } from '../queries/agent-slots'
import { judgeAbsence } from '../queries/away'
import { listRdvHistory } from '../queries/rdv-history'
import { WARNING_KINDS } from '../rules/warnings'
import type { SaveAbsence } from '../schema'
import { bookSlot } from './book-slot'
import { createRdv } from './create-rdv'
import { rescheduleRdv } from './reschedule-rdv'
import { saveAbsence } from './save-absence'

const { db } = await ownDatabase()
let place: BookablePlace
let me: Awaited<ReturnType<typeof as>>
beforeEach(async () => {
  place = await makeBookablePlace(db, { agentCount: 2 })
  me = await as(agentOf(0))
})

/** A Tuesday; both agents receive every day from 9 to 12, in Paris. */
const DAY = '2027-03-02'
const at = (clock: string, day = DAY) => new Date(`${day}T${clock}Z`)
const NEXT = '2027-03-03'

const agentOf = (index: number, of = place) => of.agents[index]?.id ?? 0
async function as(agentId: number) {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const away = (over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  ...{ agentIds: [agentOf(0)], target: null, kind: 'leave', title: '', color: null },
  ...{ firstDay: DAY, startMin: 0, lastDay: DAY, endMin: 1440, rrule: null, known: null, fates: [] },
  ...over,
})
async function placeRdv(startAt: Date, agentIds = [agentOf(0)], usagerId?: number): Promise<number> {
  const outcome = await createRdv(ctxFor(db, { actor: adminOf(place, agentOf(0)) }), {
    ...{ motifId: place.motif.id, lieuId: place.lieu.id, agentIds, startAt, acknowledged: [...WARNING_KINDS] },
    usagerIds: [usagerId ?? (await makeUsager(db, place.territory.id)).id],
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}
type Fate = SaveAbsence['fates'][number]
const move = (rdvId: number, startAt: Date): Fate => ({ rdvId, fate: 'move', to: { startAt, sequence: 0 } })
/** What the page showed is sent back with it. */
async function save(input: SaveAbsence, by = me) {
  const { known, refusals } = await judgeAbsence(by, input)
  const saved = await saveAbsence(by, { ...input, known })
  return saved.ok ? saved.value : [saved.reason, ...refusals.map(({ reason }) => reason)]
}
const offered = async (input: SaveAbsence, by = me) => (await judgeAbsence(by, input)).offers
const startsOf = async (input: SaveAbsence, rdvId: number, by = me) =>
  (await offered(input, by)).find((one) => one.rdvId === rdvId)?.startsAt ?? null
const startOf = async (rdvId: number) => (await heldNow(db, rdvId)).startAt
const absenceCount = async () => (await listAbsences(me, { agentId: agentOf(0), period: 'current' })).length

/** The first agent, to whom the second opens their agenda. */
async function asBoth() {
  await makeGrants(db, [
    {
      territoryId: place.territory.id,
      grantee: { kind: 'agent', agentId: agentOf(0) },
      target: { kind: 'agent', agentId: agentOf(1) },
      ...{ level: 'write', organisationIds: [place.organisation.id], serviceIds: [place.service.id] },
    },
  ])
  return as(agentOf(0))
}

describe('the times offered before an absence is saved', () => {
  test('are the next that are free, as the search finds them once it is saved, and none twice', async () => {
    const [one, other] = [await placeRdv(at('08:00')), await placeRdv(at('08:30'))]
    await placeRdv(at('08:00', NEXT))
    const input = away({ rrule: 'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270320' })
    const offers = await offered(input)
    expect(offers.map(({ rdvId, whyNone }) => [rdvId, whyNone])).toEqual([
      [one, null],
      [other, null],
    ])
    const all = offers.flatMap(({ startsAt }) => startsAt).sort((a, b) => a.getTime() - b.getTime())
    await save(input)
    const { days } = await searchAgentSlots(me, {
      ...{ motifId: place.motif.id, agents: [agentOf(0)], groupIds: [], lieux: 'any', fromDay: DAY, together: false },
    })
    expect(all).toEqual(days.flatMap(({ slots }) => slots.map(({ startAt }) => startAt)).slice(0, 10))
    expect(all).toHaveLength(10)
  })

  test('lie beside it on the same day too, on no day the person comes for the same motif', async () => {
    const { id } = await makeUsager(db, place.territory.id)
    const rdvId = await placeRdv(at('08:00'), undefined, id)
    await placeRdv(at('10:00', NEXT), undefined, id)
    const short = away({ startMin: 9 * 60, endMin: 10 * 60 + 30 })
    expect(await startsOf(short, rdvId)).toEqual(
      ['09:30', '10:00', '10:30']
        .map((clock) => at(clock))
        .concat(at('08:00', '2027-03-04'), at('08:30', '2027-03-04')),
    )
  })

  test('keep the one already chosen', async () => {
    const rdvId = await placeRdv(at('08:00'))
    const chosen = at('10:00', '2027-03-12')
    expect(await startsOf(away({ fates: [move(rdvId, chosen)] }), rdvId)).toContainEqual(chosen)
  })

  test('are of all its agents at once, and of nobody when one of their agendas is not open', async () => {
    const team = [agentOf(0), agentOf(1)]
    const rdvId = await placeRdv(at('08:00'), team)
    await placeRdv(at('08:00', NEXT), [agentOf(1)])
    expect(await offered(away())).toMatchObject([{ rdvId, startsAt: [], whyNone: 'team-closed' }])
    const input = away({ fates: [move(rdvId, at('08:30', NEXT))] })
    expect(await save(input)).toEqual(['rdv-refused', 'team-closed'])
    const both = await asBoth()
    expect((await startsOf(away(), rdvId, both))?.[0]).toEqual(at('08:30', NEXT))
    expect(await save(input, both)).toMatchObject({ movedCount: 1 })
    expect(await heldNow(db, rdvId)).toMatchObject({ startAt: at('08:30', NEXT), agentIds: team })
  })

  test('and the moves themselves cost as many statements for seven RDVs as for two', async () => {
    const clocks = ['08:00', '08:30', '09:00', '09:30', '10:00', '10:30']
    const ids = [await placeRdv(at('08:00', '2027-03-16')), await placeRdv(at('08:30', '2027-03-16'))]
    for (const clock of clocks) ids.push(await placeRdv(at(clock)))
    const seen = recording(db)
    const actor = me.actor
    const watched = { ...makeCtx(seen.db, { actor, now: NOW, requestId: 'moves', clientAddress: null }), actor }
    const count = async (day: string) => {
      const input = away({ firstDay: day, lastDay: day })
      seen.forget()
      const { offers, known } = await judgeAbsence(watched, input)
      const judging = seen.statements.length
      const fates = offers.map(({ rdvId, startsAt }) => move(rdvId, found(startsAt[0])))
      expect(await saveAbsence(watched, { ...input, known, fates })).toMatchObject({
        value: { movedCount: fates.length },
      })
      return [judging, seen.statements.length - judging]
    }
    expect(await count(DAY)).toEqual(await count('2027-03-16'))
  })
})

describe('an RDV moved with the save', () => {
  test('is moved like every other: its line in the history, its event, its agent’s time', async () => {
    const [moved, cancelled, later] = [
      await placeRdv(at('08:00')),
      await placeRdv(at('08:30')),
      await placeRdv(at('09:00')),
    ]
    await db.execute(sql`update participations set arrived_at = now() where rdv_id = ${moved}`)
    const fates: Fate[] = [
      move(moved, at('09:00', NEXT)),
      { rdvId: cancelled, fate: 'cancel' },
      { rdvId: later, fate: 'move' },
    ]
    const saved = await save(away({ fates }))
    expect(saved).toMatchObject({ movedCount: 1, cancelledCount: 1 })
    expect(await heldNow(db, moved)).toMatchObject({ startAt: at('09:00', NEXT), knownSequence: 1, durationMin: 30 })
    expect(await startOf(later)).toEqual(at('09:00'))
    const lines = (await listRdvHistory(me, { rdvId: moved })).filter(({ kind }) => kind === 'rdv.moved')
    expect(lines.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['startsAt', at('08:00').toISOString(), at('09:00', NEXT).toISOString()],
    ])
    const told = await db.execute(sql`
      select e.payload, p.arrived_at from events e join outbox o on o.event_id = e.id join participations p on p.rdv_id = e.subject_id
      where e.kind = 'rdv.moved' and e.subject_id = ${moved} and e.actor_id = ${agentOf(0)}`)
    expect([...told]).toEqual([
      { payload: { agentIds: [agentOf(0)], acknowledgedOverlap: false, byParticipationId: null }, arrived_at: null },
    ])
  })

  const refusals: [string, (rdvId: number) => unknown, Partial<{ to: Date }>, string][] = [
    ['whose time is taken meanwhile', () => placeRdv(at('09:00', NEXT)), {}, 'taken'],
    ['to a time within the absence', () => null, { to: at('10:00') }, 'taken'],
    ['to a time outside any opening', () => null, { to: at('15:00', NEXT) }, 'taken'],
    ['to the past', () => null, { to: new Date(NOW.getTime() - 86_400_000) }, 'taken'],
    ['to another century', () => null, { to: at('09:00', '2150-03-03') }, 'taken'],
    [
      'whose motif is offered no more',
      () => db.execute(sql`update motifs set deleted_at = now() where id = ${place.motif.id}`),
      {},
      'motif-closed',
    ],
    [
      'moved by somebody meanwhile',
      async (rdvId) =>
        rescheduleRdv(me, { ...(await heldNow(db, rdvId)), startAt: at('10:30'), acknowledged: [...WARNING_KINDS] }),
      {},
      'changed',
    ],
  ]
  test.each(refusals)('%s refuses the whole, and says so: nothing is saved', async (_what, meanwhile, over, reason) => {
    const [rdvId, other] = [await placeRdv(at('08:00')), await placeRdv(at('08:30'))]
    await meanwhile(rdvId)
    const before = await startOf(rdvId)
    const input = away({ fates: [move(rdvId, over.to ?? at('09:00', NEXT)), move(other, at('09:30', NEXT))] })
    const said = await save(input)
    expect(said).toEqual(expect.arrayContaining(['rdv-refused', reason]))
    expect([await startOf(rdvId), await startOf(other), await absenceCount()]).toEqual([before, at('08:30'), 0])
  })

  test('beside another to the same time is refused, both told', async () => {
    const [one, other] = [await placeRdv(at('08:00')), await placeRdv(at('08:30'))]
    const fates = [move(one, at('09:00', NEXT)), move(other, at('09:15', NEXT))]
    expect(await save(away({ fates }))).toEqual(['rdv-refused', 'twice', 'twice'])
    expect([await startOf(one), await absenceCount()]).toEqual([at('08:00'), 0])
  })

  test('that the change does not hurt, or that one may not write or read, is neither moved nor told of', async () => {
    const beside = await placeRdv(at('10:30'))
    const theirs = await makeBookablePlace(db)
    const booked = await bookSlot(ctxFor(db), bookingQuestion(theirs, at('08:00')))
    if (!booked.ok) throw new Error(booked.reason)
    const foreign = booked.value.rdvId
    const morning = { startMin: 9 * 60, endMin: 10 * 60 }
    for (const rdvId of [beside, foreign, 999_999_999]) {
      const input = away({ ...morning, fates: [move(rdvId, at('09:00', NEXT))] })
      const { offers, rdvs } = await judgeAbsence(me, input)
      expect([offers, rdvs]).toEqual([[], []])
      expect(await saveAbsence(me, input)).toEqual({ ok: false, reason: 'rdv-refused' })
    }
    expect([await startOf(beside), await startOf(foreign)]).toEqual([at('10:30'), at('08:00')])

    // A colleague who may write the agenda, but only RDVs of another service.
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const colleague = await makeAgent(db, { ...here, serviceId: place.service.id })
    await makeGrants(db, [
      {
        territoryId: place.territory.id,
        grantee: { kind: 'agent', agentId: colleague.id },
        target: { kind: 'agent', agentId: agentOf(0) },
        ...{ level: 'write', organisationIds: [place.organisation.id], serviceIds: [theirs.service.id] },
      },
    ])
    const they = await as(colleague.id)
    const input = away({ fates: [move(beside, at('09:00', NEXT))] })
    expect(await offered(input, they)).toEqual([])
    expect(await save(input, they)).toEqual(expect.arrayContaining(['rdv-refused']))
    expect(await startOf(beside)).toEqual(at('10:30'))
  })

  test('while somebody books that time: one has it, and the other is told', async () => {
    for (let round = 0; round < 10; round++) {
      const day = new Date(Date.UTC(2027, 3, 5 + round)).toISOString().slice(0, 10)
      const [rdvId, free] = [await placeRdv(at('07:00', day)), at('08:30', day)]
      const input = away({ firstDay: day, lastDay: day, startMin: 9 * 60, endMin: 10 * 60, fates: [move(rdvId, free)] })
      const { known } = await judgeAbsence(me, input)
      await db.execute(sql`delete from agent_roles where agent_id = ${agentOf(1)}`)
      const [booked, saved] = await Promise.all([
        bookSlot(ctxFor(db), bookingQuestion(place, free)),
        saveAbsence(me, { ...input, known }),
      ])
      expect([booked.ok, saved.ok].filter(Boolean)).toHaveLength(1)
      if (!saved.ok) expect(['rdv-refused', 'to-acknowledge']).toContain(saved.reason)
      expect(await startOf(rdvId)).toEqual(saved.ok ? free : at('07:00', day))
    }
  })

  test('while another save moves one to the same time: never both, and nobody waits for ever', async () => {
    const both = await asBoth()
    const team = [agentOf(0), agentOf(1)]
    for (let round = 0; round < 8; round++) {
      const [one, other] = [await placeRdv(at('08:00'), team), await placeRdv(at('08:30'), team)]
      const free = at('09:00', new Date(Date.UTC(2027, 3, 5 + round)).toISOString().slice(0, 10))
      const inputs = [
        away({ agentIds: [agentOf(0)], endMin: 570, fates: [move(one, free)] }),
        away({ agentIds: [agentOf(1)], startMin: 570, endMin: 600, fates: [move(other, free)] }),
      ]
      const saved = await Promise.all(
        inputs.map(async (input) => {
          const { known } = await judgeAbsence(both, input)
          return saveAbsence(both, { ...input, known })
        }),
      )
      expect(saved.filter(({ ok }) => ok)).toHaveLength(1)
      const starts = [await startOf(one), await startOf(other)]
      expect(starts.filter((start) => start.getTime() === free.getTime())).toHaveLength(1)
      await db.execute(sql`delete from absences where agent_id in (${agentOf(0)}, ${agentOf(1)})`)
      await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id in (${one}, ${other})`)
    }
  })
})
