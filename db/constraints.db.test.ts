import { sql, TransactionRollbackError } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { violatedConstraint } from '@/server/platform/sql'
import { ACCOUNTS_REFUSED } from './constraints.accounts.test-model'
import { SMS_REFUSED } from './constraints.sms.test-model'
import { WAITLIST_REFUSED } from './constraints.waitlist.test-model'
import { WORDS_REFUSED } from './constraints.words.test-model'
import { ownDatabase } from './testing/database'
import { fillEveryTable } from './testing/every-table'

/** A reference to the same thing of another territory. */
const elsewhere = (table: string, column: string, target: string, where = 'true') =>
  `update ${table} set ${column} =
     (select id from ${target} as stranger where stranger.territory_id <> ${table}.territory_id limit 1) where ${where}`

/** Every row says the same. */
const same = (table: string, column: string) => `update ${table} set ${column} = 'same'`

/** What the database must refuse, by exactly the constraint named, in a database where every table has rows. */
const REFUSED: Record<string, string | string[]> = {
  // access
  agent_groups_name_unique: `insert into agent_groups (territory_id, name) select territory_id, name from agent_groups`,
  agent_groups_territory_id_territories_id_fk: `insert into agent_groups (territory_id, name) values (0, 'Nobody')`,
  agent_roles_level: `update agent_roles set level = 'chief'`,
  agent_roles_once_per_organisation: `insert into agent_roles (agent_id, territory_id, organisation_id)
    select agent_id, territory_id, organisation_id from agent_roles`,
  agent_roles_territory_wall: elsewhere('agent_roles', 'organisation_id', 'organisations'),
  agents_absence_notifications: `update agents set absence_notifications = 'never'`,
  agents_calendar_uid_unique: same('agents', 'calendar_uid'),
  agents_email_folded: `update agents set email = 'Claire@example.org'`,
  agents_email_unique: same('agents', 'email'),
  agents_external_id_unique: same('agents', 'external_id'),
  agents_opening_notifications: `update agents set opening_notifications = 'never'`,
  impersonations_one_at_a_time: `insert into impersonations (super_admin_id, session_id, agent_id, reason, started_at, expires_at)
    select super_admin_id, session_id, agent_id, reason, started_at, expires_at from impersonations`,
  impersonations_reason: [
    `update impersonations set reason = '   court   '`,
    `update impersonations set reason = repeat('x', 501)`,
  ],
  impersonations_session_id_sessions_id_fk: `update impersonations set session_id = gen_random_uuid()`,
  impersonations_short: [
    `update impersonations set expires_at = started_at`,
    `update impersonations set expires_at = started_at + interval '31 minutes'`,
  ],
  place_invitations_agent_id_agents_id_fk: `update place_invitations set agent_id = 0`,
  place_invitations_level: `update place_invitations set level = 'intervenant'`,
  place_invitations_territory_wall: elsewhere('place_invitations', 'organisation_id', 'organisations'),
  recovery_codes_code_unique: `insert into recovery_codes (second_factor_id, code_hash)
    select second_factor_id, code_hash from recovery_codes`,
  second_factors_agent_unique: `insert into second_factors (agent_id, sealed_secret) select id, 'y' from agents`,
  second_factors_one_owner: [
    `insert into second_factors (sealed_secret) values ('x')`,
    `update second_factors set super_admin_id = (select min(id) from super_admins) where agent_id is not null`,
  ],
  second_factors_super_admin_unique: `insert into second_factors (super_admin_id, sealed_secret) select id, 'y' from super_admins`,
  super_admins_email_folded: `update super_admins set email = 'Lou@example.org'`,
  super_admins_email_unique: same('super_admins', 'email'),
  agents_rdv_notifications: `update agents set rdv_notifications = 'never'`,
  grants_grantee: [
    `update grants set grantee_kind = 'everyone'`,
    `update grants set grantee_agent_id = null where grantee_kind = 'agent'`,
    `update grants set grantee_service_id = (select min(id) from services) where grantee_kind = 'agent'`,
    `update grants set grantee_group_id = null where grantee_kind = 'group'`,
    `update grants set grantee_organisation_id = null where grantee_kind = 'colleagues'`,
    `update grants set grantee_kind = 'secretaries' where grantee_kind = 'colleagues'`,
    `update grants set grantee_kind = 'admins' where grantee_kind = 'colleagues'`,
  ],
  grants_grantee_group_wall: elsewhere('grants', 'grantee_group_id', 'agent_groups', `grantee_kind = 'group'`),
  grants_grantee_organisation_wall: elsewhere(
    'grants',
    'grantee_organisation_id',
    'organisations',
    `grantee_kind = 'colleagues'`,
  ),
  grants_level: `update grants set level = 'all'`,
  grants_none_of_place: `update grants set level = 'none' where grantee_kind = 'agent'`,
  grants_scope: [`update grants set scope_organisation_ids = '{}'`, `update grants set scope_service_ids = '{}'`],
  grants_target: [
    `update grants set target_kind = 'nobody'`,
    `update grants set target_agent_id = null where target_kind = 'agent'`,
    `update grants set target_group_id = null where target_kind = 'group'`,
    `update grants set target_organisation_id = null where target_kind = 'everyone'`,
    `update grants set target_kind = 'group' where target_kind = 'agent'`,
  ],
  grants_target_group_wall: elsewhere('grants', 'target_group_id', 'agent_groups', `target_kind = 'group'`),
  grants_target_organisation_wall: elsewhere(
    'grants',
    'target_organisation_id',
    'organisations',
    `target_kind = 'everyone'`,
  ),
  grants_territory_id_territories_id_fk: `insert into grants (territory_id, grantee_kind, grantee_agent_id, target_kind, target_agent_id, level)
    select 0, 'agent', id, 'agent', id, 'read' from agents`,
  grants_unique: `insert into grants (territory_id, grantee_kind, grantee_group_id, target_kind, target_group_id, level)
    select territory_id, 'group', id, 'group', id, 'write' from agent_groups`,
  login_links_email: [
    `update login_links set purpose = 'email-change'`,
    `update login_links set email = 'lea@example.org'`,
  ],
  login_links_purpose: `update login_links set purpose = 'sign-up'`,
  login_links_token_unique: same('login_links', 'token_hash'),
  sessions_one_owner: [
    `update sessions set agent_id = null, account_id = null`,
    `update sessions set agent_id = (select min(id) from agents), account_id = (select min(id) from accounts)`,
  ],

  // directory
  lieux_availability: `update lieux set availability = 'maybe'`,
  lieux_coordinates_together: [`update lieux set latitude = 50`, `update lieux set longitude = 2`],
  lieux_name_unique: `insert into lieux (territory_id, organisation_id, name, address)
    select territory_id, organisation_id, upper(name), address from lieux`,
  lieux_territory_wall: elsewhere('lieux', 'organisation_id', 'organisations'),
  motif_categories_name_unique: same('motif_categories', 'name'),
  motif_categories_short_name_unique: same('motif_categories', 'short_name'),
  motifs_bookable_by: `update motifs set bookable_by = 'nobody'`,
  motifs_reminders: `update motifs set reminder_leads_min = '{60,120,1440,2880}'`,
  motifs_collective_on_site: `update motifs set is_collective = true, location_type = 'phone'`,
  motifs_color_hex: [`update motifs set color = 'red'`, `update motifs set color = '#0B5563'`],
  motifs_duration_bounded: [`update motifs set duration_min = 0`, `update motifs set duration_min = 1441`],
  motifs_lead_ordered: [
    `update motifs set min_lead_min = 29`,
    `update motifs set max_lead_min = min_lead_min`,
    `update motifs set max_lead_min = 527041`,
  ],
  motifs_location_type: `update motifs set location_type = 'moon'`,
  motifs_name_unique: `insert into motifs (territory_id, organisation_id, service_id, name, color)
    select territory_id, organisation_id, service_id, name, color from motifs`,
  motifs_secretariat_or_follow_up: `update motifs set is_for_secretariat = true, is_follow_up = true`,
  motifs_sectorisation_level: `update motifs set sectorisation_level = 'commune'`,
  motifs_territory_wall: elsewhere('motifs', 'organisation_id', 'organisations'),
  motifs_visibility: `update motifs set visibility = 'hidden'`,
  organisations_external_id_unique: same('organisations', 'external_id'),
  organisations_name_unique: same('organisations', 'name'),
  organisations_territory_id_territories_id_fk: `insert into organisations (territory_id, name) values (0, 'Nowhere')`,
  organisations_verticale: `update organisations set verticale = 'rdv_service_public'`,
  services_name_unique: `insert into services (name, short_name) select upper(name), 'other' from services`,
  services_short_name_unique: `insert into services (name, short_name) select 'other', upper(short_name) from services`,
  territories_name_unique: same('territories', 'name'),
  territories_open_rdvs_positive: `update territories set max_open_rdvs_per_motif = 0`,
  ...ACCOUNTS_REFUSED,
  ...SMS_REFUSED,
  ...WAITLIST_REFUSED,
  ...WORDS_REFUSED,

  // people
  usager_organisations_organisation_wall: elsewhere('usager_organisations', 'organisation_id', 'organisations'),
  usager_organisations_usager_wall: elsewhere('usager_organisations', 'usager_id', 'usagers'),
  usagers_accessibility_needs: `update usagers set accessibility_needs = '{vip}'`,
  usagers_affiliation_fund: `update usagers set affiliation_fund = 'cpam'`,
  usagers_children_count: `update usagers set children_count = -1`,
  usagers_created_through: `update usagers set created_through = 'import'`,
  usagers_email_folded: `update usagers set email = 'Lea@example.org'`,
  usagers_email_unique: same('usagers', 'email'),
  usagers_family_situation: `update usagers set family_situation = 'complicated'`,
  usagers_housing: `update usagers set housing = 'hotel'`,
  usagers_maybe_same_wall: elsewhere('usagers', 'maybe_same_as_id', 'usagers'),
  usagers_not_own_responsible: `update usagers set responsible_id = id`,
  usagers_needs_said: `update usagers set interpreter_language = ''`,
  usagers_responsible_wall: elsewhere('usagers', 'responsible_id', 'usagers'),
  usagers_territory_id_territories_id_fk: `insert into usagers (territory_id, first_name, last_name) values (0, 'Léa', 'Martin')`,

  // scheduling
  absence_exceptions_whole: brokenExceptions('absence_exceptions', [`start_min = 600, end_min = -1`]),
  absences_color_hex: [`update absences set color = 'red'`, `update absences set color = '#0B5563'`],
  absences_end_after_start: [
    `update absences set last_day = first_day - 1`,
    `update absences set last_day = first_day, end_min = start_min`,
  ],
  absences_kind: `update absences set kind = 'strike'`,
  absences_minutes: [`update absences set start_min = -1`, `update absences set end_min = 1441`],
  opening_exceptions_whole: brokenExceptions('opening_exceptions', [`start_min = 600, end_min = 600`]),
  opening_motifs_motif_wall: elsewhere('opening_motifs', 'motif_id', 'motifs'),
  opening_motifs_opening_wall: elsewhere('opening_motifs', 'opening_id', 'openings'),
  openings_end_after_start: [
    `update openings set start_min = -1`,
    `update openings set end_min = start_min`,
    `update openings set end_min = 1441`,
  ],
  openings_last_day_after_first: `update openings set last_day = first_day - 1`,
  openings_lieu_wall: elsewhere('openings', 'lieu_id', 'lieux'),
  openings_territory_wall: elsewhere('openings', 'organisation_id', 'organisations'),

  // booking
  calendar_feeds_one_live: `insert into calendar_feeds (agent_id, token_hash, includes_openings, includes_absences)
    select agent_id, 'another ' || id, true, true from calendar_feeds`,
  calendar_feeds_token_unique: same('calendar_feeds', 'token_hash'),
  agent_times_end_after_start: [
    `update agent_times set ends_at = starts_at`,
    `update agent_times set ends_at = starts_at + interval '24 hours 1 minute'`,
  ],
  agent_times_follow_rdv: [
    `update agent_times set starts_at = starts_at - interval '1 minute'`,
    `update agent_times set ends_at = ends_at + interval '1 minute'`,
    `update agent_times set occupies = false`,
  ],
  agent_times_kind: [
    `update agent_times set kind = 'hold'`,
    `update agent_times set rdv_id = null`,
    `update agent_times set kind = 'pause', rdv_id = null`,
  ],
  agent_times_no_double_booking: `insert into agent_times (agent_id, kind, starts_at, ends_at, occupies)
    select agent_id, 'hold', starts_at, ends_at, true from agent_times`,
  agent_times_once_per_rdv: `insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
    select agent_id, kind, rdv_id, starts_at, ends_at, occupies, false from agent_times`,
  booking_drafts_rdv_wall: elsewhere('booking_drafts', 'rdv_id', 'rdvs'),
  booking_drafts_territory_id_territories_id_fk: `insert into booking_drafts (territory_id, answers, expires_at)
    values (0, '{}', now())`,
  exports_content: [
    `update exports set content = ''`,
    `update exports set rdv_ids = '{}'`,
    `update exports set state = 'done'`,
  ],
  exports_failure: `update exports set state = 'failed', failure = 'rain'`,
  exports_failure_said: [`update exports set state = 'failed'`, `update exports set failure = 'too-many'`],
  exports_format: `update exports set format = 'docx'`,
  exports_state: `update exports set state = 'lost'`,
  saved_filters_name_unique: `insert into saved_filters (agent_id, name, query)
    select agent_id, upper(name), '{}' from saved_filters`,
  saved_filters_one_default: `insert into saved_filters (agent_id, name, query, is_default)
    select agent_id, 'Autre', '{}', true from saved_filters`,
  participations_author_kind: `update participations set author_kind = 'robot'`,
  participations_booking_key_unique: `update participations set booking_key = '00000000-0000-4000-8000-000000000000'`,
  participations_once_per_rdv: `insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
    select territory_id, rdv_id, usager_id, true, true, 'agent' from participations`,
  participations_rdv_wall: `insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
    select u.territory_id, r.id, u.id, true, true, 'agent' from usagers u join rdvs r on r.territory_id <> u.territory_id`,
  participations_status: `update participations set status = 'lapin'`,
  participations_usager_wall: elsewhere('participations', 'usager_id', 'usagers'),
  rdv_links_participation_wall: `update rdv_links set participation_id =
    (select id from participations as other where other.rdv_id <> rdv_links.rdv_id limit 1)`,
  rdv_links_token_unique: same('rdv_links', 'token_hash'),
  rdvs_author_kind: `update rdvs set author_kind = 'robot'`,
  rdvs_cancelled_at: [
    `update rdvs set cancelled_at = now()`,
    `update rdvs set status = 'excused'`,
    `update rdvs set status = 'revoked'`,
  ],
  rdvs_collective_status: [
    `update rdvs set is_collective = true, status = 'noshow'`,
    `update rdvs set is_collective = true, status = 'excused', cancelled_at = now()`,
  ],
  rdvs_end_after_start: [
    `update rdvs set ends_at = starts_at`,
    `update rdvs set ends_at = starts_at + interval '24 hours 1 minute'`,
  ],
  rdvs_lieu_wall: elsewhere('rdvs', 'lieu_id', 'lieux'),
  rdvs_motif_wall: elsewhere('rdvs', 'motif_id', 'motifs'),
  rdvs_seats_left: `update rdvs set max_seats = 1, seats_taken = 2`,
  rdvs_seats_positive: `update rdvs set max_seats = 0`,
  rdvs_seats_taken: `update rdvs set seats_taken = -1`,
  rdvs_status: `update rdvs set status = 'lapin'`,
  rdvs_territory_wall: elsewhere('rdvs', 'organisation_id', 'organisations'),
  rdvs_uuid_unique: `update rdvs set uuid = '00000000-0000-4000-8000-000000000000'`,

  // messaging
  messages_failure: `update messages set state = 'failed', failure = 'tired'`,
  messages_failure_said: [`update messages set state = 'failed'`, `update messages set failure = 'refused'`],
  messages_key_unique: `update messages set key = '00000000-0000-4000-8000-000000000000'`,
  messages_news: `update messages set news = 'rumour'`,
  messages_once: `insert into messages (territory_id, rdv_id, participation_id, version, news, channel, recipient, state_at)
    select territory_id, rdv_id, participation_id, version, 'moved', channel, recipient, now() from messages where agent_id is null`,
  messages_of_participation: `update messages set rdv_id = null where agent_id is null`,
  messages_of_rdv: `update messages set territory_id = null where agent_id is not null`,
  messages_once_per_fact: `insert into messages (agent_id, event_id, version, news, channel, recipient, state_at)
    select agent_id, 7, 1, 'absence-changed', 'mail', 'x', now() from messages, generate_series(1, 2) where agent_id is not null`,
  messages_once_per_agent: `insert into messages (territory_id, rdv_id, agent_id, event_id, version, news, channel, recipient, state_at)
    select territory_id, rdv_id, agent_id, 2, version, 'moved', channel, recipient, now() from messages where agent_id is not null`,
  messages_participation_wall: `update messages set version = 2, participation_id =
    (select id from participations as other where other.rdv_id <> messages.rdv_id limit 1) where agent_id is null`,
  messages_rdv_wall: `update messages set territory_id =
    (select id from territories as other where other.id <> messages.territory_id limit 1)`,
  messages_once_per_reminder: `insert into messages (territory_id, rdv_id, participation_id, reminder_id, version, news, channel, recipient, state_at)
    select territory_id, rdv_id, participation_id, reminder_id, 2, 'reminder', channel, recipient, now() from messages where news = 'reminder'`,
  messages_reminder: `update messages set news = 'reminder'`,
  messages_reminder_id_reminders_id_fk: `update messages set reminder_id = -1 where news = 'reminder'`,
  reminders_once: `insert into reminders (territory_id, rdv_id, starts_at, lead_min, due_at)
    select territory_id, rdv_id, starts_at, lead_min, now() from reminders`,
  reminders_rdv_wall: `update reminders set territory_id =
    (select id from territories as other where other.id <> reminders.territory_id limit 1)`,
  messages_told_otherwise: [
    `update messages set told_otherwise_at = now()`,
    `update messages set told_otherwise_by = 1 where agent_id is null`,
  ],
  messages_told_otherwise_by_agents_id_fk: `update messages set state = 'uncertain', told_otherwise_at = now(), told_otherwise_by = -1 where participation_id is not null`,
  messages_to_agent: `update messages set event_id = null where agent_id is not null`,
  messages_to_one: `update messages set participation_id = null where agent_id is null`,
  messages_state: `update messages set state = 'lost'`,
  tellings_participation_wall: `update tellings set rdv_id =
    (select id from rdvs as other where other.id <> tellings.rdv_id limit 1)`,

  // platform
  access_log_impersonated_agent: `insert into access_log (occurred_at, actor_kind, impersonator_id, subject_kind, subject_id, purpose, request_id)
    select now(), 'system', id, 'rdv', 1, 'x', 'x' from super_admins`,
  access_log_impersonator_id_super_admins_id_fk: `insert into access_log (occurred_at, actor_kind, impersonator_id, subject_kind, subject_id, purpose, request_id)
    values (now(), 'agent', -1, 'rdv', 1, 'x', 'x')`,
  events_impersonated_agent: `insert into events (occurred_at, kind, subject_kind, subject_id, actor_kind, impersonator_id, request_id)
    select now(), 'rdv.booked', 'rdv', 1, 'system', id, 'x' from super_admins`,
  events_impersonator_id_super_admins_id_fk: `insert into events (occurred_at, kind, subject_kind, subject_id, actor_kind, impersonator_id, request_id)
    values (now(), 'rdv.booked', 'rdv', 1, 'agent', -1, 'x')`,
  captured_messages_channel: `update captured_messages set channel = 'pigeon'`,
  installation_environment: `update installation set environment = 'prod'`,
  installation_single_row: `insert into installation (id, environment) values (2, 'test')`,
}

