import { sql } from 'drizzle-orm'
import { check, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { territories } from './directory'

export const SMS_GATEWAY_KINDS = ['brevo', 'link-mobility', 'http'] as const

/** By what the SMS of a territory leave, in the order they are tried (docs/decisions/0028). */
export const smsGateways = pgTable(
  'sms_gateways',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    /** From 1; checked at the end of a statement, which may exchange two. Null of one that was taken away. */
    position: smallint(),
    kind: text({ enum: SMS_GATEWAY_KINDS }).notNull(),
    /** Nothing secret in it. */
    settings: jsonb().notNull(),
    /** Its key or password, which only the application can read. Null of one that was taken away. */
    sealedSecret: text(),
    /** Nothing leaves by it any more, and what it still says of what had left is heard for a while. */
    removedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('sms_gateways_wall').on(t.territoryId, t.id),
    unique('sms_gateways_in_order').on(t.territoryId, t.position),
    check(
      'sms_gateways_removed',
      sql`num_nonnulls(${t.position}, ${t.sealedSecret}) = case when ${t.removedAt} is null then 2 else 0 end`,
    ),
    check('sms_gateways_few', sql`${t.position} between 1 and 3`),
    check('sms_gateways_kind', isOneOf('kind', SMS_GATEWAY_KINDS)),
    check('sms_gateways_settings', sql`${t.settings} ->> 'kind' is not distinct from ${t.kind}`),
  ],
)
