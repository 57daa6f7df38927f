import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeGrants } from '@/db/testing/make'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from '@/server/access/rules/grants'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { seeNews } from '../commands/see-news'
import { tellAgents } from '../jobs/tell-agents'
import { countMyNews, listMyNews } from './my-news'

const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  here = await makeBookablePlace(db)
  const place = { territoryId: here.territory.id, organisationId: here.organisation.id }
  await makeGrants(db, defaultGrantsOfOrganisation(place))
  await makeGrants(db, defaultGrantsOfMember(place, { agentId: agentId(), serviceIds: [here.service.id] }))
})

const agentId = () => here.agents[0]?.id ?? 0
const me = async (minutes = 0) =>
  ctxFor(db, { actor: await signedInAs(db, agentId()), now: new Date(NOW.getTime() + minutes * 60_000) })

/** Booked online: its agent is told. Rows are written by the database's own clock. */
async function told() {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(here, new Date('2027-03-02T08:00:00Z')))
  if (!outcome.ok) throw new Error(outcome.reason)
  await tellAgents(ctxFor(db), { rdvId: outcome.value.rdvId, isSettled: false })
  await db.execute(
    sql`update messages set created_at = ${NOW.toISOString()}::timestamptz where agent_id = ${agentId()}`,
  )
  return outcome.value
}

test('what an agent is told of is listed, new until they say they have seen it, and once', async () => {
  const { rdvId } = await told()
  const ctx = await me(1)
  expect(await countMyNews(ctx)).toBe(1)
  expect(await listMyNews(ctx)).toMatchObject([{ news: 'placed', isNew: true, rdv: { rdvId } }])
  await Promise.all([seeNews(ctx), seeNews(ctx)])
  expect(await countMyNews(ctx)).toBe(0)
  expect(await listMyNews(ctx)).toMatchObject([{ news: 'placed', isNew: false }])
  const events = await db.execute(sql`select from events where kind = 'agent.news-seen' and subject_id = ${agentId()}`)
  expect(events).toHaveLength(1)
})

test('nobody else’s are listed', async () => {
  await told()
  const other = await makeBookablePlace(db)
  const actor = adminOf(other, other.agents[0]?.id ?? 0)
  expect(await listMyNews(ctxFor(db, { actor }))).toEqual([])
})

test('of an RDV beyond reach by now, only that something happened', async () => {
  await told()
  const other = await makeBookablePlace(db)
  await db.execute(sql`
    insert into agent_roles (agent_id, territory_id, organisation_id) values (${agentId()}, ${other.territory.id}, ${other.organisation.id})`)
  await db.execute(
    sql`delete from agent_roles where agent_id = ${agentId()} and organisation_id = ${here.organisation.id}`,
  )
  await db.execute(sql`delete from grants where territory_id = ${here.territory.id}`)
  expect(await listMyNews(await me(1))).toMatchObject([{ news: 'placed', rdv: null }])
})

test('what was dropped, or is older than thirty days, is no news', async () => {
  await told()
  expect(await countMyNews(await me(31 * 1440))).toBe(0)
  await db.execute(sql`update messages set state = 'dropped', failure = 'obsolete' where agent_id = ${agentId()}`)
  expect(await countMyNews(await me(1))).toBe(0)
})
