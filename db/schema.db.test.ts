import { is, sql, type SQL } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { violatedConstraint } from '@/server/platform/sql'
import * as schema from './schema'
import { ownDatabase } from './testing/database'
import { makeBookablePlace, makeLieu, makeMotif, makeOrganisation, makeTerritory, makeUsager } from './testing/make'

const { db } = await ownDatabase()

type Place = Awaited<ReturnType<typeof makeBookablePlace>>

/** The constraint a statement runs into, null when the database takes it. */
async function bite(statement: SQL): Promise<string | null> {
  try {
    await db.execute(statement)
    return null
  } catch (error) {
    return violatedConstraint(error) ?? String((error as { cause?: unknown }).cause)
  }
}

const NINE = '2027-03-02T08:00:00Z'
const TEN = '2027-03-02T09:00:00Z'
const ELEVEN = '2027-03-02T10:00:00Z'

type RdvGiven = {
  startsAt?: string
  endsAt?: string
  status?: string
  motifId?: number
  collective?: boolean
  maxSeats?: number | null
}

async function insertRdv(
  place: Place,
  { startsAt = NINE, endsAt = TEN, status = 'unknown', collective = false, maxSeats = null }: RdvGiven = {},
) {
  const [row] = await db.execute<{ id: number }>(sql`
    insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, status, is_collective, max_seats, author_kind, updated_at, cancelled_at)
    values (${place.territory.id}, ${place.organisation.id}, ${place.motif.id}, ${place.lieu.id}, ${startsAt}, ${endsAt}, ${status},
            ${collective}, ${maxSeats}, 'agent', now(), case when ${status} in ('excused', 'revoked') then now() end)
    returning id::float8 as id`)
  return row?.id ?? 0
}

const takeTime = (rdvId: number, agentId: number, { exclusive = true } = {}) => sql`
  insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
  select ${agentId}, 'rdv', id, starts_at, ends_at, occupies, ${exclusive} from rdvs where id = ${rdvId}`

