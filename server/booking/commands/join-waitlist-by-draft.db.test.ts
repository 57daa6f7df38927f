import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { territoryRoles } from '@/db/schema'
import { ctxFor, NOW, signedInAs, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune, makeMotif } from '@/db/testing/make'
import { setWaitlist } from '@/server/directory/commands/set-waitlist'
import { motifKey } from '@/server/directory/rules/motif'
import { tokenOf } from '@/server/platform/tokens'
import { fillWaitlist } from '../jobs/waitlist'
import { getOffer, getWait } from '../queries/waits'
import { MAX_WAITS } from '../rules/waitlist'
import type { DraftAnswers } from '../schema'
import { acceptOffer } from './accept-offer'
import { joinWaitlistByDraft } from './join-waitlist-by-draft'
import { leaveWaitlist } from './leave-waitlist'
import { saveDraft } from './save-draft'

const { db } = await ownDatabase()
let here: BookablePlace
beforeAll(async () => {
  await makeCommune(db)
})
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { minLeadMin: 24 * 60 + 30 } })
})

const now = { now: new Date(NOW.getTime() + 3 * 3_600_000) }
const SAM = { firstName: 'Sam', lastName: 'Diallo', phone: '06 12 34 56 78' }
const tunnelOf = ({ service, motif, lieu }: BookablePlace) => ({
  ...{ commune: '62498', service: service.id, motif: motifKey(motif), lieu: lieu.id },
})

/** Nobody receives while somebody asks to be told; then the agent is back. */
async function away(isAway: boolean) {
  const agentId = here.agents[0]?.id ?? 0
  await db.execute(sql`delete from absences where agent_id = ${agentId}`)
  if (!isAway) return
  await db.execute(sql`
    insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
    values (${agentId}, 'Europe/Paris', 'Congé', '2027-03-01', 0, '2028-03-01', 1440)`)
}

async function join(answers: DraftAnswers = SAM, place = here) {
  await away(true)
  const outcome = await asked(answers, place)
  await away(false)
  return outcome
}
async function asked(answers: DraftAnswers = SAM, place = here) {
  const { draftId } = await saveDraft(ctxFor(db, now), { tunnel: tunnelOf(place), answers })
  return joinWaitlistByDraft(ctxFor(db, now), { draftId })
}
async function joined(answers?: DraftAnswers, place?: BookablePlace): Promise<string> {
  const outcome = await join(answers, place)
  if (!outcome.ok) throw new Error(outcome.reason)
  const [row] = await db.execute<{ id: number }>(
    sql`select max(id)::float8 as id from waitlist_entries where territory_id = ${(place ?? here).territory.id}`,
  )
  return tokenOf('waitlist-entry', row?.id ?? 0)
}
const fill = () => fillWaitlist(ctxFor(db, now), { territoryId: here.territory.id })
const offerToken = async () => {
  const [row] = await db.execute<{ id: number }>(sql`
    select id::float8 as id from waitlist_offers where territory_id = ${here.territory.id} and state = 'open'`)
  return tokenOf('waitlist-offer', row?.id ?? 0)
}
const accept = async (token: string) => acceptOffer(ctxFor(db, now), { token })
const counted = async () => {
  const [row] = await db.execute(sql`
    select (select count(*)::integer from waitlist_entries where territory_id = ${here.territory.id}) as waits,
           (select count(*)::integer from usagers where territory_id = ${here.territory.id}) as people,
           (select count(*)::integer from rdvs where territory_id = ${here.territory.id}) as rdvs`)
  return row
}

