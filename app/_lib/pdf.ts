/** « ?caracteres=grands »: in large print. */
export const asksLarge = (request: Request): boolean => new URL(request.url).searchParams.get('caracteres') === 'grands'

/** A PDF that its reader opens, in their browser or beside, and nobody keeps on the way. */
export const answerWithPdf = (pdf: Uint8Array, name: string): Response =>
  new Response(pdf.slice(), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex',
    },
  })
