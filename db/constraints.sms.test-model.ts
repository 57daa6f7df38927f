/** What the database refuses of how a territory reaches people, for constraints.db.test.ts. */
export const SMS_REFUSED: Record<string, string | string[]> = {
  sms_gateways_few: `update sms_gateways set position = 4`,
  sms_gateways_in_order: `update sms_gateways set position = 1`,
  sms_gateways_kind: `update sms_gateways set kind = 'pigeon', settings = '{"kind":"pigeon"}'`,
  sms_gateways_removed: [
    `update sms_gateways set removed_at = now()`,
    `update sms_gateways set removed_at = now(), position = null`,
    `update sms_gateways set position = null`,
    `update sms_gateways set sealed_secret = null`,
  ],
  sms_gateways_settings: `update sms_gateways set settings = '{}'`,
  territories_sms_sender: `update territories set sms_sender = 'Ré'`,
  territories_sending_days: `update territories set sends_on = '{1,8}'`,
  territories_sending_hours: `update territories set sends_until_min = sends_from_min`,
  territories_video_base_url: `update territories set video_base_url = 'http://visio.example.org'`,
  messages_channel: `update messages set channel = 'pigeon'`,
  messages_delivered: `update messages set delivered_at = now(), channel = 'mail'`,
  messages_gateway: `update messages set gateway = 'x'`,
  messages_gateway_territory: `update messages set rdv_id = null, participation_id = null, territory_id = null, gateway_id = 1`,
  messages_gateway_wall: `update messages set gateway_id = 0 where territory_id is not null`,
  messages_gateway_reference: `update messages set gateway_reference = '1'`,
  reply_forwards_agent_id_agents_id_fk: `update reply_forwards set agent_id = 0`,
  reply_forwards_entry_wall: `update reply_forwards set territory_id =
    (select id from territories t where t.id <> reply_forwards.territory_id limit 1) where entry_id is not null`,
  reply_forwards_of_rdv: [
    `update reply_forwards set participation_id = null where rdv_id is not null`,
    `update reply_forwards set entry_id = (select max(id) from waitlist_entries) where rdv_id is not null`,
    `update reply_forwards set territory_id = null where entry_id is not null`,
  ],
  reply_forwards_participation_wall: `update reply_forwards set participation_id =
    (select id from participations p where p.rdv_id <> reply_forwards.rdv_id limit 1)`,
  reply_forwards_rdv_wall: `update reply_forwards set territory_id =
    (select id from territories t where t.id <> reply_forwards.territory_id limit 1) where rdv_id is not null`,
  reply_forwards_to_agent: `update reply_forwards set territory_id = null, rdv_id = null, participation_id = null where rdv_id is not null`,
}
