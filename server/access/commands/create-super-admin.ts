import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { hashPassword } from '../auth'
import { superAdminCreated, superAdminReset } from '../events/super-admins'
import type { NewSuperAdmin } from '../schema/super-admins'
import { revokeSessionsOfOwner } from '../store'
import { deleteFactor } from '../store/second-factors'
import * as store from '../store/super-admins'

/**
 * Creates a super-admin, or gives the one who has this e-mail a new start: another password, no second factor, no session.
 * They set the factor up when they first sign in. For the script alone (scripts/super-admin.ts): no page does it.
 */
export async function createSuperAdmin(
  ctx: Ctx,
  { password, ...person }: NewSuperAdmin & { password: string },
): Promise<Outcome<{ isNew: boolean }, never>> {
  const passwordHash = await hashPassword(password)
  return inTransaction<{ isNew: boolean }, never>(ctx, async (tx) => {
    const { id, isNew } = await store.upsertSuperAdmin(tx, { ...person, passwordHash })
    const owner = { kind: 'super-admin', id } as const
    if (!isNew) {
      await deleteFactor(tx, owner)
      await revokeSessionsOfOwner(tx, owner, null)
    }
    await tx.emit(isNew ? superAdminCreated(id) : superAdminReset(id))
    return done({ isNew })
  })
}
