import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { sendMail, type Mail } from '@/server/platform/mail'
import { tokenOf } from '@/server/platform/tokens'
import type { AccountPasswordSet, ChallengeAsked } from './events/accounts'
import type { AgentLinkRequested, AgentPasswordChanged, SecondFactorRemoved, SecondFactorSet } from './events'
import type { memberInvited, memberJoined } from './events/rights'
import { findAccountEmail, findChangeAsked } from './queries/accounts'
import { findOffer } from './queries/invitations'
import { findActiveMember, findAgentEmail, findPendingLink } from './queries/logins'
import {
  accountPasswordMail,
  contactChangeAskedMail,
  emailChangeAskedMail,
  joinedMail,
  linkMail,
  passwordChangedMail,
  placeOfferedMail,
  secondFactorMail,
  secondFactorRemovedMail,
} from './templates/mails'

const send = (ctx: Ctx, mail: Mail) =>
  inTransaction(ctx, async (tx) => {
    await sendMail(tx.db, mail)
    return done(null)
  })

/** Sends the link asked for, unless it is too late for it to be of use. */
export async function onLinkRequested(ctx: Ctx, { payload }: AgentLinkRequested): Promise<void> {
  const link = await findPendingLink(ctx, payload.linkId)
  if (!link) return
  const to = link.newEmail ?? link.email
  await send(ctx, linkMail(to, link.purpose, tokenOf(link.purpose, payload.linkId), env().APP_URL))
}

/** Warns the address an account is about to leave. */
export async function onEmailChangeAsked(ctx: Ctx, { payload }: AgentLinkRequested): Promise<void> {
  const link = payload.purpose === 'email-change' ? await findPendingLink(ctx, payload.linkId) : null
  if (link) await send(ctx, emailChangeAskedMail(link.email))
}

/** Tells the agent, who may not be the one who changed it. */
export async function onPasswordChanged(ctx: Ctx, { subject }: AgentPasswordChanged): Promise<void> {
  const email = await findAgentEmail(ctx, subject.id)
  if (email) await send(ctx, passwordChangedMail(email))
}

/** Tells the agent, who may not be the one who did it. Super-admins read the ledger. */
export async function onSecondFactorSet(ctx: Ctx, { subject, payload }: SecondFactorSet): Promise<void> {
  const email = subject.kind === 'agent' ? await findAgentEmail(ctx, subject.id) : null
  if (email) await send(ctx, secondFactorMail(email, payload.isOn))
}

/** Tells whoever had an account that an organisation made them one of its own: nobody asked them. */
export async function onMemberJoined(ctx: Ctx, { subject, payload }: ReturnType<typeof memberJoined>): Promise<void> {
  const member = await findActiveMember(ctx, { agentId: subject.id, organisationId: payload.organisationId })
  if (member) await send(ctx, joinedMail(member.email, member, env().APP_URL))
}

/** Asks whoever works in another territory. Who is invited by a link, or was, gets that link instead. */
export async function onPlaceOffered(ctx: Ctx, { subject, payload }: ReturnType<typeof memberInvited>): Promise<void> {
  const offer = await findOffer(ctx, { agentId: subject.id, organisationId: payload.organisationId })
  if (offer) await send(ctx, placeOfferedMail(offer.email, offer, env().APP_URL))
}

/** Tells the agent, who may not be the one who asked for it. */
export async function onSecondFactorRemoved(
  ctx: Ctx,
  { subject }: Pick<SecondFactorRemoved, 'subject'>,
): Promise<void> {
  const email = await findAgentEmail(ctx, subject.id)
  if (email) await send(ctx, secondFactorRemovedMail(email, env().APP_URL))
}

/** Tells the person, who may not be the one who chose it. */
export async function onAccountPasswordSet(ctx: Ctx, { subject }: AccountPasswordSet): Promise<void> {
  const email = await findAccountEmail(ctx, subject.id)
  if (email) await send(ctx, accountPasswordMail(email, env().APP_URL))
}

/** Warns the address of an account that is about to be reached elsewhere. */
export async function onContactChangeAsked(ctx: Ctx, { subject }: ChallengeAsked): Promise<void> {
  const asked = await findChangeAsked(ctx, subject.id)
  if (asked) await send(ctx, contactChangeAskedMail(asked.email, asked.contact, env().APP_URL))
}
