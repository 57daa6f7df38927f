import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { ctxFor, NOW, signedInAs, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { agentRoles, territoryRoles } from '@/db/schema'
import { AppError } from '@/server/kernel/errors'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { memberJoined } from '../events/rights'
import { getMember, listMembers } from '../queries/members'
import { onMemberJoined } from '../reactions'
import { levelOnAgenda, reachOf } from '../rules/reach'
import type { InviteAgent } from '../schema/administration'
import { choosePassword } from './choose-password'
import { inviteAgent } from './invite-agent'
import { leaveOrganisation } from './leave-organisation'
import { renewInvitation } from './renew-invitation'
import { setRole } from './set-role'
import { setServices } from './set-services'
import { setTerritoryAdmin } from './set-territory-admin'
import { signInWithPassword } from './sign-in'

const { db } = await ownDatabase()

/** An organisation with its admin and one agent, in a territory with its own admin. */
async function house() {
  const territory = await makeTerritory(db)
  const organisation = await makeOrganisation(db, territory.id)
  const service = await makeService(db, territory.id)
  const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  const admin = await makeAgent(db, place, { level: 'admin' })
  const agent = await makeAgent(db, place)
  const referent = await makeAgent(db, place)
  await db.insert(territoryRoles).values({ agentId: referent.id, territoryId: territory.id, isAdmin: true })
  return { ...place, adminId: admin.id, agentId: agent.id, referentId: referent.id }
}
const as = async (agentId: number, now = NOW) => {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor, now }), actor }
}
async function sisterOf({ territoryId, serviceId }: { territoryId: number; serviceId: number }) {
  const { id: organisationId } = await makeOrganisation(db, territoryId)
  const place = { territoryId, organisationId, serviceId }
  return { ...place, adminId: (await makeAgent(db, place, { level: 'admin' })).id }
}
let people = 0
const somebody = (place: { organisationId: number; serviceId: number }, over: Partial<InviteAgent> = {}) => ({
  organisationId: place.organisationId,
  firstName: 'Inès',
  lastName: 'Morel',
  email: `ines.morel.${String(++people)}@example.org`,
  serviceIds: [place.serviceId],
  role: 'basic' as const,
  attaches: false,
  ...over,
})
const kindsAbout = async (agentId: number) => {
  const rows = await db.execute<{ kind: string }>(sql`
    select kind from events where subject_kind = 'agent' and subject_id = ${agentId} order by kind`)
  return rows.map(({ kind }) => kind)
}
const linkOf = async (agentId: number) => {
  const rows = await db.execute<{ id: number; hash: string; expires: string }>(sql`
    select id::integer, token_hash as hash, expires_at::text as expires from login_links
    where agent_id = ${agentId} and purpose = 'invitation' order by id`)
  return [...rows]
}
const invited = async (place: Awaited<ReturnType<typeof sisterOf>>, over: Partial<InviteAgent> = {}) => {
  const input = somebody(place, over)
  const outcome = await inviteAgent(await as(place.adminId), input)
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, email: input.email }
}
const PASSWORD = 'Orage-violet 8 lampes'

