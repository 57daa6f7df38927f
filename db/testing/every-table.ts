import { sql } from 'drizzle-orm'
import type { Db } from '../client'
import { makeBookablePlace } from './make'

/** What two bookable places lack for no table to be empty and no reference to be null. */
const ROWS = [
  `insert into agent_groups (territory_id, name) select id, 'Sages-femmes' from territories`,
  `insert into agent_group_members (group_id, agent_id)
   select g.id, r.agent_id from agent_groups g join agent_roles r using (territory_id)`,
  `insert into grants (territory_id, grantee_kind, grantee_agent_id, target_kind, target_agent_id, level, scope_organisation_ids, scope_service_ids)
   select territory_id, 'agent', agent_id, 'agent', agent_id, 'read', array[organisation_id], array[1] from agent_roles`,
  `insert into grants (territory_id, grantee_kind, grantee_group_id, target_kind, target_group_id, level)
   select territory_id, 'group', id, 'group', id, 'read' from agent_groups`,
  `insert into grants (territory_id, grantee_kind, grantee_organisation_id, grantee_service_id, target_kind, target_organisation_id,
                       target_service_id, level)
   select r.territory_id, 'colleagues', r.organisation_id, s.service_id, 'everyone', r.organisation_id, s.service_id, 'busy'
   from agent_roles r join agent_services s using (agent_id)`,
  `insert into place_invitations (agent_id, territory_id, organisation_id, level, is_secretary, expires_at)
   select agent_id, territory_id, organisation_id, 'basic', false, now() from agent_roles`,
  `insert into accounts (email) values ('lea@example.org'), ('awa@example.org')`,
  `insert into account_identities (provider, subject, account_id) select 'france-connect', email, id from accounts`,
  `insert into account_challenges (account_id, phone_e_164, expires_at) select id, '+33612345678', now() from accounts`,
  `insert into account_challenges (account_id, email, token_hash, expires_at) select id, email, email, now() from accounts`,
  `insert into sessions (agent_id, seen_at, expires_at) select id, now(), now() from agents`,
  `insert into sessions (account_id, seen_at, expires_at) select id, now(), now() from accounts`,
  `insert into super_admins (email, first_name, last_name, password_hash)
   values ('lou@example.org', 'Lou', 'Petit', 'x'), ('max@example.org', 'Max', 'Petit', 'x')`,
  `insert into sessions (super_admin_id, seen_at, expires_at) select id, now(), now() from super_admins`,
  `insert into second_factors (agent_id, sealed_secret) select id, 'x' from agents`,
  `insert into second_factors (super_admin_id, sealed_secret) select id, 'x' from super_admins`,
  `insert into recovery_codes (second_factor_id, code_hash) select id, id::text from second_factors`,
  `insert into impersonations (super_admin_id, session_id, agent_id, reason, started_at, expires_at)
   select s.super_admin_id, s.id, (select min(id) from agents), 'Une question au téléphone', now(), now() + interval '10 minutes'
   from sessions s where s.super_admin_id is not null`,
  `insert into login_links (agent_id, purpose, token_hash, expires_at) select id, 'sign-in', email, now() from agents`,
  `insert into territory_roles (agent_id, territory_id) select agent_id, territory_id from agent_roles`,

  `insert into organisations (territory_id, name) select id, 'CCAS' from territories`,
  `insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
   select id, position, 'brevo', '{"kind":"brevo"}', 'x' from territories, generate_series(1, 2) as position`,
  `insert into message_wordings (territory_id, motif_id, audience, news, channel, body)
   select m.territory_id, m.id, 'usager', 'created', 'sms', 'x' from motifs m`,
  `insert into message_wordings (territory_id, audience, news, channel, subject, body)
   select id, audience, 'moved', 'mail', 'x', 'x' from territories, unnest(array['usager', 'agent']) as audience`,
  `insert into motif_categories (name, short_name) values ('Enfance', 'enfance'), ('Logement', 'logement')`,
  `update motifs set category_id = (select min(id) from motif_categories)`,
  `insert into communes (code, name, department_number, post_codes) values ('62498', 'Lens', '62', '{62300}')`,

  `insert into usagers (territory_id, account_id, first_name, last_name)
   select t.id, a.id, 'Léa', 'Martin' from territories t, accounts a`,
  `insert into usager_organisations (territory_id, usager_id, organisation_id)
   select territory_id, min(u.id), m.organisation_id from usagers u join motifs m using (territory_id) group by territory_id, m.id`,
  `insert into referents (usager_id, agent_id) select u.id, r.agent_id from usagers u join agent_roles r using (territory_id)`,

  `insert into opening_exceptions (opening_id, on_day, kind) select id, first_day, 'cancelled' from openings`,
  `insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
   select id, 'Europe/Paris', 'Congé', '2027-04-01', 540, '2027-04-02', 600 from agents`,
  `insert into absence_exceptions (absence_id, on_day, kind) select id, first_day, 'cancelled' from absences`,

  `insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, updated_at)
   select territory_id, m.organisation_id, m.id, l.id, '2027-03-02T08:00Z', '2027-03-02T09:00Z', 'agent', now()
   from motifs m join lieux l using (territory_id)`,
  `insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
   select o.agent_id, 'rdv', r.id, r.starts_at, r.ends_at, r.occupies from rdvs r join openings o using (territory_id)`,
  `insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
   select territory_id, r.id, min(u.id), true, true, 'agent' from rdvs r join usagers u using (territory_id) group by territory_id, r.id`,
  `insert into rdv_links (rdv_id, participation_id) select rdv_id, id from participations`,
  `insert into tellings (participation_id, rdv_id, is_on, starts_at, ends_at, told_at)
   select p.id, r.id, true, r.starts_at, r.ends_at, now() from participations p join rdvs r on r.id = p.rdv_id`,
  `insert into messages (territory_id, rdv_id, participation_id, version, news, channel, recipient, state_at)
   select territory_id, rdv_id, id, 1, 'created', 'sms', '+33612345678', now() from participations`,
  `insert into mails_taken (hash, taken_at) values ('one', now())`,
  `insert into reply_forwards (key, territory_id, rdv_id, participation_id, agent_id, sealed_words)
   select gen_random_uuid(), p.territory_id, p.rdv_id, p.id, t.agent_id, 'x' from participations p join agent_times t using (rdv_id)`,
  `insert into reminders (territory_id, rdv_id, starts_at, lead_min, due_at) select territory_id, id, starts_at, 2880, now() from rdvs`,
  `insert into messages (territory_id, rdv_id, participation_id, reminder_id, version, news, channel, recipient, state_at)
   select p.territory_id, p.rdv_id, p.id, r.id, 1, 'reminder', 'sms', '+33612345678', now() from participations p join reminders r using (rdv_id)`,
  `insert into agent_tellings (rdv_id, event_id, version, told_at) select id, 1, 1, now() from rdvs`,
  `insert into messages (territory_id, rdv_id, agent_id, event_id, version, news, channel, recipient, state_at)
   select r.territory_id, r.id, t.agent_id, 1, 1, 'placed', 'mail', 'x', now() from rdvs r join agent_times t on t.rdv_id = r.id`,
  `insert into waitlist_entries (territory_id, motif_id, lieu_id, usager_id, rdv_id, participation_id)
   select r.territory_id, r.motif_id, r.lieu_id, p.usager_id, r.id, p.id from rdvs r join participations p on p.rdv_id = r.id`,
  `insert into waitlist_entries (territory_id, motif_id, lieu_id, usager_id)
   select r.territory_id, r.motif_id, r.lieu_id, p.usager_id from rdvs r join participations p on p.rdv_id = r.id`,
  `insert into reply_forwards (key, territory_id, entry_id, sealed_words)
   select gen_random_uuid(), territory_id, id, 'x' from waitlist_entries where rdv_id is null`,
  `insert into waitlist_offers (territory_id, entry_id, agent_id, starts_at, ends_at, is_held, until_at)
   select e.territory_id, e.id, o.agent_id, '2027-03-09T08:00Z', '2027-03-09T08:30Z', true, '2027-03-01T10:00Z'
   from waitlist_entries e join openings o using (territory_id) where e.rdv_id is null`,
  `insert into agent_times (agent_id, kind, offer_id, starts_at, ends_at, occupies)
   select agent_id, 'hold', id, starts_at, ends_at, true from waitlist_offers`,
  `insert into messages (territory_id, offer_id, version, news, channel, recipient, state_at)
   select territory_id, id, 1, 'offer', 'sms', '+33612345678', now() from waitlist_offers`,
  `insert into messages (territory_id, entry_id, version, news, channel, recipient, state_at)
   select territory_id, id, 1, 'waiting', 'sms', '+33612345678', now() from waitlist_entries where rdv_id is null`,
  `insert into messages (agent_id, on_day, version, news, channel, recipient, state_at)
   select id, '2027-03-02', 1, 'digest', 'mail', 'x', now() from agents`,
  `insert into news_seen (agent_id, seen_at) select id, now() from agents`,
  `insert into calendar_feeds (agent_id, token_hash, includes_openings, includes_absences) select id, email, true, true from agents`,
  `insert into saved_filters (agent_id, name, query, is_default) select id, 'Ma semaine', '{}', true from agents`,
  `insert into exports (agent_id, format, filter, touched_at, expires_at) select id, 'csv', '{}', now(), now() from agents`,
  `insert into booking_drafts (territory_id, rdv_id, answers, expires_at) select territory_id, id, '{}', now() from rdvs`,

  `insert into installation (environment) values ('test')`,
  `insert into events (occurred_at, kind, subject_kind, subject_id, actor_kind, request_id)
   values (now(), 'rdv.booked', 'rdv', 1, 'system', 'x')`,
  `insert into event_values (event_id, occurred_at, field) select id, occurred_at, 'status' from events`,
  `insert into outbox (event_id, kind) select id, kind from events`,
  `insert into access_log (occurred_at, actor_kind, subject_kind, subject_id, purpose, request_id)
   values (now(), 'agent', 'usager', 1, 'x', 'x')`,
  `insert into worker_heartbeats (worker_id, beat_at) values ('one', now())`,
  `insert into rate_limits (key, points, expires_at) values ('one', 1, now())`,
  `insert into captured_messages (channel, recipient, sender, text) values ('sms', 'x', 'x', 'x')`,
]

/** At least one row in each table, and two territories that look alike: for the tests that speak of the whole schema. */
export async function fillEveryTable(db: Db) {
  await makeBookablePlace(db)
  await makeBookablePlace(db)
  for (const row of ROWS) await db.execute(sql.raw(row))
}
