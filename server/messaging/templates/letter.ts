import { buttonLink, escaped, letterHtml, paragraph, paragraphs } from '@/server/platform/letter'

export type Line = readonly [name: string, value: string | null]

type Told = {
  subject: string
  heading: string
  /** Said before the lines. */
  intro: string
  lines: readonly Line[]
  /** Words of somebody else, said under the lines as theirs. */
  quoted?: string
  /** Said under the lines, and under those. */
  notes: readonly string[]
  link: { words: string; url: string }
  /** Why they are told, in place of where to choose it. */
  because?: string
}

const CHOICE = 'Choisir ce dont vous êtes prévenu\u00a0: Mon profil, Mes préférences.'

const quotation = (words: string): string =>
  `<blockquote style="margin:16px 0;padding:4px 16px;border-left:4px solid #0b5563">${paragraphs(words)}</blockquote>`

/** A mail to an agent, the same as text and as HTML: what is said, a name and a value a line, then where to look. */
export function toldLetter({ subject, heading, intro, lines, quoted, notes, link, because = CHOICE }: Told) {
  const said = lines.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const text = [
    intro,
    `${heading}.`,
    said.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n'),
    ...(quoted === undefined ? [] : [quoted.replaceAll(/^/gm, '> ')]),
    ...notes,
    `${link.words}\u00a0:\n${link.url}`,
    because,
  ].join('\n\n')
  const rows = said
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${escaped(name)}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')
  const html = letterHtml({
    subject,
    heading,
    html: `${paragraphs(intro)}<table>${rows}</table>${quoted === undefined ? '' : quotation(quoted)}${notes.map(paragraph).join('')}${buttonLink(link.words, link.url)}`,
    signature: because,
  })
  return { subject, text, html }
}
