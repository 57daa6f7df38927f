import { listRecipients } from '@/server/booking/queries/recipients'
import type { TxCtx } from '@/server/platform/ctx'
import { canSendSms } from '@/server/platform/sms/capture'
import { otherChannel, reachedBy } from '../rules/sending'
import { lockMessage, queueMessages } from '../store'
import { onWaitingUntold } from './waiting-message'

/** The same by the other channel, unless it went by it already; nothing when the person is not to be reached so. */
export async function tryOtherChannel(tx: TxCtx, messageId: number): Promise<void> {
  const message = await lockMessage(tx, messageId)
  if (!message || message.agentId !== null) return
  if (message.offerId !== null || message.entryId !== null) return onWaitingUntold(tx, message)
  const { territoryId, rdvId, participationId, reminderId, version, news, previousStartsAt } = message
  const recipients = await listRecipients(tx, [rdvId])
  const recipient = recipients.find((one) => one.participationId === participationId)
  const channel = otherChannel(message.channel)
  const reached = recipient ? reachedBy(channel, recipient) : null
  if (reached === null || (channel === 'sms' && !canSendSms(reached, recipient?.hasSmsGateway === true))) return
  await queueMessages(
    tx,
    [{ territoryId, rdvId, participationId, reminderId, version, news, previousStartsAt, channel, recipient: reached }],
    message.leavesAt,
  )
}
