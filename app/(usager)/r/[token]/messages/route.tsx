import { publicPage } from '@/app/_lib/public-page'
import { ConsentsPage } from '@/app/_parts/booking/consents'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Vos messages', isPersonal: true }, async ({ params, search }) => {
  const link = linkSchema.safeParse(params)
  if (!link.success) throw new AppError('not-found')
  const sheet = await (await api()).booking.getConsentsByLink(link.data)
  const rdvPath = `/r/${link.data.token}`
  return (
    <ConsentsPage sheet={sheet} path={`${rdvPath}/messages`} isJustSaid={search.suite === 'note'} backHref={rdvPath} />
  )
})
