import { pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { createDb, type Db, type Tx } from '../client'
import { analyze } from './fill'

export type Sizes = { agents: number; usagers: number; rdvs: number }

const AGENTS_PER_ORGANISATION = 30
const ORGANISATIONS_PER_TERRITORY = 10
const WORKDAYS = 150
const SLOTS_A_DAY = 13
/** Prime to WORKDAYS × SLOTS_A_DAY: walking by this step visits every slot of an agent once before any twice. */
const STRIDE = 797
const PAST_DAYS = 150

/**
 * Adds territories of its own (« Banc d'essai … ») to whatever the database holds, for measures at full size.
 * Written in the database itself, in one transaction; every RDV stands on its agent's grid, none overlaps.
 */
export async function scaleUp(db: Db, { agents, usagers, rdvs }: Sizes, now: Date) {
  if (rdvs > agents * WORKDAYS * SLOTS_A_DAY) throw new Error('Trop de rendez-vous pour si peu d’agents.')
  const organisations = Math.ceil(agents / AGENTS_PER_ORGANISATION)
  const territories = Math.ceil(organisations / ORGANISATIONS_PER_TERRITORY)
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local maintenance_work_mem = '512MB'`)
    await tx.execute(sql`set local work_mem = '64MB'`)
    const base = await lastIds(tx)
    await addDirectory(tx, base, territories, organisations)
    await addAgents(tx, base, agents, organisations, now)
    await addUsagers(tx, base, usagers, territories)
    const bookings = { agents, usagersPerTerritory: Math.floor(usagers / territories), rdvs }
    await checkingAtTheEnd(tx, () => addRdvs(tx, base, bookings, now))
    await moveIdentities(tx)
    await analyze(tx)
  })
}

const NUMBERED = [
  'territories',
  'organisations',
  'services',
  'motifs',
  'lieux',
  'agents',
  'usagers',
  'openings',
  'rdvs',
] as const
type Base = Record<(typeof NUMBERED)[number], number>

async function lastIds(tx: Tx): Promise<Base> {
  const columns = NUMBERED.map(
    (table) => sql`(select coalesce(max(id), 0)::int from ${sql.identifier(table)}) as ${sql.identifier(table)}`,
  )
  const [row] = await tx.execute<Base>(sql`select ${sql.join(columns, sql`, `)}`)
  if (!row) throw new Error('no identities')
  return row
}

async function moveIdentities(tx: Tx) {
  for (const table of NUMBERED) {
    await tx.execute(sql`
      select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.identifier(table)}))`)
  }
}

async function addDirectory(tx: Tx, base: Base, territories: number, organisations: number) {
  await tx.execute(sql`
    insert into services (id, name, short_name) overriding system value
    select ${base.services} + 1, 'Banc d’essai ' || ${base.services}::int, 'Banc ' || ${base.services}::int`)
  await tx.execute(sql`
    insert into territories (id, department_number, name, zone) overriding system value
    select ${base.territories} + t, '62', 'Banc d’essai ' || (${base.territories} + t), 'Europe/Paris'
    from generate_series(1, ${territories}::int) t`)
  await tx.execute(sql`
    insert into territory_services (territory_id, service_id)
    select ${base.territories} + t, ${base.services} + 1 from generate_series(1, ${territories}::int) t`)
  await tx.execute(sql`
    insert into organisations (id, territory_id, name) overriding system value
    select ${base.organisations} + o, ${base.territories} + 1 + (o - 1) / ${ORGANISATIONS_PER_TERRITORY}::int, 'MDS d’essai ' || o
    from generate_series(1, ${organisations}::int) o`)
  await tx.execute(sql`
    insert into lieux (id, territory_id, organisation_id, name, address, city_code, city_name, post_code, latitude, longitude)
      overriding system value
    select ${base.lieux} + 2 * o - n, ${base.territories} + 1 + (o - 1) / ${ORGANISATIONS_PER_TERRITORY}::int, ${base.organisations} + o,
      'Site ' || (n + 1) || ' de la MDS d’essai ' || o, o || ' rue du Banc, 62000 Arras', '62041', 'Arras', '62000',
      50.2 + o % 50 * 0.01, 2.4 + o % 37 * 0.02
    from generate_series(1, ${organisations}::int) o, generate_series(0, 1) n`)
  await tx.execute(sql`
    insert into motifs (id, territory_id, organisation_id, service_id, name, color, duration_min, bookable_by) overriding system value
    select ${base.motifs} + 4 * o - m, ${base.territories} + 1 + (o - 1) / ${ORGANISATIONS_PER_TERRITORY}::int, ${base.organisations} + o,
      ${base.services} + 1, 'Motif d’essai ' || (m + 1), '#0b5563', 30, 'everyone'
    from generate_series(1, ${organisations}::int) o, generate_series(0, 3) m`)
}

/** Of agent number `a` (from 1): their organisation's number (from 1). */
const organisationOf = (a: string) => sql.raw(`(1 + (${a} - 1) / ${AGENTS_PER_ORGANISATION})`)
const territoryOf = (a: string) =>
  sql.raw(`(1 + (${a} - 1) / ${AGENTS_PER_ORGANISATION * ORGANISATIONS_PER_TERRITORY})`)

async function addAgents(tx: Tx, base: Base, agents: number, organisations: number, now: Date) {
  await tx.execute(sql`
    insert into agents (id, email, first_name, last_name, invited_at, activated_at) overriding system value
    select ${base.agents} + a, 'agent.' || (${base.agents} + a) || '@banc.example.org', 'Agent', 'Banc ' || a,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from generate_series(1, ${agents}::int) a`)
  await tx.execute(sql`
    insert into agent_services (agent_id, service_id)
    select ${base.agents} + a, ${base.services} + 1 from generate_series(1, ${agents}::int) a`)
  await tx.execute(sql`
    insert into agent_roles (agent_id, territory_id, organisation_id, level)
    select ${base.agents} + a, ${base.territories} + ${territoryOf('a')}, ${base.organisations} + ${organisationOf('a')},
      case when a % ${AGENTS_PER_ORGANISATION} = 1 then 'admin' else 'basic' end
    from generate_series(1, ${agents}::int) a`)
  await tx.execute(sql`
    insert into grants (territory_id, grantee_kind, grantee_organisation_id, target_kind, target_organisation_id, level, scope_organisation_ids)
    select territory_id, kind, id, 'everyone', id, 'write', array[id]
    from organisations, unnest(array['secretaries', 'admins']) as kind where id > ${base.organisations}`)
  await tx.execute(sql`
    insert into grants (territory_id, grantee_kind, grantee_organisation_id, grantee_service_id, target_kind, target_agent_id, level,
      scope_organisation_ids, scope_service_ids)
    select territory_id, 'colleagues', organisation_id, ${base.services} + 1, 'agent', agent_id, 'write', array[organisation_id],
      array[${base.services} + 1]
    from agent_roles where agent_id > ${base.agents}`)
  await tx.execute(sql`
    insert into openings (id, territory_id, organisation_id, agent_id, lieu_id, title, first_day, start_min, end_min, rrule)
      overriding system value
    select ${base.openings} + 4 * (a - 1) + w.n, ${base.territories} + ${territoryOf('a')}, ${base.organisations} + ${organisationOf('a')},
      ${base.agents} + a, ${base.lieux} + 2 * ${organisationOf('a')} - (w.n + a) % 2, 'Plage d’essai', ${firstMonday(now)}, w.starts, w.ends,
      'FREQ=WEEKLY;BYDAY=' || w.days
    from generate_series(1, ${agents}::int) a,
      (values (1, 540, 720, 'MO,WE,FR'), (2, 540, 720, 'TU,TH'), (3, 810, 1020, 'MO,TU,WE'), (4, 810, 1020, 'TH,FR'))
        w (n, starts, ends, days)`)
  await tx.execute(sql`
    insert into opening_motifs (territory_id, opening_id, motif_id)
    select o.territory_id, o.id, m.id
    from openings o join motifs m on m.organisation_id = o.organisation_id and (o.id + m.id) % 2 = 0
    where o.id > ${base.openings} and o.organisation_id <= ${base.organisations + organisations}`)
}

/** The Monday from which the measured weeks count. */
const firstMonday = (now: Date) =>
  sql`date_trunc('week', (${now.toISOString()}::timestamptz at time zone 'Europe/Paris') - ${PAST_DAYS} * interval '1 day')::date`

async function addUsagers(tx: Tx, base: Base, usagers: number, territories: number) {
  const perTerritory = Math.floor(usagers / territories)
  await tx.execute(sql`
    insert into usagers (id, territory_id, first_name, last_name, born_on, email, phone, phone_e_164, city_code, city_name, post_code,
      phone_confirmed, email_confirmed, created_through) overriding system value
    select ${base.usagers} + u, ${base.territories} + least(${territories}::int, 1 + (u - 1) / ${perTerritory}::int),
      (array['Marie', 'Amina', 'Chloé', 'Fatou', 'Jeanne', 'Lucas', 'Mehdi', 'Paul', 'Théo', 'Zoé', 'Inès'])[1 + u % 11],
      (array['Lefebvre', 'Dubois', 'Nowak', 'Benali', 'Diallo', 'Leroy', 'Caron', 'Payet', 'Hoarau', 'Martin', 'Nguyen', 'Petit',
        'Carpentier'])[1 + u % 13] || ' ' || chr(65 + u % 26) || chr(97 + u / 26 % 26) || chr(97 + u / 676 % 26),
      date '1950-01-01' + u % 25000, case when u % 2 = 0 then 'usager.' || u || '@example.org' end,
      '06 00 ' || lpad((u % 1000000)::text, 6, '0'), '+33600' || lpad((u % 1000000)::text, 6, '0'), '62041', 'Arras', '62000', true, u % 2 = 0, 'agent_creation'
    from generate_series(1, ${usagers}::int) u`)
  await tx.execute(sql`
    insert into usager_organisations (territory_id, usager_id, organisation_id)
    select u.territory_id, u.id, o.first + u.id % o.many
    from usagers u join (select territory_id, min(id) as first, count(*) as many from organisations group by 1) o using (territory_id)
    where u.id > ${base.usagers}`)
}

type Bookings = { agents: number; usagersPerTerritory: number; rdvs: number }

async function addRdvs(tx: Tx, base: Base, { agents, usagersPerTerritory, rdvs }: Bookings, now: Date) {
  const instant = now.toISOString()
  const inParis = (minutes: string) =>
    sql.raw(`((day + make_interval(mins => ${minutes})) at time zone 'Europe/Paris')`)
  await tx.execute(sql`
    insert into rdvs (id, territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, status, cancelled_at, author_kind,
      author_id, updated_at, created_at) overriding system value
    select ${base.rdvs} + r, ${base.territories} + ${territoryOf('a')}, ${base.organisations} + ${organisationOf('a')},
      ${base.motifs} + 4 * ${organisationOf('a')} - r % 4, ${base.lieux} + 2 * ${organisationOf('a')} - r % 2, starts, ends, status,
      case when status in ('excused', 'revoked') then placed end, 'agent', ${base.agents} + a, placed, placed
    from (select *, least(starts, ${instant}::timestamptz) - interval '9 days' as placed,
        case when r % 20 = 1 then 'excused' when r % 20 = 2 then 'revoked' when ends > ${instant}::timestamptz then 'unknown'
          when r % 20 = 3 then 'noshow' when r % 20 = 4 then 'unknown' else 'seen' end as status
      from (select r, a, ${inParis('min')} as starts, ${inParis('min + 30')} as ends
        from (select r, a, ${firstMonday(now)} + 7 * (place / ${5 * SLOTS_A_DAY}) + place / ${SLOTS_A_DAY} % 5 as day,
            case when place % ${SLOTS_A_DAY} < 6 then 540 + place % ${SLOTS_A_DAY} * 30
              else 810 + (place % ${SLOTS_A_DAY} - 6) * 30 end as min
          from (select r, 1 + (r - 1) % ${agents}::int as a,
              ((r - 1) / ${agents}::int * ${STRIDE}::int + (r - 1) % ${agents}::int * 31) % ${WORKDAYS * SLOTS_A_DAY}::int as place
            from generate_series(1, ${rdvs}::int) r) places) days) times) settled`)
  await tx.execute(sql`
    insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
    select author_id, 'rdv', id, starts_at, ends_at, occupies from rdvs where id > ${base.rdvs}`)
  await tx.execute(sql`
    insert into participations (territory_id, rdv_id, usager_id, status, notifies_lifecycle, notifies_reminder, author_kind, author_id)
    select territory_id, id, ${base.usagers} + (territory_id - ${base.territories} - 1) * ${usagersPerTerritory}::int
      + 1 + id * 7919 % ${usagersPerTerritory}::int, status, true, true, 'agent', author_id
    from rdvs where id > ${base.rdvs}`)
}

const BOOKING_TABLES = ['rdvs', 'agent_times', 'participations'] as const

/**
 * Checking a million rows one by one (foreign keys, double booking) takes ten times longer than checking them all
 * at the end: the constraints leave for the time of the transaction, and come back by verifying every row.
 */
async function checkingAtTheEnd(tx: Tx, insert: () => Promise<void>) {
  const tables = sql.join(
    BOOKING_TABLES.map((table) => sql`${table}::regclass`),
    sql`, `,
  )
  const constraints = await tx.execute<{ owner: string; name: string; definition: string }>(sql`
    select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid in (${tables}) and contype in ('f', 'x') order by conname`)
  for (const { owner, name } of constraints) {
    await tx.execute(sql`alter table ${sql.identifier(owner)} drop constraint ${sql.identifier(name)}`)
  }
  // No workshop here: there are no seats to count.
  await tx.execute(sql`alter table participations disable trigger participations_count_seats`)
  await insert()
  await tx.execute(sql`alter table participations enable trigger participations_count_seats`)
  for (const { owner, name, definition } of constraints) {
    await tx.execute(
      sql`alter table ${sql.identifier(owner)} add constraint ${sql.identifier(name)} ${sql.raw(definition)}`,
    )
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL manque.')
  const { db, close } = createDb(url, { poolSize: 1, applicationName: 'scale', prepares: false })
  const startedAt = performance.now()
  const sizes = { agents: 3000, usagers: 200_000, rdvs: 1_000_000 }
  await scaleUp(db, sizes, new Date(process.env['SEED_NOW'] ?? Date.now())).finally(close)
  console.log(`${sizes.rdvs} rendez-vous de banc d’essai en ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`)
}
