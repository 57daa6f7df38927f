import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from './env'
import { log } from './log'
import { capturesMessages } from './mail'

export type Sms = { readonly to: string; readonly text: string }

const SENDER = 'RdvTerr'

/** Whether an SMS goes anywhere: captured outside production, and no gateway there yet. */
export const canSendSms = (): boolean => capturesMessages()

/** Captured outside production, readable at /recette/messages. In production no SMS gateway is configured yet: said in the log. */
export async function sendSms(db: Tx, sms: Sms): Promise<void> {
  if (!canSendSms()) {
    log().warn({ channel: 'sms' }, 'no SMS gateway configured: message not sent')
    return
  }
  await db
    .insert(capturedMessages)
    .values({ channel: 'sms', recipient: sms.to, sender: SENDER, text: `[${env().APP_ENV}] ${sms.text}` })
}
