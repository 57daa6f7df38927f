import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { actorId } from '@/server/kernel/actor'
import { consume, LIMITS } from '@/server/platform/limits'
import { agentLinkRequested } from '../events'
import { memberInvited } from '../events/rights'
import { lockMembership } from '../queries/members'
import { findAdministered } from '../queries/places'
import type { InvitationRefusal } from '../rules/members'
import * as sharedStore from '../store'
import * as store from '../store/members'

/**
 * Sends the invitation again, and gives the link already sent another week: the first mail works too. `isOffer`: of a place
 * to accept.
 */
export async function renewInvitation(
  ctx: Ctx,
  { organisationId, agentId }: { organisationId: number; agentId: number },
): Promise<Outcome<{ isOffer: boolean }, InvitationRefusal>> {
  await consume(ctx, LIMITS.invitationsPerAgent, String(actorId(ctx.actor)))
  return inTransaction(ctx, async (tx): Promise<Outcome<{ isOffer: boolean }, InvitationRefusal>> => {
    const place = await findAdministered(tx, organisationId)
    if (await store.extendOffer(tx, organisationId, agentId)) {
      await tx.emit(memberInvited(place, agentId))
      return done({ isOffer: true })
    }
    const member = found(await lockMembership(tx, { organisationId, agentId }))
    if (member.isActive) return refused('already-active')
    const known = await store.extendInvitation(tx, agentId)
    const linkId = known ?? (await sharedStore.insertLink(tx, agentId, 'invitation'))
    await Promise.all([
      tx.emit(memberInvited(place, agentId)),
      tx.emit(agentLinkRequested(agentId, linkId, 'invitation')),
    ])
    return done({ isOffer: false })
  })
}
