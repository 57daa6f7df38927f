import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { errorFacts, log } from '@/server/platform/log'
import { deliverMail, fateOf, sendMail, type Mail } from '@/server/platform/mail'
import { leaves } from '@/server/platform/outgoing'
import { keyedHash, tokenOf } from '@/server/platform/tokens'
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

type Fact = { readonly id: number }

/**
 * Gives a mail away in no transaction: a slow server holds nobody else. Of the same fact it is the same mail, by its Message-ID,
 * and what may have left is not given again; throws when it is to be tried later. `fact`: of which it tells.
 */
async function send(ctx: Ctx, fact: Fact, mail: Mail): Promise<void> {
  if (!leaves(mail.to)) {
    await inTransaction(ctx, async (tx) => {
      await sendMail(tx.db, mail)
      return done(null)
    })
    return
  }
  try {
    await deliverMail({ ...mail, key: keyedHash(`mail|${String(fact.id)}|${mail.to}|${mail.subject}`) })
  } catch (error) {
    const fate = fateOf(error)
    log().warn({ eventId: fact.id, fate, error: errorFacts(error) }, 'account mail not sent')
    if (fate === 'later') throw new AppError('unavailable')
  }
}

/** Sends the link asked for, unless it is too late for it to be of use. */
export async function onLinkRequested(ctx: Ctx, { id, payload }: AgentLinkRequested & Fact): Promise<void> {
  const link = await findPendingLink(ctx, payload.linkId)
  if (!link) return
  const to = link.newEmail ?? link.email
  await send(ctx, { id }, linkMail(to, link.purpose, tokenOf(link.purpose, payload.linkId), env().APP_URL))
}

/** Warns the address an account is about to leave. */
export async function onEmailChangeAsked(ctx: Ctx, { id, payload }: AgentLinkRequested & Fact): Promise<void> {
  const link = payload.purpose === 'email-change' ? await findPendingLink(ctx, payload.linkId) : null
  if (link) await send(ctx, { id }, emailChangeAskedMail(link.email))
}

/** Tells the agent, who may not be the one who changed it. */
export async function onPasswordChanged(ctx: Ctx, { id, subject }: AgentPasswordChanged & Fact): Promise<void> {
  const email = await findAgentEmail(ctx, subject.id)
  if (email) await send(ctx, { id }, passwordChangedMail(email))
}

/** Tells the agent, who may not be the one who did it. Super-admins read the ledger. */
export async function onSecondFactorSet(ctx: Ctx, { id, subject, payload }: SecondFactorSet & Fact): Promise<void> {
  const email = subject.kind === 'agent' ? await findAgentEmail(ctx, subject.id) : null
  if (email) await send(ctx, { id }, secondFactorMail(email, payload.isOn))
}

/** Tells whoever had an account that an organisation made them one of its own: nobody asked them. */
export async function onMemberJoined(
  ctx: Ctx,
  { id, subject, payload }: ReturnType<typeof memberJoined> & Fact,
): Promise<void> {
  const member = await findActiveMember(ctx, { agentId: subject.id, organisationId: payload.organisationId })
  if (member) await send(ctx, { id }, joinedMail(member.email, member, env().APP_URL))
}

/** Asks whoever works in another territory. Who is invited by a link, or was, gets that link instead. */
export async function onPlaceOffered(
  ctx: Ctx,
  { id, subject, payload }: ReturnType<typeof memberInvited> & Fact,
): Promise<void> {
  const offer = await findOffer(ctx, { agentId: subject.id, organisationId: payload.organisationId })
  if (offer) await send(ctx, { id }, placeOfferedMail(offer.email, offer, env().APP_URL))
}

/** Tells the agent, who may not be the one who asked for it. */
export async function onSecondFactorRemoved(
  ctx: Ctx,
  { id, subject }: Pick<SecondFactorRemoved, 'subject'> & Fact,
): Promise<void> {
  const email = await findAgentEmail(ctx, subject.id)
  if (email) await send(ctx, { id }, secondFactorRemovedMail(email, env().APP_URL))
}

/** Tells the person, who may not be the one who chose it. */
export async function onAccountPasswordSet(ctx: Ctx, { id, subject }: AccountPasswordSet & Fact): Promise<void> {
  const email = await findAccountEmail(ctx, subject.id)
  if (email) await send(ctx, { id }, accountPasswordMail(email, env().APP_URL))
}

/** Warns the address of an account that is about to be reached elsewhere. */
export async function onContactChangeAsked(ctx: Ctx, { id, subject }: ChallengeAsked & Fact): Promise<void> {
  const asked = await findChangeAsked(ctx, subject.id)
  if (asked) await send(ctx, { id }, contactChangeAskedMail(asked.email, asked.contact, env().APP_URL))
}