describe('an invitation', () => {
  test('opens an account once its link is followed, whose agenda colleagues of the service write on', async () => {
    const place = await house()
    const { agentId, email } = await invited(place)
    const [link] = await linkOf(agentId)
    const token = tokenOf('invitation', link?.id ?? 0)
    expect(link?.hash).toBe(hashToken(token))
    expect(await signInWithPassword(ctxFor(db), { email, password: PASSWORD })).toMatchObject({ ok: false })
    const chosen = { token, purpose: 'invitation', password: PASSWORD } as const
    expect(await choosePassword(ctxFor(db), chosen)).toMatchObject({ ok: true })
    expect(await choosePassword(ctxFor(db), chosen)).toMatchObject({ ok: false, reason: 'link-spent' })
    expect(await signInWithPassword(ctxFor(db), { email, password: PASSWORD })).toMatchObject({ ok: true })
    expect(levelOnAgenda(reachOf((await as(place.agentId)).actor), agentId)).toBe('write')
    expect(await kindsAbout(agentId)).toEqual([
      'agent.activated',
      'agent.link-requested',
      'agent.signed-in',
      'member.invited',
      'member.joined',
    ])
  })

  test('is worth seven days, and sent again seven more, by the same link', async () => {
    const place = await house()
    const { agentId } = await invited(place)
    const dayMs = 86_400_000
    const later = await as(place.adminId)
    const again = { ...later, now: new Date(NOW.getTime() + 6 * dayMs) }
    const member = { organisationId: place.organisationId, agentId }
    expect(await renewInvitation(again, member)).toMatchObject({ ok: true })
    const links = await linkOf(agentId)
    expect(links).toHaveLength(1)
    expect(new Date(links[0]?.expires ?? '').getTime()).toBe(NOW.getTime() + 13 * dayMs)
    const token = tokenOf('invitation', links[0]?.id ?? 0)
    const tooLate = ctxFor(db, { now: new Date(NOW.getTime() + 13 * dayMs) })
    expect(await choosePassword(tooLate, { token, purpose: 'invitation', password: PASSWORD })).toMatchObject({
      reason: 'link-spent',
    })
    expect((await getMember(later, member)).invitation?.url).toContain(token)
    // Whoever stands in the admin's place, even to look, opens no account with it.
    const impersonation = { impersonationId: 1, superAdminId: 1, expiresAt: NOW, isWriting: false }
    const inTheirPlace = { ...later, actor: { ...later.actor, impersonation } }
    expect((await getMember(inTheirPlace, member)).invitation).toMatchObject({ url: null })
  })

  test('shows its link to no admin who does not administer all it opens', async () => {
    const here = await house()
    const { agentId, email } = await invited(here)
    const there = await sisterOf(here)
    const ctx = await as(there.adminId)
    expect(await inviteAgent(ctx, somebody(there, { email, attaches: true }))).toMatchObject({ ok: true })
    const member = await getMember(ctx, { organisationId: there.organisationId, agentId })
    expect(member.invitation).toMatchObject({ url: null })
  })

  test('taken back, frees the e-mail and closes the link', async () => {
    const place = await house()
    const { agentId, email } = await invited(place)
    const member = { organisationId: place.organisationId, agentId }
    expect(await leaveOrganisation(await as(place.adminId), member)).toMatchObject({ ok: true })
    expect(await linkOf(agentId)).toEqual([])
    const again = await inviteAgent(await as(place.adminId), somebody(place, { email }))
    expect(again).toMatchObject({ value: { how: 'by-link' } })
  })

  test('of somebody who has an account attaches them, knowingly, as they are', async () => {
    const here = await house()
    const { agentId, email } = await invited(here)
    const there = await sisterOf(here)
    const asked = somebody(there, { email, lastName: 'Autre' })
    const ctx = await as(there.adminId)
    expect(await inviteAgent(ctx, asked)).toEqual({ ok: false, reason: 'known-agent' })
    expect(await inviteAgent(ctx, { ...asked, attaches: true })).toMatchObject({ ok: true, value: { how: 'attached' } })
    expect(await inviteAgent(ctx, { ...asked, attaches: true })).toEqual({ ok: false, reason: 'already-member' })
    const { members } = await listMembers(ctx, { organisationId: there.organisationId, search: email, page: 1 })
    expect(members).toMatchObject([{ agentId, name: 'Inès Morel' }])
  })

  test('tells whoever had an account already, and nobody who is only invited', async () => {
    const here = await house()
    const there = await sisterOf(here)
    const mailed = async (agentId: number) => {
      await db.execute(sql`delete from captured_messages`)
      await onMemberJoined(ctxFor(db), { id: 1, ...memberJoined(there, agentId, 'basic') })
      return (await db.execute<{ text: string }>(sql`select text from captured_messages`)).map(({ text }) => text)
    }
    const { agentId, email } = await invited(there)
    expect(await mailed(agentId)).toEqual([])
    await db.execute(
      sql`update agents set email = ${`known.${email}`}, activated_at = now() where id = ${here.agentId}`,
    )
    expect(await mailed(here.agentId)).toEqual([])
    const asked = somebody(there, { email: `known.${email}`, attaches: true })
    expect(await inviteAgent(await as(there.adminId), asked)).toMatchObject({ ok: true })
    expect(await mailed(here.agentId)).toEqual([expect.stringContaining('/agent/acces')])
  })

  test('sent twice at once makes one account', async () => {
    const place = await house()
    const ctx = await as(place.adminId)
    const asked = somebody(place)
    const outcomes = await Promise.all([inviteAgent(ctx, asked), inviteAgent(ctx, asked)])
    expect(tally(outcomes)).toMatchObject({ done: 1 })
  })

  test('is nobody’s to send but of those who administer the organisation, and of services its territory offers', async () => {
    const [here, there] = [await house(), await house()]
    for (const agentId of [here.agentId, there.adminId, there.referentId]) {
      await expect(inviteAgent(await as(agentId), somebody(here))).rejects.toThrow(new AppError('not-found'))
    }
    const odd = somebody(here, { serviceIds: [there.serviceId] })
    expect(await inviteAgent(await as(here.adminId), odd)).toEqual({ ok: false, reason: 'service-not-offered' })
  })
})

