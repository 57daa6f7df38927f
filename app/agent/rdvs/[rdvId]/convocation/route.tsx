import { answerWith } from '@/app/_lib/document'
import { answerWithPdf, asksLarge } from '@/app/_lib/pdf'
import { NOT_FOUND_TITLE, NotFoundPage } from '@/app/_ui/not-found-page'
import { api, faultIn } from '@/server/api'
import { rdvIdSchema } from '@/server/booking/schema'

/** The letters of an RDV one may read, to print. Beyond reach, or when nobody is to come, there is none. */
export async function GET(request: Request, { params }: { params: Promise<{ rdvId: string }> }): Promise<Response> {
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) return answerNotFound()
  try {
    const pdf = await (await api()).booking.getConvocation({ ...typed.data, isLarge: asksLarge(request) })
    return answerWithPdf(pdf, 'convocation')
  } catch (error) {
    const code = faultIn(error)?.code
    if (code === 'not-found') return answerNotFound()
    if (code !== 'unauthenticated') throw error
    const to = new URLSearchParams({ retour: `/agent/rdvs/${String(typed.data.rdvId)}` })
    return new Response(null, { status: 303, headers: { location: `/connexion?${to.toString()}` } })
  }
}

const answerNotFound = () =>
  answerWith({ title: NOT_FOUND_TITLE, body: <NotFoundPage />, status: 404, isPersonal: true })