function brokenExceptions(table: string, hours: readonly string[]): string[] {
  const moved = `update ${table} set kind = 'moved', to_day = '2027-03-02'`
  return [
    `update ${table} set kind = 'postponed'`,
    `update ${table} set start_min = 540`,
    moved,
    `${moved}, start_min = -1, end_min = 600`,
    `${moved}, start_min = 600, end_min = 1441`,
    ...hours.map((those) => `${moved}, ${those}`),
  ]
}

const { db } = await ownDatabase()
beforeAll(async () => {
  await fillEveryTable(db)
})

type Constraint = {
  name: string
  /** Its names on the partitions, which answer for their table. */
  partitionNames: string[]
  /** It holds the whole primary key: PostgreSQL would always answer with that one. */
  isWiderThanKey: boolean
  isReferenced: boolean
  /** The same row again for a primary key, a row that does not exist for a reference of one column. */
  plainRefusal: string | null
}

/** Ours: neither the job queue's nor the migrator's. */
const listConstraints = () =>
  db.execute<Constraint>(sql`
    select c.conname as name,
           array(select p.conname from pg_constraint p where p.conparentid = c.oid) as "partitionNames",
           c.contype = 'u' and c.conkey @> key.conkey as "isWiderThanKey",
           exists (select 1 from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid) as "isReferenced",
           case
             when c.contype = 'p' then
               format('insert into %1$s (%2$s) overriding system value select %2$s from %1$s', c.conrelid::regclass, columns)
             when c.contype = 'f' and cardinality(c.conkey) = 1 then
               format('update %1$s set %2$I = - %2$I', c.conrelid::regclass,
                      (select attname from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1]))
           end as "plainRefusal"
    from pg_constraint c
    join pg_constraint key on key.conrelid = c.conrelid and key.contype = 'p',
    lateral (select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
             where attrelid = c.conrelid and attnum > 0 and not attisdropped and attgenerated = '') as written
    where c.connamespace = 'public'::regnamespace and c.conparentid = 0 and c.contype in ('c', 'f', 'p', 'u', 'x')
    union all
    select relname, '{}', false, false, null
    from pg_index join pg_class on pg_class.oid = indexrelid
    where indisunique and relnamespace = 'public'::regnamespace
      and not exists (select 1 from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
    order by name`)

