import { oneClick } from '@/app/_lib/one-click'
import { publicPage } from '@/app/_lib/public-page'
import { ConsentsPage } from '@/app/_parts/booking/consents'
import { AppError } from '@/server/kernel/errors'
import { consentTokenSchema } from '@/server/people/schema'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Vos messages', isPersonal: true }, async ({ params, search }) => {
  const asked = consentTokenSchema.safeParse(params)
  if (!asked.success) throw new AppError('not-found')
  const { mail, territoryName } = await (await api()).people.getMailConsent(asked.data)
  return (
    <ConsentsPage
      states={{ mail: mail ? 'on' : 'stopped' }}
      of="territory"
      territoryName={territoryName}
      path={`/m/${asked.data.token}`}
      isJustSaid={search.suite === 'note'}
    />
  )
})

export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const asked = consentTokenSchema.safeParse(await context.params)
  if (!asked.success) return new Response(null, { status: 404 })
  return oneClick(request, async () => (await api()).people.setMailConsent({ ...asked.data, isOn: false }))
}
