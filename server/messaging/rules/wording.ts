import { fold } from '@/server/kernel/text'
import { foldForSms, smsSizeOf, type SmsSize } from '@/server/kernel/sms-text'

/** Words with `{variables}`; what stands `[between brackets]` is left out when a variable in it has nothing to say. */
export type Wording = { readonly subject: string | null; readonly body: string }

/** What each variable says, by its name. */
export type Values = Readonly<Record<string, string | null>>

type Part = string | { readonly variable: string }
type Piece = { readonly isOptional: boolean; readonly parts: readonly Part[] }

export type Broken = 'bracket' | 'brace'

const TOKEN = /(\{[^{}[\]]*\}|[[\]{}])/

/** `téléphone`, `Telephone` and `autres  dates` are what people type. */
export const nameOfVariable = (typed: string): string => fold(typed)

/** Its pieces in order, or what is opened and never closed, or the reverse. */
export function piecesOf(text: string): { ok: true; pieces: Piece[] } | { ok: false; broken: Broken } {
  const pieces: Piece[] = []
  let [isOptional, parts]: [boolean, Part[]] = [false, []]
  const close = (next: boolean) => {
    if (parts.length > 0) pieces.push({ isOptional, parts })
    ;[isOptional, parts] = [next, []]
  }
  for (const token of text.split(TOKEN)) {
    if (token === '[' || token === ']') {
      if ((token === '[') === isOptional) return { ok: false, broken: 'bracket' }
      close(token === '[')
    } else if (token === '{' || token === '}') {
      return { ok: false, broken: 'brace' }
    } else if (token.startsWith('{')) {
      parts.push({ variable: nameOfVariable(token.slice(1, -1)) })
    } else if (token !== '') {
      parts.push(token)
    }
  }
  if (isOptional) return { ok: false, broken: 'bracket' }
  close(false)
  return { ok: true, pieces }
}

const namedIn = ({ parts }: Piece): string[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]))

/** The variables a text names, each as it is read; of one that is broken, none. `isSure`: outside any bracket. */
export function variablesIn(text: string): { name: string; isSure: boolean }[] {
  const read = piecesOf(text)
  if (!read.ok) return []
  return read.pieces.flatMap((piece) => namedIn(piece).map((name) => ({ name, isSure: !piece.isOptional })))
}

/** What a variable that said nothing leaves behind it. */
const tidied = (text: string): string =>
  text
    .replace(/ {2,}/g, ' ')
    .replace(/ +([,.\n])/g, '$1')
    .replace(/\n +/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** The text with what its variables say. One that is broken is left as it is: it was not to be saved. */
export function filled(text: string, values: Values): string {
  const read = piecesOf(text)
  if (!read.ok) return text
  const valueOf = (name: string): string => values[name] ?? ''
  const said = read.pieces.map((piece) => {
    if (piece.isOptional && namedIn(piece).some((name) => valueOf(name) === '')) return ''
    return piece.parts.map((part) => (typeof part === 'string' ? part : valueOf(part.variable))).join('')
  })
  return tidied(said.join(''))
}

export type WrittenSms = { readonly text: string; readonly size: SmsSize }

/**
 * An SMS in as few segments as its words allow: `ways` say the same shorter and shorter, and the fullest that costs no
 * more than the shortest is kept. One that leaves unsaid what the fullest says outside brackets is none of them. `before`
 * it stands the name of the environment, outside production: it counts, and is not in the text.
 */
export function shortestSms(body: string, ways: readonly Values[], before = ''): WrittenSms {
  const sure = variablesIn(body).flatMap(({ name, isSure }) => (isSure && ways[0]?.[name] ? [name] : []))
  const whole = ways.filter((values) => sure.every((name) => values[name]))
  const written = whole.map((values): WrittenSms => {
    const text = foldForSms(filled(body, values))
    return { text, size: smsSizeOf(before + text) }
  })
  const fewest = Math.min(...written.map(({ size }) => size.segments))
  return written.find(({ size }) => size.segments === fewest) ?? { text: '', size: smsSizeOf('') }
}
