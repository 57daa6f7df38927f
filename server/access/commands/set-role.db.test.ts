import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { ctxFor, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeMotif, makeOpening, makeService, makeWorkplace } from '@/db/testing/make'
import { setRole } from './set-role'

const { db } = await ownDatabase()

test('a role is not lowered while openings offer what the lower one would not', async () => {
  const { serviceId, ...place } = await makeWorkplace(db)
  const [admin, lowered] = [
    await makeAgent(db, { ...place, serviceId }, { level: 'admin' }),
    await makeAgent(db, { ...place, serviceId }, { level: 'admin' }),
  ]
  const other = await makeService(db, place.territoryId)
  const own = await makeMotif(db, { ...place, serviceId })
  const shared = await makeMotif(db, { ...place, serviceId: other.id }, { isForSecretariat: true })
  const beyond = await makeMotif(db, { ...place, serviceId: other.id })
  const at = { ...place, agentId: lowered.id, lieuId: null }
  await makeOpening(db, { ...at, motifIds: [own.id] })
  const openings = [
    await makeOpening(db, { ...at, motifIds: [own.id, shared.id] }),
    await makeOpening(db, { ...at, motifIds: [beyond.id] }),
  ]
  const end = (openingId: number | undefined) =>
    db.execute(sql`update openings set first_day = '2027-02-01', last_day = '2027-02-28' where id = ${openingId}`)
  const ctx = ctxFor(db, { actor: await signedInAs(db, admin.id) })
  const lower = { organisationId: place.organisationId, agentId: lowered.id, from: 'admin' as const }
  const refusal = { ok: false, reason: 'opening-beyond-role' }

  expect(await setRole(ctx, { ...lower, role: 'secretary' })).toEqual(refusal)
  expect(await setRole(ctx, { ...lower, role: 'admin-secretary' })).toMatchObject({ ok: true })
  await end(openings[1]?.id)
  const from = 'admin-secretary' as const
  expect(await setRole(ctx, { ...lower, from, role: 'basic' })).toEqual(refusal)
  expect(await setRole(ctx, { ...lower, from, role: 'secretary' })).toMatchObject({ ok: true })
  await end(openings[0]?.id)
  expect(await setRole(ctx, { ...lower, from: 'secretary', role: 'basic' })).toMatchObject({ ok: true })
})
