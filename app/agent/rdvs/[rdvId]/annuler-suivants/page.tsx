import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { capitalise, formatDateTime } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Button, buttonClass } from '@/app/_ui/button'
import { RadioGroup } from '@/app/_ui/controls'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { moveWords, rdvName } from '@/app/_words/agent'
import { cancelFollowingRefusalWords, theRdvsWords, WHO_IS_TOLD } from '@/app/_words/series'
import { api, ctxOf } from '@/server/api'
import { CANCEL_FOLLOWING_REFUSALS, followingOf } from '@/server/booking/rules/rdv-series'
import { rdvIdSchema } from '@/server/booking/schema'

export const metadata: Metadata = { title: 'Annuler les RDV suivants' }

type Props = { params: Promise<{ rdvId: string }>; searchParams: Search }

/** Asks before this RDV of a series and those after it are cancelled: which, and who cancels. */
export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const { rdvId } = typed.data
  const { booking } = await api()
  const [rdv, series] = await orNotFound(Promise.all([booking.getRdv({ rdvId }), booking.getSeries({ rdvId })]))
  if (rdv.level !== 'write' || !series) notFound()
  const { now } = await ctxOf()
  const following = followingOf(series, rdvId, now)
  const search = await searchParams
  const refusal = CANCEL_FOLLOWING_REFUSALS.find((reason) => reason === one(search.avis))
  const stated = { status: 'unknown', phase: 'future', isCollective: false } as const
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <header>
        <a href={`/agent/rdvs/${rdvId}`} className="link -mt-2 inline-flex min-h-11 items-center gap-1">
          <Icon name="back" className="-ml-1" />
          {rdvName(rdv)}
        </a>
        <h1 className="text-2xl tracking-tight sm:text-3xl">
          Annuler {theRdvsWords(following.length)}
          {'\u202f'}?
        </h1>
      </header>
      {refusal && (
        <Notice tone="bad" isLive>
          <p>{cancelFollowingRefusalWords[refusal]}</p>
        </Notice>
      )}
      {following.length === 0 ? (
        <Notice title="Rien à annuler">
          <p>{cancelFollowingRefusalWords['nothing-left']}</p>
        </Notice>
      ) : (
        <form method="post" action={`/agent/rdvs/${rdvId}/annuler-suivants/confirmer`} className="space-y-6">
          <ul className="divide-y divide-line rounded-card border border-line bg-card px-4">
            {following.map((one) => (
              <li key={one.rdvId} className="py-2.5">
                {capitalise(formatDateTime(one.startAt, series.zone, { withYear: true }))}
              </li>
            ))}
          </ul>
          <p>{WHO_IS_TOLD}</p>
          <RadioGroup
            name="statut"
            label="Qui annule"
            value="revoked"
            choices={[
              { value: 'revoked', label: moveWords('revoked', stated) },
              { value: 'excused', label: moveWords('excused', stated) },
            ]}
          />
          <input type="hidden" name="rdvs" value={following.map((one) => one.rdvId).join(',')} />
          <div className="flex flex-col gap-3 sm:flex-row">
            <Button variant="danger">Annuler {theRdvsWords(following.length)}</Button>
            <a href={`/agent/rdvs/${rdvId}`} className={buttonClass({ variant: 'secondary' })}>
              Ne rien annuler
            </a>
          </div>
        </form>
      )}
    </div>
  )
}
