import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { accountDeleted, accountSignedOut } from '../events/accounts'
import { revokeSession } from '../store'
import { deleteAccount, revokeAccountSessions } from '../store/accounts'

/**
 * Closes a person's session, or all of them. Without one, there is none to close; of the others it is not known whose they
 * are: throws `unauthenticated`.
 */
export const signOutPerson = (ctx: Ctx, scope: 'session' | 'everywhere') =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind !== 'usager') {
      if (scope === 'session') return done(null)
      throw new AppError('unauthenticated')
    }
    const { accountId, sessionId } = tx.actor
    if (scope === 'everywhere') await revokeAccountSessions(tx, accountId, null)
    else await revokeSession(tx, sessionId)
    await tx.emit(accountSignedOut(accountId, scope))
    return done(null)
  })

/**
 * Deletes a person's account, with its sessions and identities. Their files and RDVs stay: they are the départements'. Throws
 * `unauthenticated` when their session is over.
 */
export const deleteOwnAccount = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    if (tx.actor.kind !== 'usager') throw new AppError('unauthenticated')
    const { accountId } = tx.actor
    await tx.emit(accountDeleted(accountId))
    await deleteAccount(tx, accountId)
    return done(null)
  })
