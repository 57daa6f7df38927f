import { Readable } from 'node:stream'
import { createTransport, type Transporter } from 'nodemailer'
import type { Tx } from '@/db/client'
import { capturedMessages } from '@/db/schema'
import { env } from './env'
import { log } from './log'
import { leaves, prefixed } from './outgoing'

export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Under which name it leaves; the platform's when there is none. The address stays ours: it is the one that may send. */
  readonly senderName?: string | null
  /** Where an answer goes; to nobody in particular when there is none. */
  readonly replyTo?: string | null
  readonly calendar?: MailCalendar
  /** Where a mail reader's own button says that they want no more of these (RFC 8058), and a person too. */
  readonly stopUrl?: string
  /** Where servers give it back when nobody gets it; to our own address when there is none. */
  readonly returnTo?: string | null
  /** What it carries lets whoever reads it into an account: captured, it is not shown to everybody (decision 30). */
  readonly opensAccount?: boolean
  /** The same for the same message, however often it is sent. */
  readonly key?: string
}

/** What a mail reader puts into an agenda: iCalendar text, and what it is to do with it. */
export type MailCalendar = { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly text: string }

let transport: Transporter | undefined

/** By the signal that may stop it: mails that a server has begun to be given. */
const begun = new WeakSet<AbortSignal>()
/** Failures before that: nothing can have left. */
const nothingGiven = new WeakSet<object>()

const told = (error: object, name: string): unknown => (name in error ? error[name as keyof typeof error] : undefined)

/** Where a server that says no says it of whom the mail is for, or of what it says; elsewhere it says it of us. */
const ABOUT_THE_MAIL: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA'])
const MUST_AUTHENTICATE = 530

/** A server's lasting no (5xx): to the mail, or to us (greeting, credentials, sender). Null of anything else. */
function lastingNo(error: object): 'mail' | 'us' | null {
  const answer = told(error, 'responseCode')
  if (typeof answer !== 'number' || answer < 500) return null
  return ABOUT_THE_MAIL.has(told(error, 'command')) && answer !== MUST_AUTHENTICATE ? 'mail' : 'us'
}

/**
 * What became of a mail no server answered for: `refused` for good (no such mailbox), `later` when surely nothing left, a
 * server that will not have us included, `unknown` otherwise: a connection cut once the mail was begun does not say whether
 * the last line had arrived.
 */
export function fateOf(error: unknown): 'refused' | 'later' | 'unknown' {
  if (typeof error !== 'object' || error === null) return 'later'
  if (typeof told(error, 'responseCode') === 'number') return lastingNo(error) === 'mail' ? 'refused' : 'later'
  return nothingGiven.has(error) || told(error, 'code') === undefined ? 'later' : 'unknown'
}

/** The operator's to mend: no mail leaves until then. The server's words are left out, they may quote an address. */
function noteOurs(error: unknown): void {
  if (typeof error !== 'object' || error === null || lastingNo(error) !== 'us') return
  log().error(
    { code: told(error, 'code'), command: told(error, 'command'), answer: told(error, 'responseCode') },
    'mail server refuses us',
  )
}

/** A server that says nothing is given up after these, unless SMTP_URL says otherwise. */
const PATIENCE_MS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

function transportTo(smtpUrl: string): Transporter {
  const url = new URL(smtpUrl)
  for (const [name, ms] of Object.entries(PATIENCE_MS)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms))
  }
  const made = createTransport(url.href)
  made.use('stream', (mail, next) => {
    const { signal } = mail.data
    // The server has said that it takes the mail: it is read from here on.
    if (signal) mail.message?.processFunc((whole) => Readable.from(beginning(signal, whole), { objectMode: false }))
    next()
  })
  return made
}

async function* beginning(signal: AbortSignal, whole: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  begun.add(signal)
  yield* whole
}

/** A mail takes a second; a server that never ends is left after so long, however it goes about it. */
const IN_ALL_MS = 60_000

/** `withinMs`: from now, while it is of use; it is not begun afterwards. `inAllMs`: after which it is stopped, begun or not. */
type How = { withinMs?: number; inAllMs?: number }

/** Stops what takes too long. Answers how to be told of it, and how to forget it. */
function timed({ withinMs = Infinity, inAllMs = IN_ALL_MS }: How) {
  const stopping = new AbortController()
  const { signal } = stopping
  const stop = () => stopping.abort()
  const stopUnbegun = () => begun.has(signal) || stop()
  if (withinMs <= 0) stop()
  const timers = [setTimeout(stopUnbegun, Math.min(Math.max(withinMs, 0), inAllMs)), setTimeout(stop, inAllMs)]
  return { signal, forget: () => timers.forEach((timer) => clearTimeout(timer)) }
}

/** Says to machines that answer by themselves that nobody wrote it (RFC 3834). */
const UNANSWERED = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' }

/** Sends through SMTP what leaves; elsewhere than in production nearly all is captured, readable at /recette/messages. */
export const sendMail = (db: Tx, mail: Mail): Promise<void> =>
  leaves(mail.to) ? deliverMail(mail) : captureMail(db, mail)

async function captureMail(db: Tx, mail: Mail): Promise<void> {
  await db.insert(capturedMessages).values({
    channel: 'mail',
    recipient: mail.to,
    sender: mail.senderName ? `${mail.senderName} <${senderAddress()}>` : env().MAIL_FROM,
    replyTo: mail.replyTo ?? null,
    subject: prefixed(mail.subject),
    text: mail.text,
    html: mail.html,
    hasCalendar: mail.calendar !== undefined,
    opensAccount: mail.opensAccount ?? false,
  })
}

/** The address alone of who mails are from. */
export const senderAddress = (): string => /[^\s<>]+@[^\s<>]+/.exec(env().MAIL_FROM)?.[0] ?? 'nobody@localhost'

/** The name alone, or the address when there is none. */
export const senderName = (): string => env().MAIL_FROM.split('<')[0]?.trim() || senderAddress()

/**
 * Gives a mail to the SMTP server, in no transaction: a slow one holds nobody else. Begun in time, it is given; or else not at
 * all, and the connection is closed. Throws what `fateOf` reads.
 */
export async function deliverMail(mail: Mail, how: How = {}): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env()
  if (!SMTP_URL) throw new Error('SMTP_URL manque : aucun message ne peut partir.')
  transport ??= transportTo(SMTP_URL)
  const host = senderAddress().split('@')[1] ?? 'localhost'
  const { signal, forget } = timed(how)
  const sending = transport.sendMail({
    signal,
    from: mail.senderName ? { name: mail.senderName, address: senderAddress() } : MAIL_FROM,
    to: mail.to,
    ...(mail.returnTo && { envelope: { from: mail.returnTo, to: mail.to } }),
    subject: prefixed(mail.subject),
    text: mail.text,
    html: mail.html,
    ...(mail.replyTo && { replyTo: mail.replyTo }),
    ...(mail.key && { messageId: `<${mail.key}@${host}>` }),
    headers: {
      ...UNANSWERED,
      ...(mail.stopUrl && {
        'List-Unsubscribe': `<${mail.stopUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(mail.calendar && { icalEvent: { method: mail.calendar.method, content: mail.calendar.text } }),
  })
  try {
    await sending
  } catch (error) {
    noteOurs(error)
    if (!begun.has(signal) && typeof error === 'object' && error !== null) nothingGiven.add(error)
    throw error
  } finally {
    forget()
  }
}
