import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { rowOfSignedId, signedId } from '@/server/platform/tokens'
import type { ConsentSheet } from '../rules/consents'

/** Where somebody says what they want to receive: `/m/<token>`, which their e-mails carry. It opens nothing else. */
export const consentPathOf = (usagerId: number): string => `/m/${signedId('message-choices', usagerId)}`

/** Whose a token is; null of one we did not write. */
export const usagerOfConsentToken = (token: string): number | null => rowOfSignedId('message-choices', token)

/** By what a person lets their territory write to them; null when their file is gone. */
export async function findConsents({ db }: ReadCtx, usagerId: number): Promise<ConsentSheet | null> {
  const [row] = await db.execute<ConsentSheet>(sql`
    select u.notify_by_email as mail, u.notify_by_sms as sms, t.name as "territoryName"
    from usagers u join territories t on t.id = u.territory_id where u.id = ${usagerId} and u.deleted_at is null`)
  return row ?? null
}

/** The same, of whoever holds the token of one of their e-mails. Throws `not-found` for a token of nobody. */
export const getConsents = (ctx: Ctx, { token }: { token: string }): Promise<ConsentSheet> =>
  inRead(ctx, async (read) => found(await findConsents(read, found(usagerOfConsentToken(token)))))

const WITHOUT_GATEWAY = sql`not exists (select from sms_gateways g where g.territory_id = u.territory_id)`

/**
 * The files an SMS from this number is about, in this territory, or in all that have no gateway of their own (null): theirs, and those whose RDVs to come are told of on it. `phone`: E.164. In
 * the order they are locked in.
 */
export async function listFilesOfNumber(
  { db, now }: ReadCtx,
  { territoryId, phone }: { territoryId: number | null; phone: string },
): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select u.id::float8 as id from usagers u
    where u.deleted_at is null and ${territoryId === null ? WITHOUT_GATEWAY : sql`u.territory_id = ${territoryId}`}
      and u.id in (
        select id from usagers where phone_e_164 = ${phone}
        union all
        select coalesce(who.responsible_id, who.id) from participations p
        join rdvs r on r.id = p.rdv_id join usagers who on who.id = p.usager_id
        where p.contact_phone = ${phone} and r.starts_at > ${instantSql(now)})
    order by u.id limit 100`)
  return rows.map(({ id }) => id)
}
