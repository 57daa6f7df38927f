import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { agentRoles, territoryRoles } from '@/db/schema'
import { ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { getAccesses, getGroup } from '../queries/accesses'
import { findUndoableCopy, previewCopy } from '../queries/copies'
import { listHistory } from '../queries/history'
import type { CopyMode } from '../rules/copy'
import { levelOnAgenda, reachOf } from '../rules/reach'
import type { CreateGrant } from '../schema/rights'
import { copyAccesses, undoCopy } from './copy-accesses'
import { createGrant } from './create-grant'
import { deleteGroup, saveGroup } from './save-group'
import { setGrant } from './set-grant'

const { db } = await ownDatabase()

async function house() {
  const territory = await makeTerritory(db)
  const organisation = await makeOrganisation(db, territory.id)
  const elsewhere = await makeOrganisation(db, territory.id)
  const service = await makeService(db, territory.id)
  const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  const far = { ...place, organisationId: elsewhere.id }
  const referent = await makeAgent(db, far)
  await db.insert(territoryRoles).values({ agentId: referent.id, territoryId: territory.id, isAdmin: true })
  const ids = []
  for (const level of ['admin', 'basic', 'basic', 'basic'] as const)
    ids.push((await makeAgent(db, place, { level })).id)
  const [adminId, midwife, newcomer, doctor] = ids as [number, number, number, number]
  return { ...place, elsewhereId: elsewhere.id, adminId, midwife, newcomer, doctor, referentId: referent.id }
}
const placeOf = ({ territoryId, organisationId }: Awaited<ReturnType<typeof house>>) => ({
  territoryId,
  organisationId,
})
let minutes = 0
const as = async (agentId: number) => {
  minutes += 1
  const actor = await signedInAs(db, agentId)
  await db.execute(
    sql`update sessions set created_at = ${NOW.toISOString()}::timestamptz where id::text = ${actor.sessionId}`,
  )
  return { ...ctxFor(db, { actor, now: new Date(NOW.getTime() + minutes * 60_000) }), actor }
}
const grantOn = (
  { territoryId }: { territoryId: number },
  [granteeId, targetId]: [number, number],
  over: Partial<CreateGrant> = {},
): CreateGrant => ({
  territoryId,
  grantee: { kind: 'agent', agentId: granteeId },
  target: { kind: 'agent', agentId: targetId },
  level: 'read',
  organisationIds: 'any',
  serviceIds: 'any',
  ...over,
})
const levelOf = async (reader: number, agentId: number) => levelOnAgenda(reachOf((await as(reader)).actor), agentId)
const rowsOf = async (agentId: number) => {
  const rows = await db.execute<{ id: number }>(sql`
    select id::integer, level, target_agent_id::integer as target, scope_organisation_ids as scope from grants
    where grantee_agent_id = ${agentId} order by id`)
  return [...rows]
}

describe('giving a right', () => {
  test('is for the agent concerned and the admins, and holds from the next request on', async () => {
    const place = await house()
    const { midwife, newcomer, adminId, organisationId, referentId } = place
    const asked = grantOn(place, [newcomer, midwife])
    await expect(createGrant(await as(newcomer), asked)).rejects.toThrow(new AppError('not-found'))
    await expect(createGrant(await as(adminId), asked)).rejects.toThrow(new AppError('not-found'))
    expect(await createGrant(await as(midwife), asked)).toMatchObject({ ok: true })
    expect(await levelOf(newcomer, midwife)).toBe('read')
    expect(await createGrant(await as(midwife), asked)).toEqual({ ok: false, reason: 'already-given' })
    const ofTheirs: CreateGrant = { ...asked, organisationIds: [organisationId], level: 'write' }
    expect(await createGrant(await as(adminId), ofTheirs)).toMatchObject({ ok: true })
    expect(await createGrant(await as(referentId), { ...asked, serviceIds: [place.serviceId] })).toMatchObject({
      ok: true,
    })
  })

  test('speaks of nothing beyond its territory, and to nobody of themselves', async () => {
    const [here, there] = [await house(), await house()]
    const ctx = await as(here.referentId)
    const { midwife, newcomer } = here
    for (const over of [
      { grantee: { kind: 'agent', agentId: there.midwife } },
      { organisationIds: [there.organisationId] },
      { serviceIds: [there.serviceId] },
      { target: { kind: 'everyone', organisationId: there.organisationId, serviceId: null } },
    ] as const) {
      const odd = { ...grantOn(here, [newcomer, midwife]), ...over } as CreateGrant
      expect(await createGrant(ctx, odd), JSON.stringify(over)).toEqual({ ok: false, reason: 'not-of-territory' })
    }
    await expect(createGrant(ctx, grantOn(here, [newcomer, there.midwife]))).rejects.toThrow(new AppError('not-found'))
    expect(await createGrant(ctx, grantOn(here, [midwife, midwife]))).toEqual({ ok: false, reason: 'same-agent' })
    await expect(createGrant(await as(midwife), { ...grantOn(there, [there.newcomer, midwife]) })).rejects.toThrow(
      new AppError('not-found'),
    )
  })
})

describe('copying the accesses of an agent', () => {
  /** The midwife reads the doctor and writes on the admin; the newcomer is busy on the doctor, and reads the referent. */
  async function two() {
    const place = await house()
    const ctx = await as(place.referentId)
    const { midwife, newcomer, doctor, adminId, referentId } = place
    await createGrant(ctx, grantOn(place, [midwife, doctor]))
    await createGrant(ctx, grantOn(place, [midwife, adminId], { level: 'write' }))
    await createGrant(ctx, grantOn(place, [newcomer, doctor], { level: 'busy' }))
    await createGrant(ctx, grantOn(place, [newcomer, referentId]))
    return place
  }
  const copy = async (place: Awaited<ReturnType<typeof two>>, mode: CopyMode) => {
    const ctx = await as(place.referentId)
    const asked = { territoryId: place.territoryId, fromAgentId: place.midwife, toAgentId: place.newcomer, mode }
    const preview = await previewCopy(ctx, asked)
    return { ctx, asked, preview, outcome: await copyAccesses(ctx, { ...asked, seen: preview.mark }) }
  }

  test('does what the preview said, and one click puts everything back, ids included', async () => {
    for (const [mode, kinds] of [
      ['add', ['raised', 'added']],
      ['replace', ['raised', 'added', 'removed']],
    ] as const) {
      const place = await two()
      const before = await rowsOf(place.newcomer)
      const { ctx, preview, outcome } = await copy(place, mode)
      expect(preview.changes.map(({ kind }) => kind)).toEqual(kinds)
      expect(outcome).toMatchObject({ ok: true })
      expect(await levelOf(place.newcomer, place.doctor)).toBe('read')
      expect(await levelOf(place.newcomer, place.adminId)).toBe('write')
      expect(await levelOf(place.newcomer, place.referentId)).toBe(mode === 'add' ? 'read' : 'none')
      const eventId = (await findUndoableCopy(ctx, { agentId: place.newcomer })) ?? 0
      expect(await undoCopy(ctx, { agentId: place.newcomer, eventId })).toMatchObject({ ok: true })
      expect(await rowsOf(place.newcomer)).toEqual(before)
      expect(await findUndoableCopy(ctx, { agentId: place.newcomer })).toBeNull()
    }
  })

  test('is not done when something changed since the preview, nor undone when something changed since', async () => {
    const place = await two()
    const { ctx, asked, preview, outcome } = await copy(place, 'add')
    expect(outcome).toMatchObject({ ok: true })
    expect(await copyAccesses(ctx, { ...asked, seen: preview.mark })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
    const eventId = (await findUndoableCopy(ctx, { agentId: place.newcomer })) ?? 0
    const [row] = await rowsOf(place.newcomer)
    await setGrant(ctx, { grantId: row?.id ?? 0, from: 'read', to: 'busy' })
    const after = await rowsOf(place.newcomer)
    expect(await undoCopy(ctx, { agentId: place.newcomer, eventId })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
    expect(await rowsOf(place.newcomer)).toEqual(after)
  })

  test('is undone by whoever copied, in the session that did', async () => {
    const place = await two()
    const { ctx } = await copy(place, 'add')
    const agentId = place.newcomer
    const eventId = (await findUndoableCopy(ctx, { agentId })) ?? 0
    await expect(undoCopy(await as(place.adminId), { agentId, eventId })).rejects.toThrow(new AppError('not-found'))
    const later = await as(place.referentId)
    await db.execute(
      sql`update sessions set created_at = ${later.now.toISOString()}::timestamptz where id::text = ${later.actor.sessionId}`,
    )
    await expect(undoCopy(later, { agentId, eventId })).rejects.toThrow(new AppError('not-found'))
  })

  test('is undone by nobody who may no longer set these rights', async () => {
    const place = await two()
    await db.execute(sql`
      update grants set level = 'write' where grantee_agent_id = ${place.newcomer} and target_agent_id = ${place.doctor}`)
    const { ctx } = await copy(place, 'replace')
    // What was lowered on an agenda of every organisation is not an organisation's to raise again.
    const agentId = place.newcomer
    const eventId = (await findUndoableCopy(ctx, { agentId })) ?? 0
    const after = await rowsOf(agentId)
    await db.insert(agentRoles).values({ ...placeOf(place), agentId: place.referentId, level: 'admin' })
    await db.execute(sql`update territory_roles set agent_id = ${place.doctor} where agent_id = ${place.referentId}`)
    const actor = { ...(await as(place.referentId)).actor, sessionId: ctx.actor.sessionId }
    const demoted = { ...ctx, actor }
    expect(await findUndoableCopy(demoted, { agentId })).toBeNull()
    await expect(undoCopy(demoted, { agentId, eventId })).rejects.toThrow(new AppError('not-found'))
    expect(await rowsOf(agentId)).toEqual(after)
  })

  test('by an admin of the organisation changes only what is theirs', async () => {
    const place = await two()
    const ctx = await as(place.adminId)
    const asked = {
      territoryId: place.territoryId,
      fromAgentId: place.midwife,
      toAgentId: place.newcomer,
      mode: 'add',
    } as const
    const preview = await previewCopy(ctx, asked)
    // Their own agenda is theirs to open; the doctor's, of every organisation, is not theirs to raise.
    expect(preview).toMatchObject({ leftCount: 1, changes: [{ kind: 'added' }] })
  })
})

test('a group gives what it was given to who joins, and takes it from who leaves', async () => {
  const place = await house()
  const ctx = await as(place.referentId)
  const { territoryId, midwife, newcomer, doctor } = place
  const made = await saveGroup(ctx, { territoryId, groupId: null, name: 'Sages-femmes', agentIds: [midwife] })
  const groupId = made.ok ? made.value.groupId : 0
  const toGroup = grantOn(place, [0, doctor], { grantee: { kind: 'group', groupId }, level: 'write' })
  expect(await createGrant(ctx, toGroup)).toMatchObject({ ok: true })
  expect([await levelOf(midwife, doctor), await levelOf(newcomer, doctor)]).toEqual(['write', 'none'])
  const changed = { territoryId, groupId, name: 'Sages-femmes de Lens', agentIds: [newcomer] }
  expect(await saveGroup(ctx, changed)).toMatchObject({ ok: true })
  expect([await levelOf(midwife, doctor), await levelOf(newcomer, doctor)]).toEqual(['none', 'write'])
  expect(await getGroup(ctx, { groupId })).toMatchObject({ name: 'Sages-femmes de Lens', members: [{ id: newcomer }] })
  expect(await saveGroup(ctx, { ...changed, groupId: null })).toEqual({ ok: false, reason: 'name-taken' })
  const stranger = (await house()).midwife
  expect(await saveGroup(ctx, { ...changed, agentIds: [stranger] })).toEqual({ ok: false, reason: 'not-of-territory' })
  await expect(saveGroup(await as(place.adminId), changed)).rejects.toThrow(new AppError('not-found'))
  expect(await deleteGroup(ctx, { groupId })).toMatchObject({ ok: true })
  expect(await levelOf(newcomer, doctor)).toBe('none')
})

test('the history says who changed what, newest first, to those it concerns and to their admins', async () => {
  const place = await house()
  const { midwife, newcomer, territoryId, adminId } = place
  const made = await createGrant(await as(midwife), grantOn(place, [newcomer, midwife]))
  const grantId = made.ok ? made.value.grantId : 0
  await setGrant(await as(place.referentId), { grantId, from: 'read', to: 'none' })
  const asked = { territoryId, before: null }
  for (const [reader, agentId] of [
    [midwife, midwife],
    [newcomer, newcomer],
    [adminId, midwife],
    [adminId, null],
    [place.referentId, null],
  ] as const) {
    const { lines } = await listHistory(await as(reader), { ...asked, agentId })
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      ['read', 'none'],
      ['none', 'read'],
    ])
    expect(lines[1]).toMatchObject({
      kind: 'grant.changed',
      grantee: { kind: 'agent' },
      target: { kind: 'agent' },
      by: lines[1]?.target?.name,
    })
  }
  const { lines } = await listHistory(await as(midwife), { ...asked, agentId: midwife })
  const next = await listHistory(await as(midwife), { ...asked, agentId: midwife, before: lines[0]?.eventId ?? 0 })
  expect(next.lines).toHaveLength(1)
  await expect(listHistory(await as(newcomer), { ...asked, agentId: midwife })).rejects.toThrow(
    new AppError('not-found'),
  )
  await expect(listHistory(await as(newcomer), { ...asked, agentId: null })).rejects.toThrow(new AppError('not-found'))
  const accesses = await getAccesses(await as(place.referentId), { agentId: midwife, territoryId: null })
  expect(accesses).toMatchObject({ agentId: midwife, isWhole: true, isAdministered: true, on: [] })
  const own = await getAccesses(await as(midwife), { agentId: midwife, territoryId: null })
  expect(own).toMatchObject({ agentId: midwife, isWhole: false, isAdministered: false })
})
