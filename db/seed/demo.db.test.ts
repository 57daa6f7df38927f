import { verify } from '@node-rs/argon2'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../testing/database'
import accounts from './accounts.json'
import { loadCommunes } from './communes'
import { dropDemo, seedDemo } from './demo'

const NOW = new Date('2026-11-22T11:40:00Z')

type Clone = Awaited<ReturnType<typeof cloneDatabase>>

const count = async ({ db }: Clone, table: string) => {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`)
  return row?.n
}

describe('an empty database', () => {
  let clone: Clone
  let outcome: Awaited<ReturnType<typeof seedDemo>>
  beforeAll(async () => {
    clone = await cloneDatabase()
    outcome = await seedDemo(clone.db, NOW)
  })
  afterAll(() => clone.close())

  it('is stamped and filled', async () => {
    expect(outcome.kind).toBe('filled')
    const [stamp] = await clone.db.execute(sql`select environment from installation`)
    expect(stamp).toMatchObject({ environment: 'demo' })
    expect(await count(clone, 'territories')).toBe(3)
    expect(await count(clone, 'agents')).toBe(60)
    expect(await count(clone, 'usagers')).toBe(3000)
    expect(await count(clone, 'rdvs')).toBe(6000)
    expect(await count(clone, 'motifs')).toBeGreaterThanOrEqual(80)
    expect(await count(clone, 'communes')).toBeGreaterThan(34_000)
  })

  it('holds RDVs in every status', async () => {
    const rows = await clone.db.execute<{ status: string }>(sql`select distinct status from rdvs order by status`)
    expect(rows.map(({ status }) => status)).toEqual(['excused', 'noshow', 'revoked', 'seen', 'unknown'])
  })

  it('counts the seats of workshops, some of them full', async () => {
    const [row] = await clone.db.execute<{ wrong: number; full: number }>(sql`
      select count(*) filter (where seats_taken <> taken)::int as wrong,
        count(*) filter (where seats_taken = max_seats and starts_at > ${NOW.toISOString()}::timestamptz)::int as "full"
      from rdvs, lateral (select count(*) as taken from participations p
        where p.rdv_id = rdvs.id and p.status in ('unknown', 'seen', 'noshow')) seats
      where is_collective`)
    expect(row?.wrong).toBe(0)
    expect(row?.full).toBeGreaterThan(0)
  })

  it('leaves the identities ready for the next rows', async () => {
    const [row] = await clone.db.execute<{ id: number }>(sql`
      insert into services (name, short_name) values ('Un autre service', 'Autre') returning id::int`)
    expect(row?.id).toBeGreaterThan(5)
  })

  it('lets the demo accounts in, and only them', async () => {
    const rows = await clone.db.execute<{ email: string; password_hash: string }>(sql`
      select email, password_hash from agents where password_hash is not null order by id`)
    expect(rows.map(({ email }) => email)).toEqual(accounts.accounts.map(({ email }) => email))
    const [first] = rows
    expect(first?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verify(first?.password_hash ?? '', accounts.password)).toBe(true)
  })

  it('is left alone the second time', async () => {
    expect(await seedDemo(clone.db, NOW)).toEqual({ kind: 'already-there' })
    expect(await count(clone, 'rdvs')).toBe(6000)
  })

  it('takes the communes again without changing a row', async () => {
    const before = await clone.db.execute(sql`select max(xmin::text::bigint) as last from communes`)
    await clone.db.transaction((tx) => loadCommunes(tx))
    expect(await clone.db.execute(sql`select max(xmin::text::bigint) as last from communes`)).toEqual(before)
  })
})

describe('a database that is not a demo', () => {
  let clone: Clone
  beforeAll(async () => {
    clone = await cloneDatabase()
    await clone.db.execute(sql`
      insert into territories (department_number, name, zone) values ('59', 'Nord', 'Europe/Paris')`)
  })
  afterAll(() => clone.close())

  it('is refused when it holds a territory and no stamp', async () => {
    expect(await seedDemo(clone.db, NOW)).toEqual({ kind: 'refused', why: 'not-stamped' })
    expect(await dropDemo(clone.db)).toBe(false)
    expect(await count(clone, 'territories')).toBe(1)
  })

  it('is refused when it is stamped otherwise', async () => {
    await clone.db.execute(sql`insert into installation (environment) values ('production')`)
    expect(await seedDemo(clone.db, NOW)).toEqual({ kind: 'refused', why: 'stamped-otherwise' })
    expect(await dropDemo(clone.db)).toBe(false)
    expect(await count(clone, 'territories')).toBe(1)
  })

  it('is emptied once it is stamped as a demo', async () => {
    await clone.db.execute(sql`update installation set environment = 'demo'`)
    expect(await dropDemo(clone.db)).toBe(true)
    const [row] = await clone.db.execute<{ n: number }>(
      sql`select count(*)::int as n from pg_tables where schemaname in ('public', 'drizzle', 'graphile_worker')`,
    )
    expect(row?.n).toBe(0)
    expect(await dropDemo(clone.db)).toBe(true)
  })
})