describe('who has no RDV', () => {
  test('waits, is offered a slot, accepts it, and has one', async () => {
    const token = await joined()
    expect(await counted()).toEqual({ waits: 1, people: 1, rdvs: 0 })
    await fill()
    expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ rdvStartAt: null, endedBy: null })
    const offer = await offerToken()
    const outcome = await accept(offer)
    expect(outcome).toMatchObject({ ok: true })
    expect(await counted()).toEqual({ waits: 1, people: 1, rdvs: 1 })
    const [rdv] = await db.execute(sql`
      select r.author_kind, p.contact_phone, p.notifies_reminder from rdvs r join participations p on p.rdv_id = r.id
      where r.territory_id = ${here.territory.id}`)
    expect(rdv).toEqual({ author_kind: 'usager', contact_phone: '+33612345678', notifies_reminder: true })
    expect(await getOffer(ctxFor(db, now), { token: offer })).toMatchObject({
      ...{ endedBy: 'served', rdvPath: outcome.ok ? outcome.value.linkPath : '' },
      offer: { state: 'accepted' },
    })
    // Whoever holds the link of the wait typed a name and a number, and no more.
    expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ endedBy: 'served', rdvPath: null })
  })

  test('who presses twice has one', async () => {
    await joined()
    await fill()
    const offer = await offerToken()
    expect(tally(await Promise.all([accept(offer), accept(offer)]))).toEqual({ done: 2 })
    expect(await accept(offer)).toMatchObject({ ok: true })
    expect(await counted()).toMatchObject({ rdvs: 1 })
  })

  test('who asks again waits once', async () => {
    await joined()
    await away(true)
    // Answered as the first time: anybody may type anybody's name and number.
    expect(await Promise.all([asked(), asked()])).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    expect(await counted()).toEqual({ waits: 1, people: 1, rdvs: 0 })
  })

  test('by another number waits there too, and neither reads the other’s', async () => {
    const mine = await joined({ ...SAM, email: 'sam@example.org' })
    const theirs = await joined({ ...SAM, phone: '06 98 76 54 32', email: 'sam@example.org' })
    expect(theirs).not.toBe(mine)
    expect(await counted()).toEqual({ waits: 2, people: 1, rdvs: 0 })
  })

  test('where a slot is free, chooses it rather than waits', async () => {
    expect(await asked()).toEqual({ ok: false, reason: 'slots-left' })
    expect(await counted()).toEqual({ waits: 0, people: 0, rdvs: 0 })
  })

  test('of a confidential motif, nobody waits for a proche: they could not be told', async () => {
    await db.execute(sql`update motifs set is_confidential = true where id = ${here.motif.id}`)
    const relative = { forRelative: 'oui', relativeFirstName: 'Noé', relativeLastName: 'Diallo' }
    expect(await join({ ...SAM, ...relative })).toEqual({ ok: false, reason: 'not-reached' })
  })

  test('whose file is gone is offered nothing, and books nothing', async () => {
    await joined()
    await fill()
    await db.execute(sql`update usagers set deleted_at = now() where territory_id = ${here.territory.id}`)
    expect(await accept(await offerToken())).toEqual({ ok: false, reason: 'not-open' })
    await fill()
    const holds = await db.execute(
      sql`select from agent_times where agent_id = ${here.agents[0]?.id} and kind = 'hold'`,
    )
    expect(holds).toHaveLength(0)
  })

  test('for a proche, waits for the proche', async () => {
    await joined({ ...SAM, forRelative: 'oui', relativeFirstName: 'Noé', relativeLastName: 'Diallo' })
    const [row] = await db.execute(sql`
      select u.first_name from waitlist_entries e join usagers u on u.id = e.usager_id where e.territory_id = ${here.territory.id}`)
    expect(row).toEqual({ first_name: 'Noé' })
  })

  test('waits for so many motifs, and no more', async () => {
    const { territory, organisation, service, lieu } = here
    const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
    for (let i = 0; i <= MAX_WAITS; i++) {
      const motif = await makeMotif(db, place)
      await db.execute(sql`
        insert into opening_motifs (territory_id, opening_id, motif_id)
        select territory_id, id, ${motif.id} from openings where lieu_id = ${lieu.id}`)
      expect((await join(SAM, { ...here, motif })).ok).toBe(i < MAX_WAITS)
    }
  })

  test('waits whatever somebody else began to wait for in their name, by another number', async () => {
    for (let i = 0; i < MAX_WAITS; i++)
      await joined({ ...SAM, phone: `06 98 76 54 3${String(i)}`, email: 'sam@example.org' })
    expect(await join({ ...SAM, email: 'sam@example.org' })).toMatchObject({ ok: true })
    expect(await counted()).toEqual({ waits: MAX_WAITS + 1, people: 1, rdvs: 0 })
  })

  test('whose wait ends because they booked by themselves: its link does not say so', async () => {
    const token = await joined()
    await db.execute(sql`
      update waitlist_entries set ended_at = now(), ended_by = 'served' where territory_id = ${here.territory.id}`)
    expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ endedBy: 'over', rdvStartAt: null })
  })

  test('leaves by their link', async () => {
    const token = await joined()
    await leaveWaitlist(ctxFor(db, now), { token })
    expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ endedBy: 'left' })
    expect(await fill()).toEqual({ offerCount: 0 })
  })

  test.each<[string, DraftAnswers, string]>([
    ['without a name', { phone: SAM.phone }, 'draft-incomplete'],
    ['without any way to be reached', { firstName: 'Sam', lastName: 'Diallo' }, 'draft-incomplete'],
  ])('%s, waits for nothing', async (_, answers, reason) => {
    expect(await join(answers)).toEqual({ ok: false, reason })
    expect(await counted()).toMatchObject({ waits: 0, people: 0 })
  })

  test('with a draft that is gone, is told so', async () =>
    expect(await joinWaitlistByDraft(ctxFor(db, now), { draftId: randomUUID() })).toEqual({
      ...{ ok: false, reason: 'draft-expired' },
    }))
})

test('a territory that keeps no slot any more ends every wait, and lets nobody in', async () => {
  const agentId = here.agents[0]?.id ?? 0
  await db.insert(territoryRoles).values({ agentId, territoryId: here.territory.id, isAdmin: true })
  const actor = await signedInAs(db, agentId)
  const token = await joined()
  await fill()
  await setWaitlist(ctxFor(db, { ...now, actor }), { territoryId: here.territory.id, holdMin: null })
  await fill()
  expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ endedBy: 'over', offer: null })
  const holds = await db.execute(sql`select from agent_times where agent_id = ${agentId} and kind = 'hold'`)
  expect(holds).toHaveLength(0)
  expect(await join()).toEqual({ ok: false, reason: 'closed' })
})
