import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from '../env'
import { leaves, prefixed } from '../outgoing'
import type { OutgoingSms } from './fate'

/** Whether an SMS to them goes somewhere: captured here, or given to a gateway of their territory or of the operator's. */
export const canSendSms = (to: string, hasGateway: boolean): boolean =>
  !leaves(to) || hasGateway || env().SMS_GATEWAY !== undefined

/** Kept here, readable at /recette/messages. */
export async function captureSms(
  db: Tx,
  { to, text, sender }: Pick<OutgoingSms, 'to' | 'text' | 'sender'>,
): Promise<void> {
  await db.insert(capturedMessages).values({ channel: 'sms', recipient: to, sender, text: prefixed(text) })
}