describe('the last admin', () => {
  const [basic, admin] = ['basic', 'admin'] as const

  test('of an organisation is neither demoted nor removed', async () => {
    const { organisationId, adminId, agentId, referentId } = await house()
    const ctx = await as(referentId)
    const demote = { organisationId, agentId: adminId, from: admin, role: basic }
    expect(await setRole(ctx, demote)).toEqual({ ok: false, reason: 'last-admin' })
    expect(await leaveOrganisation(ctx, { organisationId, agentId: adminId })).toEqual({
      ok: false,
      reason: 'last-admin',
    })
    expect(await setRole(ctx, { organisationId, agentId, from: basic, role: admin })).toMatchObject({ ok: true })
    expect(await setRole(ctx, demote)).toMatchObject({ ok: true })
  })

  test('of two demoted at once, one remains', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { organisationId, adminId, agentId, referentId } = await house()
      const ctx = await as(referentId)
      await setRole(ctx, { organisationId, agentId, from: basic, role: admin })
      const outcomes = await Promise.all(
        [adminId, agentId].map((id) => setRole(ctx, { organisationId, agentId: id, from: admin, role: basic })),
      )
      expect(tally(outcomes)).toEqual({ done: 1, 'last-admin': 1 })
    }
  })

  test('of a territory stays, of two leaving at once too', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { territoryId, agentId, referentId } = await house()
      const ctx = await as(referentId)
      expect(await setTerritoryAdmin(ctx, { territoryId, agentId: referentId, isAdmin: false })).toEqual({
        ok: false,
        reason: 'last-territory-admin',
      })
      await setTerritoryAdmin(ctx, { territoryId, agentId, isAdmin: true })
      const outcomes = await Promise.all(
        [referentId, agentId].map((id) => setTerritoryAdmin(ctx, { territoryId, agentId: id, isAdmin: false })),
      )
      expect(tally(outcomes)).toEqual({ done: 1, 'last-territory-admin': 1 })
    }
  })

  test('is not somebody invited who has not answered', async () => {
    const place = await house()
    const { agentId } = await invited(place, { role: admin })
    const ctx = await as(place.referentId)
    const { organisationId } = place
    const demote = { organisationId, agentId: place.adminId, from: admin, role: basic }
    expect(await setRole(ctx, demote)).toEqual({ ok: false, reason: 'last-admin' })
    expect(await setRole(ctx, { organisationId, agentId, from: admin, role: basic })).toMatchObject({ ok: true })
  })
})

test('a role changed meanwhile is not changed again unseen', async () => {
  const { organisationId, adminId, agentId } = await house()
  const ctx = await as(adminId)
  const seen = { organisationId, agentId, from: 'basic' } as const
  expect(await setRole(ctx, { ...seen, role: 'secretary' })).toMatchObject({ ok: true })
  const late = { ...seen, role: 'admin' } as const
  expect(await setRole(ctx, late)).toEqual({ ok: false, reason: 'changed-meanwhile' })
})

test('leaving closes what the place opened, both ways, and says so', async () => {
  const place = await house()
  const { agentId } = await invited(place)
  expect(levelOnAgenda(reachOf((await as(place.agentId)).actor), agentId)).toBe('write')
  await leaveOrganisation(await as(place.adminId), { organisationId: place.organisationId, agentId: place.agentId })
  await expect(as(place.agentId)).rejects.toThrow('the session opened nothing')
  expect(await kindsAbout(place.agentId)).toEqual(['member.left'])
})

test('a service added opens the agenda to its colleagues, one taken away closes it', async () => {
  const place = await house()
  const { agentId } = await invited(place)
  const other = await makeService(db, place.territoryId)
  const mate = await invited(place, { serviceIds: [other.id] })
  const levelOf = async () => levelOnAgenda(reachOf((await as(mate.agentId)).actor), agentId)
  await db.execute(sql`update agents set activated_at = now() where id = ${mate.agentId}`)
  expect(await levelOf()).toBe('busy')
  const ctx = await as(place.referentId)
  const both = { territoryId: place.territoryId, agentId, serviceIds: [place.serviceId, other.id] }
  expect(await setServices(ctx, both)).toMatchObject({ ok: true })
  expect(await levelOf()).toBe('write')
  expect(await setServices(ctx, { ...both, serviceIds: [place.serviceId] })).toMatchObject({ ok: true })
  expect(await levelOf()).toBe('busy')
  await expect(setServices(await as(place.adminId), both)).rejects.toThrow(new AppError('not-found'))
})

test('no service is added to whoever also works where the admin administers nothing; taking one away stays', async () => {
  const [place, elsewhere] = [await house(), await house()]
  const { territoryId, referentId: agentId } = place
  const other = await makeService(db, territoryId)
  const { organisationId } = elsewhere
  await db.insert(agentRoles).values({ agentId, territoryId: elsewhere.territoryId, organisationId })
  const set = async (serviceIds: number[]) => setServices(await as(agentId), { territoryId, agentId, serviceIds })
  expect(await set([place.serviceId, other.id])).toEqual({ ok: false, reason: 'works-beyond' })
  expect(await set([])).toMatchObject({ ok: true })
  expect(await set([place.serviceId])).toEqual({ ok: false, reason: 'works-beyond' })
  await db.insert(territoryRoles).values({ agentId, territoryId: elsewhere.territoryId, isAdmin: true })
  expect(await set([place.serviceId])).toMatchObject({ ok: true })
})
