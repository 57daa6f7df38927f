import { formatDuration } from '@/app/_lib/dates'
import { publicPage } from '@/app/_lib/public-page'
import { Instructions, RdvSheet } from '@/app/_parts/booking/rdv-sheet'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { PhoneLink } from '@/app/_ui/phone-link'
import { PrintLinks } from '@/app/_ui/print-links'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { cancelRefusalWords, usagerStatusWords } from '@/app/_words/booking'
import { isCancelled } from '@/server/booking/rules/status'
import type { EndedRdv, RdvForUsager } from '@/server/booking/rules/tunnel'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'
import { EarlierSlotSection, WaitNotice, type Slot } from './_components/earlier-slot'
import { MovedNotice, MoveSection } from './_components/move-section'

export const GET = publicPage({ title: 'Votre rendez-vous', isPersonal: true }, async ({ params, search }) => {
  const link = linkSchema.safeParse(params)
  if (!link.success) throw new AppError('not-found')
  const caller = await api()
  const ended = await caller.booking.getEndedByLink(link.data)
  if (ended) return <EndedPage ended={ended} />
  const [rdv, slot] = await Promise.all([
    caller.booking.getRdvByLink(link.data),
    caller.waitlist.getEarlierSlot(link.data),
  ])
  const { suite } = search
  const isOff = isCancelled(rdv.status)
  const isOn = rdv.status === 'unknown'
  return (
    <PageShell where={rdv.territoryName}>
      {suite === 'annule' && isOff && (
        <Notice tone="ok" title="Votre rendez-vous est annulé" isLive>
          <p>Votre horaire est rendu : il pourra servir à quelqu’un d’autre. Merci.</p>
        </Notice>
      )}
      <WaitNotice suite={suite} slot={slot} />
      {suite === 'deplace' && isOn && <MovedNotice rdv={rdv} />}
      {suite === 'refus' && rdv.whyNotCancel && (
        <Notice tone="warn" title="Le rendez-vous n’a pas été annulé" isLive>
          <p>{cancelRefusalWords[rdv.whyNotCancel]}</p>
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <StepTitle>Votre rendez-vous</StepTitle>
        <Tag tone={isOff ? 'bad' : isOn ? 'ok' : 'info'}>{usagerStatusWords[rdv.status]}</Tag>
      </div>
      <RdvSheet rdv={rdv} isCancelled={isOff} />
      {isOn && rdv.instructions && <Instructions text={rdv.instructions} />}
      {isOn && <Ways rdv={rdv} slot={slot} path={`/r/${link.data.token}`} />}
      {isOn && (
        <p className="no-print">
          <a href={`/r/${link.data.token}/messages`} className="link inline-flex min-h-11 items-center">
            Choisir les messages que vous recevez
          </a>
        </p>
      )}
      {isOff && <ButtonLink href="/prendre-rdv">Prendre un autre rendez-vous</ButtonLink>}
    </PageShell>
  )
})

/** Nothing of the RDV: whoever finds the telephone later learns no more than that there was one. */
function EndedPage({ ended: { territoryName, phone } }: { ended: EndedRdv }) {
  return (
    <PageShell where={territoryName}>
      <StepTitle intro="Ce lien ne montre plus rien de ce rendez-vous.">Ce rendez-vous est passé</StepTitle>
      <div className="space-y-4 rounded-card border border-line bg-card p-4 sm:p-6">
        <p>
          Vous avez besoin d’un autre rendez-vous{'\u202f'}? Prenez-le en ligne
          {phone ? ', ou appelez le service.' : '.'}
        </p>
        <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap sm:items-center">
          <ButtonLink href="/prendre-rdv">Prendre un rendez-vous</ButtonLink>
          {phone && (
            <p>
              Téléphone{'\u00a0'}: <PhoneLink number={phone} />
            </p>
          )}
        </div>
      </div>
      <p>
        <a href="/mes-rdv" className="link inline-flex min-h-11 items-center">
          Retrouver mes rendez-vous
        </a>
      </p>
    </PageShell>
  )
}

function Ways({ rdv, slot, path }: { rdv: RdvForUsager; slot: Slot; path: string }) {
  return (
    <div className="no-print space-y-5">
      <ButtonLink href={`${path}/calendrier`} variant="secondary" className="w-full sm:w-auto">
        <Icon name="calendar" />
        Ajouter à mon agenda
      </ButtonLink>
      <p className="flex flex-col gap-3 sm:flex-row sm:flex-wrap sm:items-center">
        <PrintLinks href={`${path}/convocation`} />
      </p>
      <MoveSection rdv={rdv} path={path} />
      <EarlierSlotSection slot={slot} path={path} zone={rdv.zone} />
      <section aria-labelledby="annuler" className="space-y-3 border-t border-line pt-5">
        <h2 id="annuler" className="text-lg">
          Vous ne pouvez pas venir ?
        </h2>
        {rdv.whyNotCancel ? (
          <p>
            {cancelRefusalWords[rdv.whyNotCancel]}{' '}
            {rdv.phone && (
              <>
                Téléphone : <PhoneLink number={rdv.phone} />
              </>
            )}
          </p>
        ) : (
          <form method="post" action={`${path}/annuler`} className="space-y-3">
            {rdv.cancelWarning && (
              <Notice tone="warn">
                <p className="whitespace-pre-line">{rdv.cancelWarning}</p>
              </Notice>
            )}
            <p className="text-ink-soft">
              Vous pouvez annuler en ligne jusqu’à {formatDuration(rdv.cancelNoticeMin)} avant le rendez-vous. L’horaire
              sera rendu à d’autres personnes.
            </p>
            <Button variant="danger" className="w-full sm:w-auto">
              Annuler ce rendez-vous
            </Button>
          </form>
        )}
      </section>
    </div>
  )
}
