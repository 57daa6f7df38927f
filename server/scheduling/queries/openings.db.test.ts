import { expect, test } from 'vitest'
import { openings } from '@/db/schema'
import { ctxFor, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { inRead } from '@/server/platform/ctx'
import { listOpenings, loadLiveOpenings } from './openings'

const { db } = await ownDatabase()

/** Somebody with more openings, now and past, than a list holds. */
async function somebodyBusy() {
  const place = await makeBookablePlace(db)
  const agentId = place.agents[0]?.id ?? 0
  const of = { agentId, territoryId: place.territory.id, organisationId: place.organisation.id, lieuId: place.lieu.id }
  const rows = (year: number) =>
    Array.from({ length: 301 }, (_, index) => {
      const day = new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10)
      return { ...of, title: day, firstDay: day, lastDay: day, startMin: 540, endMin: 720 }
    })
  await db.insert(openings).values([...rows(2025), ...rows(2028)])
  return { agentId, territoryId: of.territoryId }
}

test('the openings of one agent, however many, hide none of another’s', async () => {
  const [busy, other] = [await somebodyBusy(), await makeBookablePlace(db)]
  const otherId = other.agents[0]?.id ?? 0
  await db.insert(openings).values({
    ...{ agentId: otherId, territoryId: other.territory.id, organisationId: other.organisation.id },
    ...{ title: 'Bien après', firstDay: '2040-01-02', lastDay: '2040-01-02', startMin: 540, endMin: 720 },
  })
  const found = await inRead(ctxFor(db), (read) =>
    loadLiveOpenings(read, { agentIds: [busy.agentId, otherId], exceptId: null }),
  )
  expect(found.filter(({ agentId }) => agentId === otherId).map(({ title }) => title)).toContain('Bien après')
  expect(found.filter(({ agentId }) => agentId === busy.agentId)).toHaveLength(300)
})

test('of those that are over, the latest come first and are never left out', async () => {
  const { agentId } = await somebodyBusy()
  const actor = await signedInAs(db, agentId)
  const filter = { agentId, motifId: null, lieuId: null, text: '' }
  const past = await listOpenings({ ...ctxFor(db, { actor }), actor }, { ...filter, period: 'past' })
  expect([past.length, past[0]?.title, past[1]?.title]).toEqual([300, '2025-10-28', '2025-10-27'])
})
