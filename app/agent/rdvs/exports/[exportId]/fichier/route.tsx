import { answerWith } from '@/app/_lib/document'
import { dayOf } from '@/app/_lib/dates'
import { NOT_FOUND_TITLE, NotFoundPage } from '@/app/_ui/not-found-page'
import { api, faultIn } from '@/server/api'
import { exportIdSchema } from '@/server/booking/schema/rdv-list'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  'pdf-large': 'application/pdf',
} as const
const EXTENSIONS = { csv: 'csv', xlsx: 'xlsx', pdf: 'pdf', 'pdf-large': 'pdf' } as const
const NAMES = { csv: 'rdv', xlsx: 'rdv', pdf: 'convocations', 'pdf-large': 'convocations-gros-caracteres' } as const

/** A file its author asked for. To anybody else it is not found; a right withdrawn since keeps it back. */
export async function GET(request: Request, { params }: { params: Promise<{ exportId: string }> }) {
  const typed = exportIdSchema.safeParse(await params)
  if (!typed.success) return answerNotFound()
  try {
    const outcome = await (await api()).lists.getExportFile(typed.data)
    if (!outcome.ok)
      return new Response(null, { status: 303, headers: { location: '/agent/rdvs/exports?avis=droits' } })
    const { format, content, createdAt } = outcome.value
    return new Response(content.slice(), {
      headers: {
        'content-type': TYPES[format],
        'content-disposition': `attachment; filename="${NAMES[format]}-${dayOf(createdAt, 'Europe/Paris')}.${EXTENSIONS[format]}"`,
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const code = faultIn(error)?.code
    // Whoever only looks in an agent's place takes no file away.
    if (code === 'not-found' || code === 'read-only') return answerNotFound()
    if (code !== 'unauthenticated') throw error
    const to = new URLSearchParams({ retour: new URL(request.url).pathname })
    return new Response(null, { status: 303, headers: { location: `/connexion?${to.toString()}` } })
  }
}

const answerNotFound = () =>
  answerWith({ title: NOT_FOUND_TITLE, body: <NotFoundPage />, status: 404, isPersonal: true })
