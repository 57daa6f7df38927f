import writeXlsxFile from 'write-excel-file/node'
import { csvOf } from '@/app/_lib/csv'
import { answerWith } from '@/app/_lib/document'
import { NOT_FOUND_TITLE, NotFoundPage } from '@/app/_ui/not-found-page'
import { MOTIF_OPTIONS } from '@/app/_words/catalogue'
import { api, faultIn } from '@/server/api'
import { organisationSchema } from '@/server/directory/schema/catalogue'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * The list of motifs as a table, with every option in words: of the organisation, or of its whole territory with
 * `perimetre=territoire`. For those who administer it: to anybody else it is not found.
 */
export async function GET(request: Request, { params }: { params: Promise<{ organisationId: string }> }) {
  const asked = new URL(request.url).searchParams
  const typed = organisationSchema.safeParse(await params)
  if (!typed.success) return answerNotFound()
  try {
    const { catalogue } = await api()
    const { territoryId } = await catalogue.get(typed.data)
    const isWhole = asked.get('perimetre') === 'territoire'
    const motifs = await (isWhole ? catalogue.listMotifsOfTerritory({ territoryId }) : catalogue.listMotifs(typed.data))
    const rows = [
      ['Organisation', ...MOTIF_OPTIONS.map(({ title }) => title)],
      ...motifs.map((motif) => [motif.organisationName, ...MOTIF_OPTIONS.map(({ words }) => words(motif))]),
    ]
    const format = asked.get('format') === 'xlsx' ? 'xlsx' : 'csv'
    const body = format === 'csv' ? csvOf(rows) : await xlsxOf(rows)
    return new Response(body, {
      headers: {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="motifs-${isWhole ? 'territoire' : 'organisation'}.${format}"`,
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const code = faultIn(error)?.code
    if (code === 'not-found') return answerNotFound()
    if (code !== 'unauthenticated') throw error
    const to = new URLSearchParams({ retour: `${new URL(request.url).pathname}?${asked.toString()}` })
    return new Response(null, { status: 303, headers: { location: `/connexion?${to.toString()}` } })
  }
}

const answerNotFound = () =>
  answerWith({ title: NOT_FOUND_TITLE, body: <NotFoundPage />, status: 404, isPersonal: true })

/** Every cell is text: no spreadsheet runs it. */
async function xlsxOf(rows: readonly (readonly string[])[]) {
  const sheet = rows.map((row, index) =>
    row.map((value) => ({ value, type: String, ...(index === 0 && { fontWeight: 'bold' as const }) })),
  )
  const file = await writeXlsxFile(sheet, { sheet: 'Motifs', stickyRowsCount: 1 }).toBuffer()
  return new Uint8Array(file)
}
