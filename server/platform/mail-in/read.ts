import { MailParser, type AttachmentStream, type Headers, type MessageText } from 'mailparser'
import { storable } from '@/server/kernel/fields'

/** A mail as it came in, with nothing of its files but their names. */
export type InboundMail = {
  /** Its own Message-ID, without brackets; null when it says none. */
  readonly mailId: string | null
  /** The address alone, folded; null when it says none. */
  readonly from: string | null
  readonly subject: string
  /** What its headers say, folded: of those that tell a machine from a person, and what it answers. */
  readonly said: ReadonlyMap<string, string>
  readonly text: string
  readonly fileNames: readonly string[]
  /** Each report of what became of a mail (RFC 3464), as text. */
  readonly reports: readonly string[]
  /** Message-IDs of the mails it returns or answers. */
  readonly answeredIds: readonly string[]
  /** Too long to be read whole: words and files may be missing at its end. */
  readonly isCut: boolean
}

/** What is read of a mail: photos of a phone come after its words, and each line costs as much as hundreds of bytes. */
const MAX_BYTES = 2_000_000
const MAX_LINES = 50_000

const LIMITS = {
  maxHeadSize: 128 * 1024,
  maxChildNodes: 200,
  maxHtmlLengthToParse: 500_000,
}
const NOTHING_MORE = { skipTextToHtml: true, skipImageLinks: true, checksumAlgo: false, ignoreEmbedded: true } as const
const PATIENCE_MS = 20_000

/** Characters kept of the text, of a name, of a report; and how many of each. */
const MAX_TEXT = 20_000
const MAX_NAME = 120
const MAX_LISTED = 20
const MAX_REPORT_BYTES = 64 * 1024

const REPORT = 'message/delivery-status'
const RETURNED: ReadonlySet<string> = new Set(['message/rfc822', 'message/global', 'text/rfc822-headers'])

const KEPT = [
  ...['auto-submitted', 'precedence', 'x-autoreply', 'x-autorespond', 'return-path'],
  ...['list-id', 'list', 'content-type', 'x-loop'],
]

/**
 * Reads a mail, however badly made; of a long one its beginning, whose words and names of files are told. Its files go by and are
 * not kept; compressed ones stay so. Null when it cannot be read: too many parts, endless headers.
 */
export function readMail(raw: Buffer): Promise<InboundMail | null> {
  const beginning = beginningOf(raw)
  const parser = new MailParser({ ...LIMITS, ...NOTHING_MORE, keepDeliveryStatus: true })
  const parts: Parts = { headers: new Map(), text: '', fileNames: [], reports: [], returned: [] }
  return new Promise((resolve) => {
    const end = (isRead: boolean) => {
      clearTimeout(deadline)
      resolve(isRead && parts.headers.size > 0 ? { ...mailOf(parts), isCut: beginning.length < raw.length } : null)
    }
    const deadline = setTimeout(() => {
      parser.destroy()
      end(false)
    }, PATIENCE_MS)
    parser.on('headers', (headers) => void (parts.headers = headers))
    parser.on('data', (part) => {
      try {
        if (part.type === 'text') parts.text = textOf(part)
        else takePart(parts, part)
      } catch {
        // Thrown here, it would end the process: nobody stands above a stream.
        end(false)
      }
    })
    parser.on('error', () => end(false))
    parser.on('end', () => end(true))
    parser.end(beginning)
  })
}

function beginningOf(raw: Buffer): Buffer {
  const within = raw.subarray(0, MAX_BYTES)
  let end = 0
  for (let lines = 0; lines < MAX_LINES; lines++) {
    const at = within.indexOf(0x0a, end)
    if (at < 0) return within
    end = at + 1
  }
  return within.subarray(0, end)
}

type Parts = { headers: Headers; text: string; fileNames: string[]; reports: string[]; returned: string[] }

const textOf = ({ text }: MessageText): string => storable(text ?? '').slice(0, MAX_TEXT)

function takePart(parts: Parts, part: AttachmentStream): void {
  // False of a part cut in its head, whatever its type says.
  const type = String(part.contentType).toLowerCase()
  const kept = type === REPORT ? parts.reports : RETURNED.has(type) ? parts.returned : null
  const chunks: Buffer[] = []
  let size = 0
  part.content.on('data', (chunk: Buffer) => {
    if (kept && size < MAX_REPORT_BYTES) chunks.push(chunk)
    size += chunk.length
  })
  part.content.on('end', () => {
    if (kept && kept.length < MAX_LISTED)
      kept.push(Buffer.concat(chunks).subarray(0, MAX_REPORT_BYTES).toString('utf8'))
    else if (!kept) nameFile(parts.fileNames, part)
    part.release?.()
  })
}

/** Pictures that stand in the text have no name of their own to tell. */
function nameFile(names: string[], { filename, related }: AttachmentStream): void {
  if (names.length >= MAX_LISTED || (related === true && !filename)) return
  const name = storable(filename ?? '')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
  names.push(name.slice(0, MAX_NAME).toWellFormed() || 'sans nom')
}

const ADDRESS = /[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,190}/g
const addressesIn = (words: string): string[] => words.toLowerCase().match(ADDRESS) ?? []

/** What a header says, as one line of text, whatever the library makes of it; several of the same name together. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsOf).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  if ('text' in value) return wordsOf(value.text)
  if (!('value' in value)) return Object.keys(value).join(' ')
  const params = 'params' in value && typeof value.params === 'object' ? Object.entries(value.params ?? {}) : []
  return [wordsOf(value.value), ...params.map(([name, word]) => `${name}=${String(word)}`)].join('; ')
}

const ID = /<([^<>\s]{1,250})>/g
const idsIn = (words: string): string[] => Array.from(words.matchAll(ID), ([, id]) => id ?? '').filter(Boolean)
const OWN_ID = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,250}>)/im

/** Of a mail given back, its own: among its headers, which end at the first empty line. */
const returnedIdOf = (returned: string): string[] => {
  const [head = ''] = returned.split(/\r?\n\r?\n/, 1)
  return idsIn(OWN_ID.exec(head)?.[1] ?? '')
}

function mailOf({ headers, text, fileNames, reports, returned }: Parts): Omit<InboundMail, 'isCut'> {
  const words = (name: string) => wordsOf(headers.get(name)).trim()
  const [mailId] = idsIn(words('message-id'))
  const [from] = addressesIn(words('from'))
  return {
    mailId: mailId ?? null,
    from: from ?? null,
    subject: storable(words('subject')).slice(0, MAX_NAME).toWellFormed(),
    said: new Map(KEPT.flatMap((name) => (headers.has(name) ? [[name, words(name).toLowerCase()]] : []))),
    ...{ text, fileNames, reports },
    answeredIds: [
      ...new Set([...returned.flatMap(returnedIdOf), ...idsIn(words('in-reply-to')), ...idsIn(words('references'))]),
    ].slice(0, MAX_LISTED),
  }
}
