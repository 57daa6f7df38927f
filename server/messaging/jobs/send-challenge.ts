import { findSendable, type Sendable } from '@/server/access/queries/accounts'
import { accountQuota, contactQuota } from '@/server/access/rules/accounts'
import { releaseChallenge, takeChallenge } from '@/server/access/jobs'
import { loadSmsRoute, type SmsRoute } from '@/server/directory/queries/sms'
import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { count, giveBack, LIMITS, type Limit } from '@/server/platform/limits'
import { errorFacts, log } from '@/server/platform/log'
import { deliverMail, fateOf, sendMail } from '@/server/platform/mail'
import { leaves, prefixed } from '@/server/platform/outgoing'
import { captureSms } from '@/server/platform/sms/capture'
import { deliverInOrder } from '@/server/platform/sms/deliver'
import { unfollowedKey } from '@/server/platform/sms/fate'
import { codeOf, tokenOf } from '@/server/platform/tokens'
import { accountLinkMail, codeSms } from '../templates/account'

/** Tries at one code or link, while it is valid, each a little later than the one before: about a minute and a half in all. */
export const MAX_SENDINGS = 5

/**
 * Sends the code or the link somebody asked for, once: marked, and committed, before it is given away, so that a killed worker
 * leaves it unsent and the person asks again. What surely did not leave is tried again (throws `unavailable`), and is no longer
 * one of those they may ask for in an hour. Nothing to a contact nobody knows.
 */
export async function sendChallenge(ctx: Ctx, { challengeId }: { challengeId: number }): Promise<void> {
  const sendable = await inRead(ctx, (read) => findSendable(read, challengeId))
  const send = sendable && (await sender(ctx, challengeId, sendable))
  if (!send) return
  const taken = await takeChallenge(ctx, { challengeId })
  if (!taken.ok) return
  const { sending } = taken.value
  const fate = await send()
  const quotas = quotasOf(sendable)
  if (fate === 'left') {
    if (sending > 1) for (const [limit, value] of quotas) await count(ctx, limit, value)
    return
  }
  await releaseChallenge(ctx, { challengeId })
  if (sending === 1) for (const [limit, value] of quotas) await giveBack(ctx, limit, value)
  if (fate === 'later' && sending < MAX_SENDINGS) throw new AppError('unavailable')
}

/** What asking was counted against, but for who asked, which nobody here knows. */
function quotasOf({ contact, accountId }: Sendable): (readonly [Limit, string])[] {
  const asked = [LIMITS.challengesPerContact, LIMITS.challengesPerContactADay].map(
    (limit) => [limit, contactQuota(contact)] as const,
  )
  return accountId === null ? asked : [...asked, [LIMITS.challengesPerAccount, accountQuota(accountId, contact)]]
}

/** `left`: for all we know. `never`: this address will not do. */
type Fate = 'left' | 'later' | 'never'
const MAIL_FATES = { unknown: 'left', later: 'later', refused: 'never' } as const
const SMS_FATES = { sent: 'left', unknown: 'left', later: 'later', denied: 'later', refused: 'never' } as const

/**
 * How it is sent, all that it takes being read: what goes wrong there leaves it to be tried again. Null where it cannot be: without a
 * territory, no gateway is anybody's.
 */
async function sender(ctx: Ctx, challengeId: number, sendable: Sendable): Promise<(() => Promise<Fate>) | null> {
  const { contact, territoryId } = sendable
  if (contact.kind === 'email') return () => sendLink(ctx, challengeId, { ...sendable, to: contact.email })
  if (territoryId === null) return null
  const route = await inRead(ctx, (read) => loadSmsRoute(read, territoryId))
  return () => sendCode(ctx, challengeId, { to: contact.phoneE164, route })
}

async function sendLink(ctx: Ctx, challengeId: number, { to, accountId }: Sendable & { to: string }): Promise<Fate> {
  const isChange = accountId !== null
  const path = isChange ? '/mes-rdv/coordonnees/adresse' : '/mes-rdv/lien'
  const url = `${env().APP_URL}${path}?jeton=${tokenOf('account-link', challengeId)}`
  const mail = { to, opensAccount: true, ...accountLinkMail(isChange ? 'change' : 'sign-in', url) }
  if (leaves(to)) {
    try {
      await deliverMail(mail)
      return 'left'
    } catch (error) {
      const fate = fateOf(error)
      log().warn({ challengeId, fate, error: errorFacts(error) }, 'account link not sent')
      return MAIL_FATES[fate]
    }
  }
  await inTransaction(ctx, async (tx) => {
    await sendMail(tx.db, mail)
    return done(null)
  })
  return 'left'
}

async function sendCode(ctx: Ctx, challengeId: number, { to, route }: { to: string; route: SmsRoute }): Promise<Fate> {
  const text = codeSms(codeOf('account-code', challengeId))
  const sms = { to, text, sender: route.sender, key: unfollowedKey('code', challengeId) }
  if (leaves(to)) {
    const { fate } = await deliverInOrder(route.gateways, { ...sms, text: prefixed(text) }, { isUrgent: true })
    return SMS_FATES[fate.fate]
  }
  await inTransaction(ctx, async (tx) => {
    await captureSms(tx.db, { ...sms, opensAccount: true })
    return done(null)
  })
  return 'left'
}
