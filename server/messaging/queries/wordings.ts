import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { standardWording, type WordingKey } from '../rules/standard-wordings'
import type { Wording } from '../rules/wording'

/** Who an RDV's e-mails are from and where they are answered, as its territory says; null: as the platform says. */
export type MailIdentity = { senderName: string | null; replyTo: string | null }

/** The words for an RDV at this moment, its motif's before its territory's before the standard ones; and who says them. */
export async function loadWording(
  { db }: ReadCtx,
  rdvId: number,
  key: WordingKey,
): Promise<{ wording: Wording; from: MailIdentity }> {
  const [row] = await db.execute<{ own: Wording | null } & MailIdentity>(sql`
    select t.mail_sender_name as "senderName", t.mail_reply_to as "replyTo",
           (select json_build_object('subject', w.subject, 'body', w.body) from message_wordings w
             where w.territory_id = r.territory_id and (w.motif_id = r.motif_id or w.motif_id is null)
               and w.audience = ${key.audience} and w.news = ${key.news} and w.channel = ${key.channel}
             order by w.motif_id nulls last limit 1) as own
    from rdvs r join territories t on t.id = r.territory_id where r.id = ${rdvId}`)
  return {
    wording: row?.own ?? standardWording(key),
    from: { senderName: row?.senderName ?? null, replyTo: row?.replyTo ?? null },
  }
}
