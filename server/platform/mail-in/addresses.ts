import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '../env'
import { foldedSignedId, rowOfFoldedSignedId } from '../tokens'

/** What a mail of ours may be answered by: a person's words, or what a server says became of it. */
const BOXES = { 'mail-replies': 'rdv', 'mail-returns': 'retour' } as const
type Box = keyof typeof BOXES

const domain = (): string | null => {
  const { MAIL_INBOUND_DOMAIN, MAIL_INBOUND_SECRET } = env()
  return MAIL_INBOUND_DOMAIN && MAIL_INBOUND_SECRET ? MAIL_INBOUND_DOMAIN.toLowerCase() : null
}

/** Whether mails come in at all. */
export const takesMails = (): boolean => domain() !== null

/** An address of this message alone, that no row keeps and nobody guesses; null where no mail is taken in. */
export function inboundAddress(box: Box, messageId: number): string | null {
  const host = domain()
  return host === null ? null : `${BOXES[box]}+${foldedSignedId(box, messageId)}@${host}`
}

/** The message whose address stands among these; null when we wrote none of them. */
export function messageOfAddress(box: Box, addresses: readonly string[]): number | null {
  for (const token of tokensIn(box, addresses)) {
    const messageId = rowOfFoldedSignedId(box, token)
    if (messageId !== null) return messageId
  }
  return null
}

/** Of which message of ours one of these is an address, whatever it is answered by; null when we wrote none of them. */
export const messageWrittenTo = (addresses: readonly string[]): number | null =>
  messageOfAddress('mail-replies', addresses) ?? messageOfAddress('mail-returns', addresses)

function tokensIn(box: Box, addresses: readonly string[]): string[] {
  const [host, start] = [domain(), `${BOXES[box]}+`]
  if (host === null) return []
  return addresses.flatMap((address) => {
    const [local, at] = address.toLowerCase().split('@')
    return local?.startsWith(start) && at === host ? [local.slice(start.length)] : []
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a mail server gives the operator's own secret; null where no mail is taken in. In the same time, right or wrong. */
export function isMailServer(given: string): boolean | null {
  const { MAIL_INBOUND_SECRET } = env()
  return MAIL_INBOUND_SECRET ? timingSafeEqual(digest(given), digest(MAIL_INBOUND_SECRET)) : null
}
