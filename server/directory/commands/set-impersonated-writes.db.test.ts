import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { agentRoles, events, territories, territoryRoles } from '@/db/schema'
import { aSuperAdmin, ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import type { Actor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { appRouter } from '@/server/root'
import { createCallerFactory } from '@/server/trpc'
import { setImpersonatedWrites } from './set-impersonated-writes'

const { db } = await ownDatabase()
let place: { territoryId: number; organisationId: number; serviceId: number }
let adminId: number
beforeAll(async () => {
  const territory = await makeTerritory(db)
  const organisation = await makeOrganisation(db, territory.id)
  const service = await makeService(db, territory.id)
  place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  const { id } = await makeAgent(db, place, { firstName: 'Ana', lastName: 'Roy' })
  await db.insert(territoryRoles).values({ agentId: id, territoryId: territory.id, isAdmin: true })
  adminId = id
})

const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const set = (actor: Actor, isAllowed: boolean, now = NOW) =>
  setImpersonatedWrites(ctxFor(db, { actor, now }), { territoryId: place.territoryId, isAllowed })
const callerOf = async (agentId: number) =>
  createCallerFactory(appRouter)(ctxFor(db, { actor: await signedInAs(db, agentId) }))
const stands = async () => {
  const [row] = await db.select().from(territories).where(eq(territories.id, place.territoryId))
  return row?.allowsImpersonatedWrites
}

test('an admin of the territory sees it and switches it, as the support does; the history says who', async () => {
  const admin = await signedInAs(db, adminId)
  expect((await (await callerOf(adminId)).administration.listAdministered())[0]?.allowsImpersonatedWrites).toBe(false)
  expect(await set(admin, true)).toMatchObject({ ok: true })
  expect(await set(admin, true, minutesLater(1))).toMatchObject({ ok: true })
  expect((await (await callerOf(adminId)).administration.listAdministered())[0]?.allowsImpersonatedWrites).toBe(true)
  expect(await (await callerOf(adminId)).impersonation.mayBeWritten()).toBe(true)
  expect(await set(await aSuperAdmin(db), false, minutesLater(2))).toMatchObject({ ok: true })
  expect(await (await callerOf(adminId)).impersonation.mayBeWritten()).toBe(false)
  const told = await db.select().from(events).where(eq(events.kind, 'territory.impersonated-writes-set'))
  expect(told).toHaveLength(2)

  const rights = (await callerOf(adminId)).rights
  const question = { territoryId: place.territoryId, agentId: null, before: null }
  const { lines } = await rights.listHistory(question)
  const kind = 'territory.impersonated-writes-set'
  expect(lines).toMatchObject([
    { kind, to: 'false', by: null, isSupport: true, at: minutesLater(2) },
    { kind, to: 'true', by: 'Ana Roy', isSupport: false, at: NOW },
  ])
  const next = await rights.listHistory({ ...question, before: lines[0]?.eventId ?? 0 })
  expect(next.lines.map(({ to }) => to)).toEqual(['true'])
})

test('nobody else switches it: there is nothing there for them, nor in the history of an organisation’s admin', async () => {
  const before = await stands()
  const abroad = await makeTerritory(db)
  const [{ id: agentId }, { id: chiefId }, { id: otherId }] = [
    await makeAgent(db, place),
    await makeAgent(db, place),
    await makeAgent(db, place),
  ]
  await db.update(agentRoles).set({ level: 'admin' }).where(eq(agentRoles.agentId, chiefId))
  await db.insert(territoryRoles).values({ agentId: otherId, territoryId: abroad.id, isAdmin: true })
  for (const id of [agentId, chiefId, otherId]) {
    await expect(set(await signedInAs(db, id), !before)).rejects.toThrow(new AppError('not-found'))
  }
  expect(await stands()).toBe(before)
  const question = { territoryId: place.territoryId, agentId: null, before: null }
  expect((await (await callerOf(chiefId)).rights.listHistory(question)).lines).toEqual([])
})
