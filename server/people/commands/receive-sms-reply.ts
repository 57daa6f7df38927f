import { findGatewayOfReplies } from '@/server/directory/queries/sms'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parsePhone } from '@/server/platform/phone'
import { listFilesOfNumber } from '../queries/consents'
import { smsReplyIn } from '../rules/consents'
import type { SmsReceived } from '../schema'
import { choose } from './set-consent'

/** Gateways also give an international number without its +. */
const withPlus = (typed: string): string => (/^[1-9]\d{9,14}$/.test(typed.trim()) ? `+${typed.trim()}` : typed)

/**
 * What somebody answered to an SMS of a territory, as its gateway says, or the operator's, of those that have none: STOP, and those who have this number there are
 * written to by SMS no more; START, and they are again. Anything else changes nothing. Throws `not-found` for a token of no
 * gateway. Given twice, it changes nothing more.
 */
export async function receiveSmsReply(
  ctx: Ctx,
  { token, from, text }: SmsReceived,
): Promise<Outcome<{ fileCount: number }, never>> {
  const { gatewayId, territoryId } = found(await inRead(ctx, (read) => findGatewayOfReplies(read, token)))
  await consume(ctx, LIMITS.smsRepliesPerGateway, String(gatewayId))
  const [reply, phone] = [smsReplyIn(text), parsePhone(withPlus(from))?.e164]
  return inTransaction<{ fileCount: number }, never>(ctx, async (tx) => {
    const files = reply && phone ? await listFilesOfNumber(tx, { territoryId, phone }) : []
    for (const usagerId of files) await choose(tx, usagerId, { channel: 'sms', isOn: reply === 'start' })
    return done({ fileCount: files.length })
  })
}
