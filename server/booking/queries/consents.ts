import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import type { ConsentState } from '@/server/people/rules/consents'
import { findRecipient } from './recipients'
import { findRdvByToken } from './usager-rdvs'

export type RdvConsents = { mail: ConsentState; sms: ConsentState; territoryName: string }

/** Who is told of an RDV, for who holds its link: the responsable for a proche; null for a link unknown or revoked. */
export async function findToldByToken(
  read: ReadCtx,
  token: string,
): Promise<{ rdvId: number; participationId: number; toldId: number } | null> {
  const rdv = await findRdvByToken(read, token)
  const recipient = rdv && (await findRecipient(read, rdv.participationId))
  return recipient && { rdvId: rdv.rdvId, participationId: rdv.participationId, toldId: recipient.toldId }
}

/** By what whoever is told of an RDV is written to of it, for who holds its link. */
export const getConsentsByLink = (ctx: Ctx, { token }: { token: string }): Promise<RdvConsents> =>
  inRead(ctx, async (read) => {
    const { participationId, toldId } = found(await findToldByToken(read, token))
    const [row] = await read.db.execute<RdvConsents>(sql`
      select case when not told.notify_by_email then 'stopped-everywhere' when p.stops_mail then 'stopped' else 'on' end as mail,
             case when not told.notify_by_sms then 'stopped-everywhere' when p.stops_sms then 'stopped' else 'on' end as sms,
             t.name as "territoryName"
      from participations p join usagers told on told.id = ${toldId} join territories t on t.id = p.territory_id
      where p.id = ${participationId}`)
    return found(row)
  })
