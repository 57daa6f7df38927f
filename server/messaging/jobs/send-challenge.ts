import { findSendable, type Sendable } from '@/server/access/queries/accounts'
import { takeChallenge } from '@/server/access/jobs'
import { loadSmsRoute } from '@/server/directory/queries/sms'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { sendMail } from '@/server/platform/mail'
import { leaves, prefixed } from '@/server/platform/outgoing'
import { captureSms } from '@/server/platform/sms/capture'
import { deliverInOrder } from '@/server/platform/sms/deliver'
import { codeOf, tokenOf } from '@/server/platform/tokens'
import { accountLinkMail, codeSms } from '../templates/account'

/**
 * Sends the code or the link somebody asked for, once: taken before it leaves, a killed worker leaves it unsent and the person
 * asks again. Nothing to a contact nobody knows.
 */
export async function sendChallenge(ctx: Ctx, { challengeId }: { challengeId: number }): Promise<void> {
  const sendable = await inRead(ctx, (read) => findSendable(read, challengeId))
  if (!sendable || sendable.territoryId === null) return
  const taken = await takeChallenge(ctx, { challengeId })
  if (!taken.ok) return
  await (sendable.contact.kind === 'phone'
    ? sendCode(ctx, challengeId, { ...sendable, to: sendable.contact.phoneE164, territoryId: sendable.territoryId })
    : sendLink(ctx, challengeId, { ...sendable, to: sendable.contact.email }))
}

async function sendLink(ctx: Ctx, challengeId: number, { to, isChange }: Sendable & { to: string }): Promise<void> {
  const path = isChange ? '/mes-rdv/coordonnees/adresse' : '/mes-rdv/lien'
  const url = `${env().APP_URL}${path}?jeton=${tokenOf('account-link', challengeId)}`
  const mail = { to, ...accountLinkMail(isChange ? 'change' : 'sign-in', url) }
  await inTransaction(ctx, async (tx) => {
    await sendMail(tx.db, mail)
    return done(null)
  })
}

async function sendCode(
  ctx: Ctx,
  challengeId: number,
  { to, territoryId }: Sendable & { to: string; territoryId: number },
): Promise<void> {
  const route = await inRead(ctx, (read) => loadSmsRoute(read, territoryId))
  const text = codeSms(codeOf('account-code', challengeId))
  const sms = { to, text, sender: route.sender, key: `code-${String(challengeId)}` }
  if (leaves(to)) {
    await deliverInOrder(route.gateways, { ...sms, text: prefixed(text) })
    return
  }
  await inTransaction(ctx, async (tx) => {
    await captureSms(tx.db, sms)
    return done(null)
  })
}
