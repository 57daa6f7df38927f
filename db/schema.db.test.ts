import { is, sql, type SQL } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violatedConstraint } from '@/server/platform/sql'
import type { Db } from './client'
import * as schema from './schema'
import { cloneDatabase } from './testing/database'
import { makeBookablePlace, makeLieu, makeMotif, makeOrganisation, makeTerritory, makeUsager } from './testing/make'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

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
  test('no RDV, motif, lieu, opening or participation points into another territory', async () => {
    const here = await makeBookablePlace(db)
    const there = await makeBookablePlace(db)
    const usagerThere = await makeUsager(db, there.territory.id)
    const rdvId = await insertRdv(here)
    const walls: [SQL, string][] = [
      [sql`update rdvs set motif_id = ${there.motif.id} where id = ${rdvId}`, 'rdvs_motif_wall'],
      [sql`update rdvs set lieu_id = ${there.lieu.id} where id = ${rdvId}`, 'rdvs_lieu_wall'],
      [sql`update rdvs set organisation_id = ${there.organisation.id} where id = ${rdvId}`, 'rdvs_territory_wall'],
      [
        sql`update motifs set organisation_id = ${there.organisation.id} where id = ${here.motif.id}`,
        'motifs_territory_wall',
      ],
      [
        sql`update lieux set organisation_id = ${there.organisation.id} where id = ${here.lieu.id}`,
        'lieux_territory_wall',
      ],
      [
        sql`update openings set lieu_id = ${there.lieu.id} where territory_id = ${here.territory.id}`,
        'openings_lieu_wall',
      ],
      [
        sql`insert into opening_motifs (territory_id, opening_id, motif_id) select territory_id, id, ${there.motif.id} from openings where territory_id = ${here.territory.id}`,
        'opening_motifs_motif_wall',
      ],
      [
        sql`insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind) values (${here.territory.id}, ${rdvId}, ${usagerThere.id}, true, true, 'agent')`,
        'participations_usager_wall',
      ],
      [
        sql`insert into usager_organisations (territory_id, usager_id, organisation_id) values (${there.territory.id}, ${usagerThere.id}, ${here.organisation.id})`,
        'usager_organisations_organisation_wall',
      ],
      [
        sql`insert into agent_roles (agent_id, territory_id, organisation_id) values (${here.agents[0]?.id}, ${here.territory.id}, ${there.organisation.id})`,
        'agent_roles_territory_wall',
      ],
    ]
    for (const [statement, wall] of walls) expect(await bite(statement)).toBe(wall)
  })

  test('a proche and a responsable live in one territory', async () => {
    const [a, b] = [await makeTerritory(db), await makeTerritory(db)]
    const [here, there] = [await makeUsager(db, a.id), await makeUsager(db, b.id)]
    expect(await bite(sql`update usagers set responsible_id = ${there.id} where id = ${here.id}`)).toBe(
      'usagers_responsible_wall',
    )
    expect(await bite(sql`update usagers set responsible_id = ${here.id} where id = ${here.id}`)).toBe(
      'usagers_not_own_responsible',
    )
  })

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

  test('accounts are apart from usagers, and unique by e-mail everywhere', async () => {
    expect(await bite(sql`insert into accounts (email) values ('moi@example.org')`)).toBeNull()
    expect(await bite(sql`insert into accounts (email) values ('moi@example.org')`)).toBe('accounts_email_unique')
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

  test('a person takes part once in an RDV', async () => {
    const place = await makeBookablePlace(db)
    const usager = await makeUsager(db, place.territory.id)
    const rdvId = await insertRdv(place)
    const takePart = sql`insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind) values (${place.territory.id}, ${rdvId}, ${usager.id}, true, true, 'agent')`
    expect(await bite(takePart)).toBeNull()
    expect(await bite(takePart)).toBe('participations_once_per_rdv')
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
    expect(await bite(sql`update rdvs set seats_taken = -1 where id = ${rdvId}`)).toBe('rdvs_seats_taken')
  })
})

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const textsOf = (definition: string) => [...new Set(definition.match(/(?<=')[\w-]+(?='::text)/g))]

describe('checks', () => {
  test('an end comes after its start, and an RDV lasts a day at most', async () => {
    const place = await makeBookablePlace(db)
    const rdvId = await insertRdv(place)
    expect(await bite(sql`update rdvs set ends_at = starts_at where id = ${rdvId}`)).toBe('rdvs_end_after_start')
    expect(await bite(sql`update rdvs set ends_at = starts_at + interval '25 hours' where id = ${rdvId}`)).toBe(
      'rdvs_end_after_start',
    )
    expect(await bite(sql`update openings set end_min = start_min where territory_id = ${place.territory.id}`)).toBe(
      'openings_end_after_start',
    )
    const agentId = place.agents[0]?.id
    expect(
      await bite(
        sql`insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min) values (${agentId}, 'Europe/Paris', 'Congé', '2027-03-02', 540, '2027-03-01', 600)`,
      ),
    ).toBe('absences_end_after_start')
  })

  test.each([
    ['rdvs_status', sql`update rdvs set status = 'lapin'`],
    ['rdvs_cancelled_at', sql`update rdvs set cancelled_at = now() where status = 'unknown'`],
    ['motifs_location_type', sql`update motifs set location_type = 'moon'`],
    ['motifs_bookable_by', sql`update motifs set bookable_by = 'nobody'`],
    ['motifs_color_hex', sql`update motifs set color = 'red'`],
    ['motifs_lead_ordered', sql`update motifs set max_lead_min = min_lead_min`],
    ['motifs_duration_bounded', sql`update motifs set duration_min = 0`],
    ['lieux_availability', sql`update lieux set availability = 'maybe'`],
    ['agents_email_folded', sql`update agents set email = 'Claire@Example.org'`],
    ['sessions_one_owner', sql`insert into sessions (seen_at, expires_at) values (now(), now())`],
    ['installation_single_row', sql`insert into installation (id, environment) values (2, 'test')`],
  ])('%s bites', async (constraint, statement) => {
    const place = await makeBookablePlace(db)
    await insertRdv(place)
    expect(await bite(statement)).toBe(constraint)
  })

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

  test('a confidential motif is marked as such, and on-site ones alone are collective', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true } })
    expect(place.motif.isConfidential).toBe(true)
    expect(
      await bite(sql`update motifs set is_collective = true, location_type = 'phone' where id = ${place.motif.id}`),
    ).toBe('motifs_collective_on_site')
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
