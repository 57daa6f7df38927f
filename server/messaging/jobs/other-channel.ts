import { listRecipients } from '@/server/booking/queries/recipients'
import type { TxCtx } from '@/server/platform/ctx'
import { canSendSms } from '@/server/platform/sms/capture'
import { isAwake, isOfOwnDoing, otherChannel, reachedBy } from '../rules/sending'
import { channelsFor } from '../rules/telling'
import { lockMessage, queueMessages } from '../store'
import { onWaitingUntold } from './waiting-message'
import { whenItLeaves } from './when-it-leaves'

/**
 * The same by the other channel, unless it went by it already; nothing when the person is not to be reached so, or knows of it
 * without. Within the hours of its territory: what they did themselves may come back long after they did it.
 */
export async function tryOtherChannel(tx: TxCtx, messageId: number): Promise<void> {
  const message = await lockMessage(tx, messageId)
  if (!message || message.agentId !== null) return
  if (message.offerId !== null || message.entryId !== null) return onWaitingUntold(tx, message)
  const { territoryId, rdvId, participationId, reminderId, version, news, previousStartsAt } = message
  const recipients = await listRecipients(tx, [rdvId])
  const recipient = recipients.find((one) => one.participationId === participationId)
  const isOwnDoing = isOfOwnDoing(message)
  const channel = otherChannel(message.channel)
  if (!recipient || !channelsFor(news, recipient, { isOwnDoing }).includes(channel)) return
  const reached = reachedBy(channel, recipient)
  if (reached === null || (channel === 'sms' && !canSendSms(reached, recipient.hasSmsGateway))) return
  const isAtOnce = isOwnDoing && isAwake(message.createdAt, tx.now)
  await queueMessages(
    tx,
    [{ territoryId, rdvId, participationId, reminderId, version, news, previousStartsAt, channel, recipient: reached }],
    isAtOnce ? null : await whenItLeaves(tx, message),
  )
}
