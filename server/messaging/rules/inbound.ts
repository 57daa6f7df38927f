import type { InboundMail } from '@/server/platform/mail-in/read'

/** A report of what became of a mail, what a machine sends by itself, or the words of a person. */
export type InboundKind = 'report' | 'machine' | 'person'

const MACHINES = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|ne-?pas-?repondre)(?:[@+]|$)/
const AUTOMATIC_SUBJECT =
  /^(?:réponse automatique|automatic reply|auto(?:matische)? ?reply|absence du bureau|out of (?:the )?office)/i
const BULK: ReadonlySet<string> = new Set(['bulk', 'junk', 'list', 'auto_reply', 'auto-reply'])
const MARKS = ['x-autoreply', 'x-autorespond', 'x-loop', 'list', 'list-id'] as const

/**
 * What sort of mail this is. Whatever may be a machine's is one (RFC 3834, and what was done before it), our own addresses
 * (`ours`) included: nobody answers it, so that no two machines ever talk to each other.
 */
export function kindOf(
  mail: Pick<InboundMail, 'from' | 'subject' | 'said' | 'reports'>,
  ours: readonly string[],
): InboundKind {
  const { from, said, subject, reports } = mail
  const type = said.get('content-type') ?? ''
  if (reports.length > 0 || /report-type="?delivery-status/.test(type)) return 'report'
  const isMarked =
    MARKS.some((name) => said.has(name)) ||
    BULK.has(said.get('precedence') ?? '') ||
    !(said.get('auto-submitted') ?? 'no').startsWith('no') ||
    /^(?:<>)?$/.test(said.get('return-path') ?? '?') ||
    type.startsWith('multipart/report')
  const isMachine = isMarked || from === null || MACHINES.test(from) || ours.includes(from)
  return isMachine || AUTOMATIC_SUBJECT.test(subject) ? 'machine' : 'person'
}

/** What a server says became of a mail: `refused` when there is no such mailbox. */
export type ReturnedFate = 'refused' | 'undelivered'

/** No such mailbox, or no such domain (RFC 3463): it will never do. */
const NO_SUCH_MAILBOX = /^5\.(?:1\.\d{1,3}|2\.1|4\.4)\b/

/**
 * From the reports of RFC 3464: given up for good by the server that says so, whatever the number of its reason; null of what
 * is only late, or arrived.
 */
export function fateOfReports(reports: readonly string[]): ReturnedFate | null {
  const recipients = reports.flatMap((report) => report.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf))
  const failed = recipients.filter((fields) => /^failed\b/i.test(fields.get('action') ?? ''))
  if (failed.length === 0) return null
  return failed.every((fields) => NO_SUCH_MAILBOX.test(fields.get('status') ?? '')) ? 'refused' : 'undelivered'
}

/** The fields of one recipient, by their names in small letters; of a name said twice, the first. */
function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of group.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

const SEPARATOR = /^\s*-{2,}\s*(?:message d['’ ]origine|original message|message transféré|forwarded message)\b/i
const HEADER_FROM = /^[\s*]*(?:de|from)[\s\u00a0*]*:/i
const HEADER_DATE = /^[\s*]*(?:envoyé|date|sent)[\s\u00a0*]*:/i
const WROTE = /(?:a écrit|wrote)[\s\u00a0]*:\s*$/i
const WROTE_STARTS = /^\s*(?:le|on)\s/i
const isQuoted = (line: string): boolean => /^\s{0,3}>/.test(line)
const isEmpty = (line: string): boolean => line.trim() === ''

/**
 * What somebody wrote, without the mail they answer when it stands under their words, as mail readers put it there. Answers
 * written between the lines of a quotation are kept with it; when nothing would be left, all is.
 */
export function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const at = lines.findIndex((line, i) => SEPARATOR.test(line) || isHeaderBlock(lines, i))
  const kept = withoutLastQuote(at < 0 ? lines : lines.slice(0, at))
  return kept.join('\n').trim() || text.trim()
}

const isHeaderBlock = (lines: readonly string[], i: number): boolean =>
  HEADER_FROM.test(lines[i] ?? '') && lines.slice(i + 1, i + 4).some((line) => HEADER_DATE.test(line))

function withoutLastQuote(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => !isQuoted(line) && !isEmpty(line)) + 1
  if (!lines.slice(end).some(isQuoted)) return lines
  // « Le 2 mars 2027 à 9:00, Accueil <…> a écrit : » is folded over up to three lines.
  const said = lines.slice(0, end)
  const last = said.slice(-3)
  if (!WROTE.test(last.join(' '))) return said
  const start = last.findLastIndex((line) => WROTE_STARTS.test(line))
  return said.slice(0, said.length - (start < 0 ? 1 : last.length - start))
}
