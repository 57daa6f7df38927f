/** Bytes of the head of a mail that are looked at, as many as its parser takes. */
const MAX_HEAD_BYTES = 128 * 1024
/** Within which a mail given back names the one it was, bytes. */
const MAX_NAMED_BYTES = 256 * 1024
const MAX_KEYS = 20

/** As servers write them down before as people do. */
const TOLD_TO = ['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to', 'to', 'cc'] as const

/**
 * The addresses the head of a mail says it came to, folded, without reading the rest: in a time that the size of the mail does not
 * change, since anybody may write one.
 */
export function addressesOfHead(raw: Buffer): string[] {
  const byName = new Map<string, string[]>()
  for (const line of headOf(raw)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const words = line
      .slice(colon + 1)
      .toLowerCase()
      .split(/[\s<>,;:"()]+/)
    const known = byName.get(name) ?? []
    known.push(...words.filter((word) => word.includes('@')))
    byName.set(name, known)
  }
  return [...new Set(TOLD_TO.flatMap((name) => byName.get(name) ?? []))]
}

/** Its lines, unfolded, until the first empty one. */
function headOf(raw: Buffer): string[] {
  const text = raw.subarray(0, MAX_HEAD_BYTES).toString('latin1').replaceAll('\r', '')
  const end = text.indexOf('\n\n')
  return (end < 0 ? text : text.slice(0, end)).replaceAll(/\n[ \t]/g, ' ').split('\n')
}

const KEY = /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/gi

/** What may be the Message-ID of a mail of ours that this one returns, wherever it stands in its beginning: its key, folded. */
export function keysNamedIn(raw: Buffer): string[] {
  const text = raw.subarray(0, MAX_NAMED_BYTES).toString('latin1')
  const keys = Array.from(text.matchAll(KEY), ([, key]) => key?.toLowerCase() ?? '')
  return [...new Set(keys)].slice(0, MAX_KEYS)
}
