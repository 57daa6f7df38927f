import { usagerOrganisations } from '@/db/schema'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'

export type JoinOrganisation = { territoryId: number; organisationId: number; usagerIds: readonly number[] }

/** Whoever has an RDV in an organisation belongs to it from then on (domain §1.13). Already there: nothing changes. */
export const joinOrganisation = (
  ctx: Ctx,
  { territoryId, organisationId, usagerIds }: JoinOrganisation,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async ({ db }) => {
    await db
      .insert(usagerOrganisations)
      .values(usagerIds.map((usagerId) => ({ territoryId, usagerId, organisationId })))
      .onConflictDoNothing()
    return done(null)
  })
