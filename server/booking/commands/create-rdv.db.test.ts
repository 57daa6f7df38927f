import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { adminOf, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { createRdv, type CreateRdv } from './create-rdv'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
let here: BookablePlace
let there: BookablePlace
let question: CreateRdv
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())
beforeEach(async () => {
  here = await makeBookablePlace(db)
  there = await makeBookablePlace(db)
  question = {
    motifId: here.motif.id,
    lieuId: here.lieu.id,
    startAt: new Date('2027-03-02T08:00:00Z'),
    agentIds: here.agents.map(({ id }) => id),
    usagerIds: [(await makeUsager(db, here.territory.id)).id],
    acknowledged: [],
  }
})

const create = (over: Partial<CreateRdv> = {}, by = here) =>
  createRdv(ctxFor(db, { actor: adminOf(by, by.agents[0]?.id ?? 0) }), { ...question, ...over })

const written = async () => {
  const [row] = await db.execute(sql`
    select (select count(*)::integer from rdvs where territory_id = ${here.territory.id}) as rdvs,
           (select count(*)::integer from events where territory_id = ${here.territory.id} and kind = 'rdv.created') as events`)
  return row
}

describe('placing an RDV', () => {
  test('writes it, and one event', async () => {
    expect(await create()).toMatchObject({ ok: true })
    expect(await written()).toEqual({ rdvs: 1, events: 1 })
  })

  test.each<[string, () => Partial<CreateRdv>, string]>([
    ['without any agent', () => ({ agentIds: [] }), 'agent-missing'],
    ['for nobody', () => ({ usagerIds: [] }), 'person-missing'],
    ['on site without a lieu', () => ({ lieuId: null }), 'place-missing'],
    ['with an agent of elsewhere', () => ({ agentIds: there.agents.map(({ id }) => id) }), 'agent-elsewhere'],
    ['for somebody unknown', () => ({ usagerIds: [0] }), 'no-such-person'],
  ])('is refused %s', async (_case, over, reason) => {
    expect(await create(over())).toEqual({ ok: false, reason })
    expect(await written()).toEqual({ rdvs: 0, events: 0 })
  })

  test('over another one is refused, unless knowingly', async () => {
    await create()
    expect(await create()).toEqual({ ok: false, reason: 'overlap' })
    expect(await create({ acknowledged: ['overlap'] })).toMatchObject({ ok: true })
    expect(await written()).toEqual({ rdvs: 2, events: 2 })
  })

  test('is not for an agent of elsewhere', async () => {
    await expect(create({}, there)).rejects.toThrow(AppError)
    expect(await written()).toEqual({ rdvs: 0, events: 0 })
  })
})