/** The constraint a statement runs into. Nothing of it stays, should the database take it. */
async function refusalOf(statement: string): Promise<string> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(sql.raw(statement))
      return tx.rollback()
    })
  } catch (error) {
    if (error instanceof TransactionRollbackError) return 'nothing'
    return violatedConstraint(error) ?? String(error instanceof Error ? error.cause : error)
  }
}

test('each constraint refuses what it is there for', async () => {
  const faults: string[] = []
  for (const { name, partitionNames, isWiderThanKey, plainRefusal } of await listConstraints()) {
    if (isWiderThanKey) continue
    const statements = [REFUSED[name] ?? plainRefusal ?? []].flat()
    if (statements.length === 0) faults.push(`${name} has no statement in this file`)
    for (const statement of statements) {
      const refusal = await refusalOf(statement)
      if (![name, ...partitionNames].includes(refusal)) faults.push(`${name}: ${statement} → ${refusal}`)
    }
  }
  expect(faults).toEqual([])
})

test('a key wider than the primary one is there for a foreign key to point to', async () => {
  const wider = [...(await listConstraints())].filter(({ isWiderThanKey }) => isWiderThanKey)
  expect(wider.map(({ name }) => name)).toContain('rdvs_wall')
  expect(wider.filter(({ isReferenced }) => !isReferenced)).toEqual([])
})

test('no statement outlives its constraint', async () => {
  const names = new Set([...(await listConstraints())].map(({ name }) => name))
  expect(Object.keys(REFUSED).filter((name) => !names.has(name))).toEqual([])
})
