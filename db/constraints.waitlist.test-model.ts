/** A reference to a row of the other territory. */
const elsewhere = (table: string, column: string, target: string, also = '') =>
  `update ${table} set ${also} ${column} = (select id from ${target} as stranger
     where stranger.territory_id <> ${table}.territory_id limit 1)`

/** What the database refuses of who waits for a slot, of what they are offered, and of what people and agents are told, for constraints.db.test.ts. */
export const WAITLIST_REFUSED: Record<string, string | string[]> = {
  tellings_before_whole: [
    `update tellings set before_is_on = true`,
    `update tellings set before_lieu_id = 1`,
    `update tellings set before_title = ''`,
    `update tellings set before_agent_ids = '{1}'`,
  ],
  tellings_by_whole: `update tellings set told_by = participation_id`,
  waitlist_entries_ended: [
    `update waitlist_entries set ended_at = now()`,
    `update waitlist_entries set ended_by = 'left'`,
  ],
  waitlist_entries_ended_by: `update waitlist_entries set ended_at = now(), ended_by = 'tired'`,
  waitlist_entries_lieu_wall: elsewhere('waitlist_entries', 'lieu_id', 'lieux'),
  waitlist_entries_motif_wall: elsewhere('waitlist_entries', 'motif_id', 'motifs'),
  waitlist_entries_offers: [
    `update waitlist_entries set offer_count = 4`,
    `update waitlist_entries set offer_count = -1`,
  ],
  waitlist_entries_once: `insert into waitlist_entries (territory_id, motif_id, lieu_id, usager_id)
    select territory_id, motif_id, lieu_id, usager_id from waitlist_entries where rdv_id is null`,
  waitlist_entries_once_per_rdv: `insert into waitlist_entries (territory_id, motif_id, lieu_id, usager_id, rdv_id, participation_id)
    select territory_id, motif_id, lieu_id, usager_id, rdv_id, participation_id from waitlist_entries where rdv_id is not null`,
  waitlist_entries_participation: `update waitlist_entries set rdv_id = null where rdv_id is not null`,
  waitlist_entries_participation_wall: `update waitlist_entries set participation_id =
    (select id from participations p where p.rdv_id <> waitlist_entries.rdv_id limit 1) where rdv_id is not null`,
  waitlist_entries_rdv_wall: `update waitlist_entries set territory_id = t.id, motif_id = m.id, lieu_id = null, usager_id = u.id
    from territories t join motifs m on m.territory_id = t.id join usagers u on u.territory_id = t.id
    where t.id <> waitlist_entries.territory_id and waitlist_entries.rdv_id is not null
      and not exists (select from waitlist_offers o where o.entry_id = waitlist_entries.id)`,
  waitlist_entries_token_unique: `update waitlist_entries set token_hash = 'same'`,
  waitlist_entries_usager_wall: elsewhere('waitlist_entries', 'usager_id', 'usagers'),
  waitlist_offers_agent_id_agents_id_fk: `update waitlist_offers set agent_id = 0`,
  waitlist_offers_before_start: `update waitlist_offers set until_at = starts_at + interval '1 minute'`,
  waitlist_offers_end_after_start: `update waitlist_offers set ends_at = starts_at`,
  waitlist_offers_entry_wall: elsewhere('waitlist_offers', 'entry_id', 'waitlist_entries'),
  waitlist_offers_one_open: `insert into waitlist_offers (territory_id, entry_id, agent_id, starts_at, ends_at, is_held, until_at)
    select territory_id, entry_id, agent_id, starts_at, ends_at, false, until_at from waitlist_offers`,
  waitlist_offers_settled: `update waitlist_offers set state = 'declined'`,
  waitlist_offers_state: `update waitlist_offers set state = 'lost in the post', settled_at = now()`,
  waitlist_offers_token_unique: `update waitlist_offers set token_hash = 'same'`,
  agent_times_offer: `update agent_times set offer_id = 0 where kind = 'rdv'`,
  agent_times_offer_wall: `update agent_times set offer_id = 0 where id = (select min(id) from agent_times where kind = 'hold')`,
  agent_times_once_per_offer: `insert into agent_times (agent_id, kind, offer_id, starts_at, ends_at, occupies, exclusive)
    select agent_id, kind, offer_id, starts_at, ends_at, false, false from agent_times where kind = 'hold'`,
  territories_waitlist_hold: [
    `update territories set waitlist_hold_min = 14`,
    `update territories set waitlist_hold_min = 1441`,
  ],
  agents_digest: `update agents set digest = 'noon'`,
  agents_arrival_notifications: `update agents set arrival_notifications = 'soon'`,
  messages_of_digest: `update messages set news = 'placed' where news = 'digest'`,
  messages_once_of_digest: `insert into messages (agent_id, on_day, version, news, channel, recipient, state_at)
    select agent_id, on_day, version, news, channel, recipient, now() from messages where news = 'digest'`,
  messages_of_wait: `update messages set news = 'created' where news = 'waiting'`,
  messages_entry_territory: `update messages set territory_id = null where news = 'waiting'`,
  messages_entry_wall: `update messages set entry_id = 0 where id = (select min(id) from messages where news = 'waiting')`,
  messages_once_per_wait: `insert into messages (territory_id, entry_id, version, news, channel, recipient, state_at)
    select territory_id, entry_id, version, news, channel, recipient, now() from messages where news = 'waiting'`,
  messages_of_offer: `update messages set news = 'created' where news = 'offer'`,
  messages_offer_territory: `update messages set territory_id = null where news = 'offer'`,
  messages_offer_wall: `update messages set offer_id = 0 where id = (select min(id) from messages where news = 'offer')`,
  messages_once_per_offer: `insert into messages (territory_id, offer_id, version, news, channel, recipient, state_at)
    select territory_id, offer_id, version, news, channel, recipient, now() from messages where news = 'offer'`,
}
