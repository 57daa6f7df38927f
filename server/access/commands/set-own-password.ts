import type { UsagerActor } from '@/server/kernel/actor'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { hashPassword } from '../auth'
import { accountPasswordSet } from '../events/accounts'
import { findAccount } from '../queries/accounts'
import type { OwnPasswordRefusal } from '../rules/accounts'
import { revokeAccountSessions, setAccountPassword } from '../store/accounts'

/**
 * A person chooses a password, asked for by their proven e-mail; sessions elsewhere are closed. `email-missing` without one;
 * `email-shared` when somebody of another family who has the same e-mail has a password already.
 */
export async function setOwnPassword(
  ctx: Ctx & { readonly actor: UsagerActor },
  { password }: { password: string },
): Promise<Outcome<null, OwnPasswordRefusal>> {
  const passwordHash = await hashPassword(password)
  const { accountId, sessionId } = ctx.actor
  try {
    return await inTransaction<null, OwnPasswordRefusal>(ctx, async (tx) => {
      const account = await findAccount(tx, accountId)
      if (!account || account.email === null) return refused('email-missing')
      await setAccountPassword(tx, accountId, passwordHash)
      await revokeAccountSessions(tx, accountId, sessionId)
      await tx.emit(accountPasswordSet(accountId))
      return done(null)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'accounts_one_password') return refused('email-shared')
    throw error
  }
}
