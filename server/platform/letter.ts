/** A mail as a person reads it. `subject` is also the HTML's title; `html` is what stands under its heading. */
type Letter = {
  readonly subject: string
  /** The HTML's `h1`; the subject when absent. */
  readonly heading?: string
  readonly html: string
  /** Under the frame, small. */
  readonly signature?: string
  /** HTML under all the rest. */
  readonly below?: string
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text made safe for HTML, between tags and in quoted attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '')

/** A paragraph of plain text. */
export const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escaped(text)}</p>`

/** Plain text of several paragraphs, parted by blank lines. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((one) => paragraph(one).replaceAll('\n', '<br>'))
    .join('')

/** A link under the frame, small. */
export const linkLine = (words: string, url: string): string =>
  `<p style="max-width:560px;margin:16px auto 0;color:#4b5568;font-size:14px"><a href="${escaped(url)}" style="color:#4b5568">${escaped(words)}</a></p>`

/** A link that looks like a button. */
export const buttonLink = (words: string, url: string): string =>
  `<p style="margin:24px 0"><a href="${escaped(url)}" style="display:inline-block;padding:13px 22px;border-radius:10px;` +
  `background:#0b5563;color:#ffffff;font-weight:bold;text-decoration:none">${escaped(words)}</a></p>`

/** The whole HTML of a mail: no image and no style sheet, which mail readers block. */
export const letterHtml = ({ subject, heading = subject, html, signature, below = '' }: Letter): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>` +
  `<body style="margin:0;background:#f6f7f4;padding:24px 12px;font:16px/1.5 Arial,sans-serif;color:#172033">` +
  `<div style="max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #d8dde5;border-radius:10px;padding:24px">` +
  `<h1 style="margin:0 0 16px;font-size:20px">${escaped(heading)}</h1>${html}</div>` +
  (signature
    ? `<p style="max-width:560px;margin:16px auto 0;color:#4b5568;font-size:14px">${escaped(signature)}</p>`
    : '') +
  `${below}</body></html>`
