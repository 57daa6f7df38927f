import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from '../env'
import { leaves, prefixed } from '../outgoing'
import type { OutgoingSms } from './fate'

/** Whether an SMS to them goes somewhere: captured here, or given to a gateway of their territory or of the operator's. */
export const canSendSms = (to: string, hasGateway: boolean): boolean =>
  !leaves(to) || hasGateway || env().SMS_GATEWAY !== undefined

/** Kept here, readable at /recette/messages. `opensAccount`: what it says lets whoever reads it into an account. */
export async function captureSms(
  db: Tx,
  { to, text, sender, opensAccount = false }: Pick<OutgoingSms, 'to' | 'text' | 'sender'> & { opensAccount?: boolean },
): Promise<void> {
  await db
    .insert(capturedMessages)
    .values({ channel: 'sms', recipient: to, sender, text: prefixed(text), opensAccount })
}
