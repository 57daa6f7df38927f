/** What the database refuses of the words a territory chose, of who says them and of what else it set, for constraints.db.test.ts. */
export const WORDS_REFUSED: Record<string, string | string[]> = {
  message_wordings_audience: `update message_wordings set audience = 'crowd'`,
  message_wordings_channel: `update message_wordings set channel = 'fax', subject = null where audience = 'usager'`,
  message_wordings_event: [
    `update message_wordings set news = 'placed' where audience = 'usager'`,
    `update message_wordings set news = 'series' where audience = 'agent'`,
    `update message_wordings set channel = 'sms', subject = null where audience = 'agent'`,
    // Of no motif.
    `update message_wordings set audience = 'agent', channel = 'mail', subject = 'x', news = 'opening-created' where motif_id is not null`,
    `update message_wordings set news = 'absence-created' where audience = 'usager'`,
  ],
  message_wordings_motif_wall: `update message_wordings set motif_id = (select id from motifs as stranger
    where stranger.territory_id <> message_wordings.territory_id limit 1)`,
  message_wordings_once: [
    // Of a whole territory too.
    `insert into message_wordings (territory_id, audience, news, channel, subject, body)
     select territory_id, audience, news, channel, subject, body from message_wordings where motif_id is null`,
    `insert into message_wordings (territory_id, motif_id, audience, news, channel, subject, body)
     select territory_id, motif_id, audience, news, channel, subject, body from message_wordings where motif_id is not null`,
  ],
  message_wordings_said: [
    `update message_wordings set body = ''`,
    `update message_wordings set body = repeat('x', 2001)`,
    `update message_wordings set subject = '' where channel = 'mail'`,
  ],
  message_wordings_subject: [
    `update message_wordings set subject = 'RDV' where channel = 'sms'`,
    `update message_wordings set subject = null where channel = 'mail'`,
  ],
  message_wordings_territory_id_territories_id_fk: `insert into message_wordings (territory_id, audience, news, channel, body)
    values (0, 'usager', 'moved', 'sms', 'x')`,
  territories_cancel_notice_positive: `update territories set cancel_notice_min = -1`,
  territories_reminders: `update territories set reminder_leads_min = '{59}'`,
  territories_mail_reply_to: [
    `update territories set mail_reply_to = 'Accueil@example.org'`,
    `update territories set mail_reply_to = 'accueil'`,
  ],
  territories_mail_sender_name: [
    `update territories set mail_sender_name = ''`,
    `update territories set mail_sender_name = repeat('x', 61)`,
  ],
  territories_sms_price: [
    `update territories set sms_price_millis = -1`,
    `update territories set sms_price_millis = 1001`,
  ],
}
