import type { Metadata } from 'next'
import { requireViewer } from '@/app/_lib/viewer'
import { PostedNotice, type PostedSearch } from '@/app/_parts/booking/agent/posted-notice'
import { api, ctxOf } from '@/server/api'
import { ToFill } from './_components/to-fill.client'

export const metadata: Metadata = { title: 'RDV à renseigner' }

export default async function Page({ searchParams }: { searchParams: Promise<PostedSearch> }) {
  await requireViewer()
  const { now } = await ctxOf()
  const { booking } = await api()
  const [rdvs, count] = await Promise.all([booking.listRdvsToFill(), booking.countRdvsToFill()])
  return (
    <>
      <PostedNotice search={await searchParams} returnTo="/agent/a-renseigner" />
      <ToFill rdvs={rdvs} count={count} nowMs={now.getTime()} />
    </>
  )
}
