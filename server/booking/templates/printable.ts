import anyAscii from 'any-ascii'

/** Bullets as word processors write them, in fonts of their own: no other font shows them. */
const PRIVATE_USE = /\p{Co}/gu
const SYMBOLS = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{So}|[\u200d\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/gu
const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Cn}]/gu

/**
 * What was typed, as a letter can print it: what no font of ours shows would refuse the whole document. A pasted bullet is a
 * bullet, a letter of another script is written in Latin letters, and a drawing is left out.
 */
export function printable(text: string, isShown: (codePoint: number) => boolean): string {
  const isKept = (char: string) => char === '\n' || isShown(char.codePointAt(0) ?? 0)
  const plain = (drawn: string) => (isKept(drawn) ? drawn : '')
  return Array.from(
    text
      .normalize('NFC')
      .replace(/\t/g, ' ')
      .replace(PRIVATE_USE, '•')
      .replace(SYMBOLS, plain)
      .replace(CONTROLS, plain),
  )
    .map((char) => (isKept(char) ? char : Array.from(anyAscii(char)).filter(isKept).join('')))
    .join('')
}

/** The same of every text of a document's data. */
export function printableData<Data>(data: Data, isShown: (codePoint: number) => boolean): Data {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return printable(value, isShown)
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(data) as Data
}
