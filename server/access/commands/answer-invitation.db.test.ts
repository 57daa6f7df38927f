import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { ctxFor, NOW, signedInAs, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeWorkplace } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { memberInvited } from '../events/rights'
import { listInvitations, listMyInvitations } from '../queries/invitations'
import { onPlaceOffered } from '../reactions'
import { levelOnAgenda, reachOf } from '../rules/reach'
import { answerInvitation, cancelInvitation } from './answer-invitation'
import { inviteAgent } from './invite-agent'
import { leaveOrganisation } from './leave-organisation'
import { renewInvitation } from './renew-invitation'

const { db } = await ownDatabase()

const DAY_MS = 86_400_000
const as = async (agentId: number, days = 0) => {
  const actor = await signedInAs(db, agentId)
  return ctxFor(db, { actor, now: new Date(NOW.getTime() + days * DAY_MS) })
}

/** Two territories: the admin of an organisation of one asks an agent of the other. */
async function asked() {
  const [here, there] = [await makeWorkplace(db), await makeWorkplace(db)]
  const admin = await makeAgent(db, here, { level: 'admin' })
  const agent = await makeAgent(db, there)
  const boss = await makeAgent(db, there, { level: 'admin' })
  const { organisationId } = here
  const person = { firstName: 'Inès', lastName: 'Morel', email: agent.email ?? '', serviceIds: [here.serviceId] }
  const invite = async () =>
    inviteAgent(await as(admin.id), { organisationId, role: 'secretary', attaches: true, ...person })
  const outcome = await invite()
  return {
    here,
    there,
    organisationId,
    adminId: admin.id,
    agentId: agent.id,
    bossId: boss.id,
    email: agent.email,
    invite,
    outcome,
  }
}
const placesOf = async (agentId: number) => (await as(agentId)).actor.memberships.map((place) => place.organisationId)
const kindsAbout = async (agentId: number) => {
  const rows = await db.execute<{ kind: string }>(sql`
    select kind from events where subject_kind = 'agent' and subject_id = ${agentId} order by id`)
  return rows.map(({ kind }) => kind)
}
test('who works in another territory is asked, and nothing of theirs is opened before they accept', async () => {
  const { here, there, organisationId, adminId, agentId, bossId, email, outcome } = await asked()
  expect(outcome).toEqual({ ok: true, value: { agentId, how: 'asked' } })
  expect(await placesOf(agentId)).toEqual([there.organisationId])
  expect(levelOnAgenda(reachOf((await as(adminId)).actor), agentId)).toBe('none')
  const offered = await listInvitations(await as(adminId), { organisationId })
  expect(offered.places).toMatchObject([
    { agentId, role: 'secretary', expiresAt: new Date(NOW.getTime() + 7 * DAY_MS) },
  ])
  expect(offered.url).toContain('/agent/invitations')

  await onPlaceOffered(ctxFor(db), { id: 1, ...memberInvited(here, agentId) })
  await onPlaceOffered(ctxFor(db), { id: 1, ...memberInvited(here, bossId) })
  const mails = await db.execute(sql`select recipient from captured_messages where text like '%/agent/invitations%'`)
  expect([...mails]).toEqual([{ recipient: email }])

  expect(await listMyInvitations(await as(agentId))).toMatchObject([{ organisationId, role: 'secretary' }])
  const answers = await Promise.allSettled(
    [1, 2].map(async () => answerInvitation(await as(agentId), { organisationId, accepts: true })),
  )
  const values = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  expect(tally(values)).toEqual({ done: 1 })
  expect(new Set(await placesOf(agentId))).toEqual(new Set([there.organisationId, organisationId]))
  expect(levelOnAgenda(reachOf((await as(adminId)).actor), agentId)).toBe('busy')
  expect(await listMyInvitations(await as(agentId))).toEqual([])
  expect(await kindsAbout(agentId)).toEqual(['member.invited', 'member.joined'])
})

test('refused or taken back, it is gone, and may be sent anew', async () => {
  const { there, organisationId, adminId, agentId, bossId, invite } = await asked()
  expect(await answerInvitation(await as(agentId), { organisationId, accepts: false })).toMatchObject({ ok: true })
  await invite()
  await expect(cancelInvitation(await as(bossId), { organisationId, agentId })).rejects.toThrow(
    new AppError('not-found'),
  )
  expect(await cancelInvitation(await as(adminId), { organisationId, agentId })).toMatchObject({ ok: true })
  await expect(answerInvitation(await as(agentId), { organisationId, accepts: true })).rejects.toThrow(
    new AppError('not-found'),
  )
  expect(await placesOf(agentId)).toEqual([there.organisationId])
  expect(await kindsAbout(agentId)).toEqual([
    'member.invited',
    'member.invitation-ended',
    'member.invited',
    'member.invitation-ended',
  ])
})

test('it is worth seven days, and seven more once sent again; it is nobody else’s to answer', async () => {
  const { organisationId, adminId, agentId, bossId } = await asked()
  const accept = { organisationId, accepts: true }
  await expect(answerInvitation(await as(bossId), accept)).rejects.toThrow(new AppError('not-found'))
  expect(await answerInvitation(await as(agentId, 7), accept)).toEqual({ ok: false, reason: 'invitation-over' })
  expect(await listMyInvitations(await as(agentId, 7))).toEqual([])
  const again = await renewInvitation(await as(adminId, 7), { organisationId, agentId })
  expect(again).toEqual({ ok: true, value: { isOffer: true } })
  expect(await answerInvitation(await as(agentId, 13), accept)).toMatchObject({ ok: true })
})

test('who works nowhere any more, or in the same territory, joins at once', async () => {
  const { there, agentId, bossId, adminId, organisationId, invite } = await asked()
  await cancelInvitation(await as(adminId), { organisationId, agentId })
  await leaveOrganisation(await as(bossId), { organisationId: there.organisationId, agentId })
  expect(await invite()).toMatchObject({ value: { how: 'attached' } })
})
