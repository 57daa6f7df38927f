import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { absences } from '@/db/schema'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { inRead } from '@/server/platform/ctx'
import { loadAgendas } from './agendas'

const { db } = await ownDatabase()

/** A place where two agents receive, and who offers its motif. */
async function twoAgents() {
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const [first = 0, second = 0] = place.agents.map(({ id }) => id)
  const question = {
    motifIds: [place.motif.id],
    lieuId: 'any',
    agents: 'any',
    fromMs: Date.UTC(2027, 2, 1),
    toMs: Date.UTC(2027, 2, 8),
  } as const
  const offering = async () => {
    const { openingsByMotif } = await inRead(ctxFor(db), (read) => loadAgendas(read, question))
    return (openingsByMotif.get(place.motif.id) ?? []).map(({ agentId }) => agentId).sort((a, b) => a - b)
  }
  return { first, second, offering }
}

test('an opening whose rule cannot be read offers nothing, and stops nobody else', async () => {
  const { first, second, offering } = await twoAgents()
  expect(await offering()).toEqual([first, second])
  await db.execute(sql`update openings set rrule = 'FREQ=WEEKLY;BYDAY=XX' where agent_id = ${first}`)
  expect(await offering()).toEqual([second])
})

test('nobody is offered while one of their absences cannot be read; the others are', async () => {
  const { first, second, offering } = await twoAgents()
  await db.insert(absences).values({
    ...{ agentId: first, zone: 'Europe/Paris', title: '', rrule: 'FREQ=WEEKLY;BYDAY=XX' },
    ...{ firstDay: '2027-01-04', startMin: 540, lastDay: '2027-01-04', endMin: 600 },
  })
  expect(await offering()).toEqual([second])
})
