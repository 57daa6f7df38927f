import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { memberInvitationEnded } from '../events/rights'
import { findAdministered } from '../queries/places'
import { roleWord, type AnswerRefusal } from '../rules/members'
import type { AnswerInvitation } from '../schema/administration'
import * as store from '../store/members'
import { joinOrganisation } from './join-organisation'

/** The agent accepts a place offered to them, with the rights on their agenda that joining opens, or refuses it. */
export const answerInvitation = (
  ctx: Ctx & { readonly actor: AgentActor },
  { organisationId, accepts }: AnswerInvitation,
): Promise<Outcome<null, AnswerRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<null, AnswerRefusal>> => {
    const { agentId } = ctx.actor
    const { expiresAt, level, isSecretary, ...place } = found(await store.takeOffer(tx, organisationId, agentId))
    if (!accepts) {
      await tx.emit(memberInvitationEnded(place, agentId, 'refused'))
      return done(null)
    }
    if (expiresAt <= tx.now) return refused('invitation-over')
    await joinOrganisation(tx, { place, agentId, role: roleWord({ level, isSecretary }) })
    return done(null)
  })

/** Takes back a place offered, before it is answered. */
export const cancelInvitation = (
  ctx: Ctx,
  { organisationId, agentId }: { organisationId: number; agentId: number },
): Promise<Outcome<null, never>> =>
  inTransaction(ctx, async (tx) => {
    const place = await findAdministered(tx, organisationId)
    found(await store.takeOffer(tx, organisationId, agentId))
    await tx.emit(memberInvitationEnded(place, agentId, 'cancelled'))
    return done(null)
  })
