import { found } from '@/server/kernel/errors'
import { findConsents } from '@/server/people/queries/consents'
import type { ConsentSheet } from '@/server/people/rules/consents'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { findRecipient } from './recipients'
import { findRdvByToken } from './usager-rdvs'

/** Whose file says whether this RDV is told of: the responsable's for a proche; null for a link unknown or revoked. */
export async function findToldByToken(
  read: ReadCtx,
  token: string,
): Promise<{ rdvId: number; participationId: number; toldId: number } | null> {
  const rdv = await findRdvByToken(read, token)
  const recipient = rdv && (await findRecipient(read, rdv.participationId))
  return recipient && { rdvId: rdv.rdvId, participationId: rdv.participationId, toldId: recipient.toldId }
}

/** By what whoever is told of an RDV is written to, for who holds its link. */
export const getConsentsByLink = (ctx: Ctx, { token }: { token: string }): Promise<ConsentSheet> =>
  inRead(ctx, async (read) => {
    const { toldId } = found(await findToldByToken(read, token))
    return found(await findConsents(read, toldId))
  })
