import { createTransport, type Transporter } from 'nodemailer'
import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from './env'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** An invitation joined to the message, as iCalendar text. */
  readonly calendar?: string
}

let transport: Transporter | undefined

/** Sends through SMTP in production; anywhere else the message is captured, readable at /recette/messages. */
export async function sendMail(db: Tx, mail: Mail): Promise<void> {
  const { APP_ENV, SMTP_URL, MAIL_FROM } = env()
  if (APP_ENV !== 'production') {
    await db.insert(capturedMessages).values({
      channel: 'mail',
      recipient: mail.to,
      sender: MAIL_FROM,
      subject: `[${APP_ENV}] ${mail.subject}`,
      text: mail.text,
      html: mail.html,
      hasCalendar: mail.calendar !== undefined,
    })
    return
  }
  if (!SMTP_URL) throw new Error('SMTP_URL manque : aucun message ne peut partir.')
  transport ??= createTransport(SMTP_URL)
  await transport.sendMail({
    from: MAIL_FROM,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.calendar && { icalEvent: { method: 'PUBLISH', content: mail.calendar } }),
  })
}
