import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { recording } from '@/scripts/bench/statements'
import { loadPublicMotifs } from '@/server/directory/queries'
import { loadAgendas } from '@/server/scheduling/queries/agendas'
import { inOneStatement, inRead, type ReadCtx } from './ctx'

const FROM_MS = Date.parse('2027-03-02T08:00:00Z')

const { db } = await ownDatabase()

describe('reads in one statement', () => {
  test('answer what they answer apart', async () => {
    const { territory, motif, lieu, agents } = await makeBookablePlace(db, { agentCount: 2 })
    await db.execute(sql`
      insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min, ends_on)
      values (${agents[0]?.id}, 'Europe/Paris', 'Formation', '2027-03-02', 0, '2027-03-02', 600, '2027-03-02')`)
    await db.execute(sql`
      insert into opening_exceptions (opening_id, on_day, kind, to_day, start_min, end_min)
      select min(id), '2027-03-03', 'moved', '2027-03-02', 840, 900 from openings where territory_id = ${territory.id}`)
    await db.execute(sql`
      insert into agent_times (agent_id, kind, starts_at, ends_at, occupies)
      select ${agents[1]?.id}, 'hold', '2027-03-02T08:00:00Z'::timestamptz + n * interval '1 hour', '2027-03-02T08:30:00Z'::timestamptz + n * interval '1 hour', true
      from generate_series(0, 2) n`)
    const ask = (read: ReadCtx) =>
      Promise.all([
        loadPublicMotifs(read, { territoryIds: [territory.id], motifIds: [motif.id] }),
        loadAgendas(read, {
          motifIds: [motif.id],
          agents: 'any',
          lieuId: lieu.id,
          fromMs: FROM_MS,
          toMs: FROM_MS + 60_000,
        }),
      ])
    const seen = recording(db)
    const apart = await inRead(ctxFor(seen.db), ask)
    expect(seen.statements).toHaveLength(4)
    seen.forget()
    const together = await inRead(ctxFor(seen.db), (read) => inOneStatement(read, ask))
    expect(seen.statements).toHaveLength(1)
    expect(apart[1].absences).toHaveLength(1)
    expect(apart[1].busy[0]?.busyMin).toHaveLength(6)
    expect(together).toEqual(apart)
  })

  test('may find nothing, and may ask again once answered', async () => {
    const answers = await inRead(ctxFor(db), (read) =>
      inOneStatement(read, async (one) => {
        const [none, some] = await Promise.all([
          one.db.execute(sql`select 1 as n where false`),
          one.db.execute(sql`select 2 as n`),
        ])
        return [none, some, await one.db.execute(sql`select ${3}::integer as n`)]
      }),
    )
    expect(answers).toEqual([[], [{ n: 2 }], [{ n: 3 }]])
  })

  test('fail together', async () => {
    const broken = inRead(ctxFor(db), (read) =>
      inOneStatement(read, (one) =>
        Promise.all([one.db.execute(sql`select 1`), one.db.execute(sql`select 1 / ${0}::integer`)]),
      ),
    )
    await expect(broken).rejects.toMatchObject({ cause: { code: '22012' } })
  })
})
