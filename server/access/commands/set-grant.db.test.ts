import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { ctxFor, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeGrants, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { listGrantsOnMe, listGrantsOpening } from '../queries/grants'
import { defaultGrantsOfMember } from '../rules/grants'
import { levelOnAgenda, reachOf } from '../rules/reach'
import { setGrant } from './set-grant'

const { db } = await ownDatabase()

/** A midwife and a colleague of the same service, with what joining gave; and an admin of the organisation. */
async function team() {
  const territory = await makeTerritory(db)
  const organisation = await makeOrganisation(db, territory.id)
  const service = await makeService(db, territory.id)
  const place = { territoryId: territory.id, organisationId: organisation.id }
  const [midwife, colleague, admin] = [
    await makeAgent(db, { ...place, serviceId: service.id }),
    await makeAgent(db, { ...place, serviceId: service.id }),
    await makeAgent(db, { ...place, serviceId: service.id }, { level: 'admin' }),
  ].map(({ id }) => id) as [number, number, number]
  const [own, others] = await makeGrants(
    db,
    defaultGrantsOfMember(place, { agentId: midwife, serviceIds: [service.id] }),
  )
  return { midwife, colleague, admin, own: own?.id ?? 0, others: others?.id ?? 0 }
}
const as = async (agentId: number) => {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const levelOf = async (reader: number, agentId: number) => levelOnAgenda(reachOf((await as(reader)).actor), agentId)

describe('a right on an agenda', () => {
  test('is lowered by the agent it opens, from the next request on, and the ledger keeps both levels', async () => {
    const { midwife, colleague, own } = await team()
    expect(await levelOf(colleague, midwife)).toBe('write')
    expect(await setGrant(await as(midwife), { grantId: own, from: 'write', to: 'read' })).toMatchObject({ ok: true })
    expect(await levelOf(colleague, midwife)).toBe('read')
    const rows = await db.execute(sql`
      select e.kind, e.actor_id::integer as by, v.field, v.old_value #>> '{}' as was, v.new_value #>> '{}' as is
      from events e join event_values v on v.event_id = e.id where e.subject_kind = 'grant' and e.subject_id = ${own}`)
    expect([...rows]).toEqual([{ kind: 'grant.changed', by: midwife, field: 'level', was: 'write', is: 'read' }])
  })

  test('is taken away, and the others stand; what a place gives may be given back', async () => {
    const { midwife, colleague, admin, own, others } = await team()
    await setGrant(await as(midwife), { grantId: own, from: 'write', to: 'none' })
    expect(await levelOf(colleague, midwife)).toBe('busy')
    await setGrant(await as(midwife), { grantId: others, from: 'busy', to: 'none' })
    expect(await levelOf(colleague, midwife)).toBe('none')
    const lines = await listGrantsOnMe(await as(midwife))
    expect(lines.map(({ level, choices }) => [level, choices.length])).toEqual([
      ['none', 4],
      ['none', 4],
    ])
    expect(await setGrant(await as(admin), { grantId: own, from: 'none', to: 'read' })).toMatchObject({ ok: true })
    expect(await levelOf(colleague, midwife)).toBe('read')
  })

  test('changed by somebody meanwhile, is not changed again unseen; asked twice, it changes once', async () => {
    const { midwife, own } = await team()
    const ctx = await as(midwife)
    expect(await setGrant(ctx, { grantId: own, from: 'write', to: 'busy' })).toMatchObject({ ok: true })
    expect(await setGrant(ctx, { grantId: own, from: 'write', to: 'busy' })).toMatchObject({ ok: true })
    expect(await setGrant(ctx, { grantId: own, from: 'write', to: 'read' })).toEqual({
      ok: false,
      reason: 'changed-meanwhile',
    })
  })

  test('is not raised by those it is given to', async () => {
    const { colleague, others } = await team()
    const raised = setGrant(await as(colleague), { grantId: others, from: 'busy', to: 'write' })
    await expect(raised).rejects.toThrow(new AppError('not-found'))
  })

  test('is lowered by an admin of the organisation, but raised only as far as it speaks of that organisation', async () => {
    const { admin, own, others } = await team()
    const ctx = await as(admin)
    expect(await setGrant(ctx, { grantId: own, from: 'write', to: 'read' })).toMatchObject({ ok: true })
    expect(await setGrant(ctx, { grantId: own, from: 'read', to: 'write' })).toMatchObject({ ok: true })
    await expect(setGrant(ctx, { grantId: others, from: 'busy', to: 'read' })).rejects.toThrow(
      new AppError('not-found'),
    )
    expect(await setGrant(ctx, { grantId: others, from: 'busy', to: 'none' })).toMatchObject({ ok: true })
  })

  test('set by two at once, has one level and one line of history for each change', async () => {
    const { midwife, admin, own } = await team()
    const [one, two] = [await as(midwife), await as(admin)]
    const outcomes = await Promise.all([
      setGrant(one, { grantId: own, from: 'write', to: 'read' }),
      setGrant(two, { grantId: own, from: 'write', to: 'busy' }),
    ])
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true])
    const [row] = await db.execute(sql`
      select count(*)::integer as count from events where subject_kind = 'grant' and subject_id = ${own}`)
    expect(row).toEqual({ count: 1 })
  })
})

test('an open agenda says which grants open it, and what the reader may make of them', async () => {
  const { midwife, colleague, admin } = await team()
  const lines = await listGrantsOpening(await as(colleague), { agentId: midwife })
  expect(lines.map(({ level, grantee, choices }) => [level, grantee.kind, choices])).toEqual([
    ['write', 'colleagues', []],
    ['busy', 'colleagues', []],
  ])
  const seenByAdmin = await listGrantsOpening(await as(admin), { agentId: midwife })
  expect(seenByAdmin.map(({ choices }) => choices)).toEqual([
    ['none', 'busy', 'read', 'write'],
    ['none', 'busy'],
  ])
  const stranger = await team()
  await expect(listGrantsOpening(await as(stranger.admin), { agentId: midwife })).rejects.toThrow(
    new AppError('not-found'),
  )
})
