import { oneClick } from '@/app/_lib/one-click'
import { publicPage } from '@/app/_lib/public-page'
import { ConsentsPage } from '@/app/_parts/booking/consents'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Vos messages', isPersonal: true }, async ({ params, search }) => {
  const link = linkSchema.safeParse(params)
  if (!link.success) throw new AppError('not-found')
  const { mail, sms, territoryName } = await (await api()).booking.getConsentsByLink(link.data)
  const rdvPath = `/r/${link.data.token}`
  return (
    <ConsentsPage
      states={{ mail, sms }}
      of="rdv"
      territoryName={territoryName}
      path={`${rdvPath}/messages`}
      isJustSaid={search.suite === 'note'}
      backHref={rdvPath}
    />
  )
})

/** Of the mails whose address was typed for this RDV. */
export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const link = linkSchema.safeParse(await context.params)
  if (!link.success) return new Response(null, { status: 404 })
  return oneClick(request, async () =>
    (await api()).booking.setConsentByLink({ ...link.data, channel: 'mail', isOn: false }),
  )
}
