import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { insertFiles, type Membership } from '../store'

/** Whoever has an RDV in an organisation belongs to it from then on (domain §1.13). Already there: nothing changes. */
export const joinOrganisation = (ctx: Ctx, joining: Membership): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    await insertFiles(tx, [], joining)
    return done(null)
  })
