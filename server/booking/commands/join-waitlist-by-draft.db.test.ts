import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { territoryRoles } from '@/db/schema'
import { ctxFor, NOW, signedInAs, tally, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
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

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
let here: BookablePlace
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
  await makeCommune(db)
})
afterAll(() => database.close())
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { minLeadMin: 24 * 60 } })
})

const now = { now: new Date(NOW.getTime() + 3 * 3_600_000) }
const SAM = { firstName: 'Sam', lastName: 'Diallo', phone: '06 12 34 56 78' }
const tunnelOf = ({ service, motif, lieu }: BookablePlace) => ({
  ...{ commune: '62498', service: service.id, motif: motifKey(motif), lieu: lieu.id },
})

async function join(answers: DraftAnswers = SAM, place = here) {
  const { draftId } = await saveDraft(ctxFor(db, now), { tunnel: tunnelOf(place), answers })
  return joinWaitlistByDraft(ctxFor(db, now), { draftId })
}
async function joined(answers?: DraftAnswers, place?: BookablePlace): Promise<string> {
  const outcome = await join(answers, place)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.waitPath.replace('/attente/', '')
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
    expect(await getWait(ctxFor(db, now), { token })).toMatchObject({ rdvStartAt: null, offer: { isHeld: true } })
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
    const token = await joined()
    expect(tally(await Promise.all([join(), join()]))).toEqual({ done: 2 })
    expect(await joined()).toBe(token)
    expect(await counted()).toEqual({ waits: 1, people: 1, rdvs: 0 })
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
