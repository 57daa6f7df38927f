/** What an SMS may hold, and how many an operator sends and bills for a text (3GPP TS 23.038, « GSM 7-bit default alphabet »). */

const ALPHABET = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Each takes the place of two. */
const EXTENSION = new Set('\f^{}\\[~]|€')

const isInAlphabet = (sign: string): boolean => ALPHABET.has(sign) || EXTENSION.has(sign)

/** What no decomposition of Unicode takes to the alphabet. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ œ: 'oe', Œ: 'OE', ç: 'c', '\u2019': "'", '\u2018': "'", '\u02bc': "'", '`': "'", '\u201a': ',' },
  ...{ '«': '"', '»': '"', '\u201c': '"', '\u201d': '"', '\u201e': '"', '\u2032': "'", '\u2033': '"' },
  ...{ '\u2010': '-', '\u2011': '-', '\u2012': '-', '\u2013': '-', '\u2014': '-', '\u2212': '-', '\u2022': '-' },
  ...{ '·': '.', '\u2044': '/', '×': 'x', '°': 'o', '\t': ' ', '\u00ad': '', '\u200b': '', '\u2060': '', '\ufeff': '' },
  ...{ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ı: 'i', '\u2028': '\n', '\u2029': '\n' },
}

/** « « Bébé » » is typed with spaces inside its quotes, which the plain ones do not take. */
const QUOTED = /«[\s\u00a0\u202f]*|[\s\u00a0\u202f]*»/g

function foldSign(sign: string): string {
  if (isInAlphabet(sign)) return sign
  const plain = PLAIN[sign]
  if (plain !== undefined) return plain
  return [...sign.normalize('NFKD').replace(/\p{M}/gu, '')].map((part) => PLAIN[part] ?? part).join('')
}

/**
 * A text as an SMS is to carry it: é, è, à and ù stay; ç, ê, œ, typographic quotes and no-break spaces become what the
 * alphabet has nearest. A text it cannot hold even so (another script, a picture) stays as it is, and costs more.
 */
export function foldForSms(text: string): string {
  const folded = [...text.normalize('NFC').replace(QUOTED, '"')].map(foldSign).join('')
  return [...folded].every(isInAlphabet) ? folded : text
}

const isHeld = (sign: string): boolean => {
  const folded = foldSign(sign)
  return folded !== '' && [...folded].every(isInAlphabet)
}

/** A text without what the alphabet has nothing near: what is left of it makes no SMS cost more. */
export const heldBySms = (text: string): string =>
  [...text.normalize('NFC')].filter(isHeld).join('').replace(/ {2,}/g, ' ').trim()

export type SmsSize = {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** Characters as they are billed: some take the place of two. */
  readonly units: number
  /** How many SMS it leaves as; none of no text. */
  readonly segments: number
  /** Units that the same number of SMS still holds. */
  readonly left: number
}

/** Units one SMS holds: alone, or among several, each then saying which it is. */
const HOLDS = { gsm7: { alone: 160, among: 153 }, ucs2: { alone: 70, among: 67 } } as const

/** How a text is cut into SMS, exactly as given: see `foldForSms`. */
export function smsSizeOf(text: string): SmsSize {
  const signs = [...text]
  const alphabet = signs.every(isInAlphabet) ? 'gsm7' : 'ucs2'
  const sizes = signs.map((sign) => (alphabet === 'ucs2' ? sign.length : EXTENSION.has(sign) ? 2 : 1))
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, among } = HOLDS[alphabet]
  if (units <= alone) return { alphabet, units, segments: units === 0 ? 0 : 1, left: alone - units }
  let [segments, used] = [1, 0]
  // A sign of two units is not cut in the middle.
  for (const size of sizes) {
    if (used + size > among) [segments, used] = [segments + 1, 0]
    used += size
  }
  return { alphabet, units, segments, left: among - used }
}
