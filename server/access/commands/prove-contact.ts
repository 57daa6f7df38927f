import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { accountContactProved } from '../events/accounts'
import type { Contact } from '../rules/accounts'
import { giveContact, revokeAccountSessions, spendChallenge } from '../store/accounts'

/**
 * An account is reached here from now on: its person has just proven it. Another account of the same family and contact was
 * theirs too, and goes; sessions elsewhere are closed. `too-late`
 * when the challenge was used meanwhile.
 */
export const proveContact = (
  ctx: Ctx,
  { challengeId, accountId, contact }: { challengeId: number; accountId: number; contact: Contact },
): Promise<Outcome<null, 'too-late'>> =>
  inTransaction<null, 'too-late'>(ctx, async (tx) => {
    if (!(await spendChallenge(tx, challengeId))) return refused('too-late')
    await giveContact(tx, accountId, contact)
    await revokeAccountSessions(tx, accountId, tx.actor.kind === 'usager' ? tx.actor.sessionId : null)
    await tx.emit(accountContactProved(accountId, contact.kind))
    return done(null)
  })