describe('double booking', () => {
  test('is impossible: two RDVs of one agent never meet', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    expect(await bite(takeTime(await insertRdv(place), agentId))).toBeNull()
    expect(await bite(takeTime(await insertRdv(place), agentId))).toBe('agent_times_no_double_booking')
  })

  test('half-open: one may start when the other ends', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    await db.execute(takeTime(await insertRdv(place), agentId))
    expect(await bite(takeTime(await insertRdv(place, { startsAt: TEN, endsAt: ELEVEN }), agentId))).toBeNull()
  })

  test('a cancelled RDV leaves the constraint, and comes back into it', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    const first = await insertRdv(place)
    await db.execute(takeTime(first, agentId))
    await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${first}`)
    expect(await bite(takeTime(await insertRdv(place), agentId))).toBeNull()
    const reopen = sql`update rdvs set status = 'unknown', cancelled_at = null where id = ${first}`
    expect(await bite(reopen)).toBe('agent_times_no_double_booking')
  })

  test('a no-show still takes the time', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    const first = await insertRdv(place)
    await db.execute(takeTime(first, agentId))
    await db.execute(sql`update rdvs set status = 'noshow' where id = ${first}`)
    expect(await bite(takeTime(await insertRdv(place), agentId))).toBe('agent_times_no_double_booking')
  })

  test('a hold takes the time as an RDV does', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    await db.execute(
      sql`insert into agent_times (agent_id, kind, starts_at, ends_at, occupies) values (${agentId}, 'hold', ${NINE}, ${TEN}, true)`,
    )
    expect(await bite(takeTime(await insertRdv(place), agentId))).toBe('agent_times_no_double_booking')
  })

  test('an overlap acknowledged is let in', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    await db.execute(takeTime(await insertRdv(place), agentId))
    expect(await bite(takeTime(await insertRdv(place), agentId, { exclusive: false }))).toBeNull()
  })

  test('an agent’s time follows its RDV, and can’t say otherwise', async () => {
    const place = await makeBookablePlace(db)
    const agentId = place.agents[0]?.id ?? 0
    const rdvId = await insertRdv(place)
    await db.execute(takeTime(rdvId, agentId))
    await db.execute(sql`update rdvs set starts_at = ${TEN}, ends_at = ${ELEVEN} where id = ${rdvId}`)
    const [row] = await db.execute(
      sql`select starts_at = ${TEN}::timestamptz as moved, starts_min = extract(epoch from ${TEN}::timestamptz) / 60 as minute from agent_times where rdv_id = ${rdvId}`,
    )
    expect(row).toEqual({ moved: true, minute: true })
    expect(await bite(sql`update agent_times set starts_at = ${NINE} where rdv_id = ${rdvId}`)).toBe(
      'agent_times_follow_rdv',
    )
    expect(await bite(sql`update agent_times set occupies = false where rdv_id = ${rdvId}`)).toBe(
      'agent_times_follow_rdv',
    )
  })

  test('the constraint can’t be deferred, so that inserts may say « on conflict do nothing »', async () => {
    const [row] = await db.execute(
      sql`select condeferrable, contype from pg_constraint where conname = 'agent_times_no_double_booking'`,
    )
    expect(row).toEqual({ condeferrable: false, contype: 'x' })
  })
})

describe('the territory wall', () => {
  test('agents, services and absences are global: an agent works in two territories with one agenda', async () => {
    const [here, there] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    const agentId = here.agents[0]?.id ?? 0
    expect(
      await bite(
        sql`insert into agent_roles (agent_id, territory_id, organisation_id) values (${agentId}, ${there.territory.id}, ${there.organisation.id})`,
      ),
    ).toBeNull()
    await db.execute(takeTime(await insertRdv(here), agentId))
    expect(await bite(takeTime(await insertRdv(there), agentId))).toBe('agent_times_no_double_booking')
  })
})

describe('uniqueness', () => {
  test('an e-mail belongs to one usager of a territory, a doubtful file aside', async () => {
    const territory = await makeTerritory(db)
    const lea = await makeUsager(db, territory.id, { email: 'lea@example.org' })
    const second = sql`insert into usagers (territory_id, first_name, last_name, email) values (${territory.id}, 'Awa', 'Diop', 'lea@example.org')`
    expect(await bite(second)).toBe('usagers_email_unique')
    await expect(
      makeUsager(db, territory.id, { email: 'lea@example.org', maybeSameAsId: lea.id }),
    ).resolves.toBeDefined()
    await expect(makeUsager(db, (await makeTerritory(db)).id, { email: 'lea@example.org' })).resolves.toBeDefined()
  })

  test('a motif name is unique in its organisation, service and location, but for deleted ones', async () => {
    const place = await makeBookablePlace(db)
    const same = {
      name: 'Vaccination',
      serviceId: place.service.id,
      territoryId: place.territory.id,
      organisationId: place.organisation.id,
    }
    await makeMotif(db, same, { name: same.name, deletedAt: new Date() })
    await makeMotif(db, same, { name: same.name })
    const again = sql`insert into motifs (territory_id, organisation_id, service_id, name, color) values (${same.territoryId}, ${same.organisationId}, ${same.serviceId}, 'Vaccination', '#0b5563')`
    expect(await bite(again)).toBe('motifs_name_unique')
  })
})

describe('seats', () => {
  test('are counted by the database, and never overdrawn unless an agent said so', async () => {
    const place = await makeBookablePlace(db)
    const rdvId = await insertRdv(place, { collective: true, maxSeats: 1 })
    const takePart = async () => {
      const usager = await makeUsager(db, place.territory.id)
      return sql`insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind) values (${place.territory.id}, ${rdvId}, ${usager.id}, true, true, 'agent')`
    }
    expect(await bite(await takePart())).toBeNull()
    expect(await bite(await takePart())).toBe('rdvs_seats_left')
    await db.execute(sql`update participations set status = 'excused' where rdv_id = ${rdvId}`)
    expect(await bite(await takePart())).toBeNull()
    await db.execute(sql`update rdvs set is_overbooked = true where id = ${rdvId}`)
    expect(await bite(await takePart())).toBeNull()
    const [row] = await db.execute(sql`select seats_taken from rdvs where id = ${rdvId}`)
    expect(row).toEqual({ seats_taken: 2 })
    await db.execute(sql`delete from participations where rdv_id = ${rdvId}`)
    const [emptied] = await db.execute(sql`select seats_taken from rdvs where id = ${rdvId}`)
    expect(emptied).toEqual({ seats_taken: 0 })
  })
})

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const textsOf = (definition: string) => [...new Set(definition.match(/(?<=')[\w-]+(?='::text)/g))]

describe('checks', () => {
  test('each enumerated column is checked against its own values', async () => {
    const enumerated = Object.values(schema).flatMap((table) => {
      if (!is(table, PgTable)) return []
      const { name, columns } = getTableConfig(table)
      return columns
        .filter(({ enumValues }) => enumValues)
        .map((column) => `${name}.${snakeCase(column.name)}: ${[...(column.enumValues ?? [])].sort().join(', ')}`)
    })
    const checks = await db.execute<{ column: string; definition: string }>(sql`
      select conrelid::regclass::text || '.' || attname as column, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c join pg_attribute on attrelid = conrelid and attnum = any(conkey) where contype = 'c'`)
    const checked = checks.map(({ column, definition }) => `${column}: ${textsOf(definition).sort().join(', ')}`)
    expect(enumerated.length).toBeGreaterThan(20)
    expect(enumerated.filter((column) => !checked.includes(column))).toEqual([])
  })

  test('what is used can’t be deleted', async () => {
    const place = await makeBookablePlace(db)
    await insertRdv(place)
    expect(await bite(sql`delete from lieux where id = ${place.lieu.id}`)).toMatch(/wall/)
    expect(await bite(sql`delete from territories where id = ${place.territory.id}`)).not.toBeNull()
    const organisation = await makeOrganisation(db, place.territory.id)
    const lieu = await makeLieu(db, { territoryId: place.territory.id, organisationId: organisation.id })
    expect(await bite(sql`delete from lieux where id = ${lieu.id}`)).toBeNull()
  })
})

test('a deleted RDV takes its people and their links along, and leaves the draft its territory', async () => {
  const place = await makeBookablePlace(db)
  const usager = await makeUsager(db, place.territory.id)
  const rdvId = await insertRdv(place)
  await db.execute(sql`
    with person as (
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      values (${place.territory.id}, ${rdvId}, ${usager.id}, true, true, 'usager') returning id
    )
    insert into rdv_links (rdv_id, participation_id) select ${rdvId}, id from person`)
  await db.execute(
    sql`insert into booking_drafts (territory_id, rdv_id, answers, expires_at) values (${place.territory.id}, ${rdvId}, '{}', now())`,
  )
  await db.execute(sql`delete from rdvs where id = ${rdvId}`)
  const [left] = await db.execute(sql`
    select (select count(*)::integer from participations where rdv_id = ${rdvId}) as people,
           (select count(*)::integer from rdv_links where rdv_id = ${rdvId}) as links,
           (select count(*)::integer from booking_drafts where territory_id = ${place.territory.id} and rdv_id is null) as drafts`)
  expect(left).toEqual({ people: 0, links: 0, drafts: 1 })
})

describe('the ledger', () => {
  const write = (at: string) =>
    sql`insert into events (occurred_at, kind, subject_kind, subject_id, actor_kind, request_id) values (${at}, 'test', 'rdv', 1, 'system', 'x')`

  test('is partitioned by month, made ahead, with a default for the others', async () => {
    const rows = await db.execute<{ parent: string; months: number }>(sql`
      select parent.relname as parent, count(*)::integer as months from pg_inherits
      join pg_class parent on parent.oid = inhparent join pg_class child on child.oid = inhrelid
      where child.relname ~ '_\\d{4}_\\d{2}$' group by parent.relname order by parent.relname`)
    expect(rows.map(({ parent }) => parent)).toEqual(['access_log', 'event_values', 'events'])
    for (const { months } of rows) expect(months).toBeGreaterThanOrEqual(12)
    await db.execute(sql`select make_month_partitions('2031-05-01', 2)`)
    await db.execute(write('2031-06-15T00:00:00Z'))
    await db.execute(write('2044-01-01T00:00:00Z'))
    const tables = await db.execute(
      sql`select tableoid::regclass::text as name from events where kind = 'test' order by occurred_at`,
    )
    expect([...tables]).toEqual([{ name: 'events_2031_06' }, { name: 'events_default' }])
  })

  test('is append-only', async () => {
    await db.execute(write('2031-06-16T00:00:00Z'))
    expect(await bite(sql`update events set kind = 'other' where kind = 'test'`)).toMatch(/append-only/)
    expect(await bite(sql`delete from events where kind = 'test'`)).toMatch(/append-only/)
    await db.execute(
      sql`insert into access_log (occurred_at, actor_kind, subject_kind, subject_id, purpose, request_id) values ('2031-06-16', 'agent', 'rdv', 1, 'x', 'x')`,
    )
    expect(await bite(sql`update access_log set purpose = 'y'`)).toMatch(/append-only/)
    expect(await bite(sql`delete from access_log`)).toMatch(/append-only/)
  })
})

test('names are found without their accents, and sorted as in French', async () => {
  const [row] = await db.execute(sql`select fold('Élodie N’Diaye-Lê') as folded`)
  expect(row).toEqual({ folded: 'elodie n diaye le' })
  const sorted = await db.execute<{ name: string }>(
    sql`select name from (values ('Zoé'), ('Élodie'), ('Eva')) as t(name) order by name collate "fr-x-icu"`,
  )
  expect(sorted.map(({ name }) => name)).toEqual(['Élodie', 'Eva', 'Zoé'])
})

test('migrations stand in the order of their times: the migrator would silently skip an older one', async () => {
  const journal = (await import('./migrations/meta/_journal.json')).default
  const times = journal.entries.map((entry) => entry.when)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  const [row] = await db.execute(sql`select count(*)::integer as count from drizzle.__drizzle_migrations`)
  expect(row).toEqual({ count: journal.entries.length })
})
