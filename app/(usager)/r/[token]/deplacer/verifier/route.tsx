import { redirect } from 'next/navigation'
import { capitalise, dayOf, formatDateTime, formatDuration, isoOf, zoneWords } from '@/app/_lib/dates'
import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { locationWords } from '@/app/_words/booking'
import { linkSchema, moveQuestionSchema, startParameter } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Vérifier le nouvel horaire', isPersonal: true }, async ({ params, search }) => {
  const link = linkSchema.safeParse(params)
  if (!link.success) throw new AppError('not-found')
  const path = `/r/${link.data.token}`
  const question = { ...link.data, startAt: String(search.creneau) }
  const asked = moveQuestionSchema.safeParse(question)
  if (!asked.success) redirect(`${path}/deplacer`)
  const { startAt } = asked.data
  const { rdv, why, endAt } = await (await api()).booking.judgeMoveByLink(question)
  if (rdv.whyNotMove) redirect(path)
  const du = dayOf(startAt, rdv.zone)
  if (why) redirect(`${path}/deplacer?${new URLSearchParams({ du, avis: why }).toString()}`)
  if (startAt.getTime() === rdv.startAt.getTime())
    redirect(`${path}/deplacer?${new URLSearchParams({ du }).toString()}`)
  const durationMin = Math.round((endAt.getTime() - startAt.getTime()) / 60_000)
  const place = rdv.locationType === 'public_office' ? rdv.placeName : locationWords[rdv.locationType]
  return (
    <PageShell where={rdv.territoryName}>
      <WayBack href={`${path}/deplacer?${new URLSearchParams({ du }).toString()}`} />
      <StepTitle intro={'Vérifiez, puis confirmez\u00a0: votre ancien horaire sera rendu.'}>
        Changer pour ce nouvel horaire{'\u202f'}?
      </StepTitle>
      <section aria-label="Le changement" className="overflow-hidden rounded-card border border-line bg-card">
        <dl className="divide-y divide-line">
          <div className="px-4 py-3 text-ink-soft sm:px-6">
            <dt>Ancien horaire</dt>
            <dd className="text-lg font-semibold line-through">
              <time dateTime={isoOf(rdv.startAt)}>{capitalise(formatDateTime(rdv.startAt, rdv.zone))}</time>
            </dd>
          </div>
          <div className="bg-accent-soft px-4 py-4 sm:px-6">
            <dt className="flex items-center gap-2 font-semibold text-accent-strong">
              <Icon name="next" className="rotate-90" />
              Nouvel horaire
            </dt>
            <dd className="text-xl font-bold">
              <time dateTime={isoOf(startAt)}>{capitalise(formatDateTime(startAt, rdv.zone))}</time>
            </dd>
            <dd className="text-ink-soft">
              {[formatDuration(durationMin), zoneWords(rdv.zone)].filter(Boolean).join(' · ')}
            </dd>
          </div>
          {place && (
            <div className="px-4 py-3 sm:px-6">
              <dt className="text-ink-soft">{rdv.placeName ? 'Même lieu' : 'Comme prévu'}</dt>
              <dd className="font-semibold">{place}</dd>
              {rdv.placeAddress && <dd>{rdv.placeAddress}</dd>}
            </div>
          )}
        </dl>
      </section>
      <form
        method="post"
        action={`${path}/deplacer/confirmer`}
        className="flex flex-col gap-3 sm:flex-row-reverse sm:justify-end"
      >
        <input type="hidden" name="creneau" value={startParameter(startAt)} />
        <input type="hidden" name="depuis" value={startParameter(rdv.startAt)} />
        <Button className="w-full sm:w-auto sm:px-8">Confirmer le nouvel horaire</Button>
        <ButtonLink href={path} variant="quiet">
          Garder l’horaire actuel
        </ButtonLink>
      </form>
    </PageShell>
  )
})
