import { answerWithPdf, asksLarge } from '@/app/_lib/pdf'
import { orNull } from '@/app/_parts/booking/ask'
import { linkSchema } from '@/server/booking/schema'
import { api } from '@/server/api'

/** The convocation of who holds the link; what stands no more has none. */
export async function GET(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const link = linkSchema.safeParse(await context.params)
  const caller = await api()
  const question = link.success ? { ...link.data, isLarge: asksLarge(request) } : null
  const pdf = question ? await orNull(caller.booking.getConvocationByLink(question)) : null
  return pdf ? answerWithPdf(pdf, 'convocation') : new Response(null, { status: 303, headers: { location: '/aide' } })
}
