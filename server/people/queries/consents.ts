import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { isSignedId, rowNamedBy, signedId } from '@/server/platform/tokens'
import type { MailConsentSheet } from '../rules/consents'

/**
 * Where somebody stops the e-mails of a territory: `/m/<token>`, which those to this address carry. It opens nothing else, and
 * nothing at all once their file has another address: whoever read the old one is no longer who is written to.
 */
export const consentPathOf = (usagerId: number, email: string): string =>
  `/m/${signedId('message-choices', usagerId, email)}`

/** The file whose e-mails a token stops; null of one we did not write, or of an address the file has no more. */
export async function findFileOfToken(
  { db }: ReadCtx,
  token: string,
): Promise<(MailConsentSheet & { usagerId: number }) | null> {
  const usagerId = rowNamedBy(token)
  const [row] = await db.execute<MailConsentSheet & { usagerId: number; email: string | null }>(sql`
    select u.id::float8 as "usagerId", u.email, u.notify_by_email as mail, t.name as "territoryName"
    from usagers u join territories t on t.id = u.territory_id where u.id = ${usagerId} and u.deleted_at is null`)
  if (!row?.email) return null
  const { email, ...file } = row
  return isSignedId('message-choices', token, file.usagerId, email) ? file : null
}

/** Whether a territory writes e-mails to whoever holds the token of one. Throws `not-found` for a token of nobody. */
export const getMailConsent = (ctx: Ctx, { token }: { token: string }): Promise<MailConsentSheet> =>
  inRead(ctx, async (read) => {
    const { mail, territoryName } = found(await findFileOfToken(read, token))
    return { mail, territoryName }
  })

const WITHOUT_GATEWAY = sql`not exists (select from sms_gateways g where g.territory_id = u.territory_id and g.removed_at is null)`

/** Files whose choice is changed at once. */
export const MAX_FILES = 100

/**
 * The files that have this number and whose SMS are not yet as `isOn` says, in this territory, or in all that have no gateway of
 * their own (null). `phone`: E.164. In the order they are locked in, `MAX_FILES` at most: once these are changed, the next ones.
 */
export async function listFilesOfNumber(
  { db }: ReadCtx,
  { territoryId, phone, isOn }: { territoryId: number | null; phone: string; isOn: boolean },
): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select u.id::float8 as id from usagers u
    where u.deleted_at is null and u.phone_e_164 = ${phone} and u.notify_by_sms <> ${isOn}
      and ${territoryId === null ? WITHOUT_GATEWAY : sql`u.territory_id = ${territoryId}`}
    order by u.id limit ${MAX_FILES}`)
  return rows.map(({ id }) => id)
}
