import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { superAdminFactorReset } from '../events/super-admins'
import { findSuperLogin } from '../queries/logins'
import { lockOwner } from '../queries/locks'
import type { SuperAdminRefusal } from '../rules/super-admin'
import { revokeSessionsOfOwner } from '../store'
import { deleteFactor } from '../store/second-factors'

type Refusal = Exclude<SuperAdminRefusal, 'last-active'>

/**
 * Takes the second factor of a super-admin away, lost, or sealed under another APP_SECRET: their sessions end, their password
 * stays, and their next sign-in leads to setting another up. For the script alone (scripts/super-admin.ts).
 */
export const resetSuperAdminFactor = (ctx: Ctx, { email }: { email: string }): Promise<Outcome<null, Refusal>> =>
  inTransaction<null, Refusal>(ctx, async (tx) => {
    const person = await findSuperLogin(tx, { email })
    if (!person) return refused('unknown')
    if (person.disabledAt) return refused('already-off')
    const owner = { kind: 'super-admin', id: person.id } as const
    await lockOwner(tx, owner)
    await deleteFactor(tx, owner)
    await revokeSessionsOfOwner(tx, owner, null)
    await tx.emit(superAdminFactorReset(person.id))
    return done(null)
  })
