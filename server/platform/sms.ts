import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from './env'
import { log } from './log'

export type Sms = { readonly to: string; readonly text: string }

const SENDER = 'RdvTerr'

/** Captured outside production, readable at /recette/messages. In production no SMS gateway is configured yet: said in the log. */
export async function sendSms(db: Tx, sms: Sms): Promise<void> {
  const { APP_ENV } = env()
  if (APP_ENV === 'production') {
    log().warn({ channel: 'sms' }, 'no SMS gateway configured: message not sent')
    return
  }
  await db
    .insert(capturedMessages)
    .values({ channel: 'sms', recipient: sms.to, sender: SENDER, text: `[${APP_ENV}] ${sms.text}` })
}
