import { redirect } from 'next/navigation'
import { formatDay } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { currentDraftId } from '@/app/_parts/booking/draft'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { missingBefore, tunnelFrom, stepHref, tunnelOfRecap } from '@/app/_parts/booking/tunnel'
import { tunnelRows } from '@/app/_parts/booking/tunnel-recap'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { formatPhone } from '@/app/_ui/phone-link'
import { Recap, type RecapRow } from '@/app/_ui/recap'
import { StepTitle } from '@/app/_ui/step-title'
import { tunnelNoticeWords } from '@/app/_words/booking'
import { startParameter, type DraftAnswers } from '@/server/booking/schema'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Vérifier et confirmer', isPersonal: true }, async ({ search }) => {
  const { notice } = tunnelFrom(search)
  const caller = await api()
  const draftId = await currentDraftId()
  const draft = draftId && (await orNull(caller.booking.getDraft({ draftId })))
  if (!draft) return <Expired />
  if (draft.isBooked) redirect('/rdv/confirme')
  const { recap, answers, errors } = draft
  const tunnel = tunnelOfRecap(recap)
  const elsewhere = missingBefore('coordonnees', tunnel, recap)
  if (elsewhere) redirect(`${elsewhere}&avis=choix-ferme`)
  const coordinatesHref = stepHref('coordonnees', tunnel)
  if (Object.keys(errors).length > 0) redirect(`${coordinatesHref}&erreurs=1`)

  return (
    <StepPage
      step={7}
      question={'Tout est juste\u202f?'}
      intro="Vérifiez, puis confirmez : le rendez-vous sera aussitôt réservé."
      backHref={coordinatesHref}
      where={recap.territory.name}
      notice={notice}
    >
      <Recap title="Le rendez-vous" rows={tunnelRows(recap, tunnel)} />
      <Recap title="Vos coordonnées" rows={peopleRows(answers, coordinatesHref)} />
      <form
        method="post"
        action="/prendre-rdv/verifier/envoyer"
        className="sticky bottom-0 -mx-4 border-t border-line bg-card px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:bg-transparent sm:p-0"
      >
        {recap.startAt && <input type="hidden" name="creneau" value={startParameter(recap.startAt)} />}
        <Button className="w-full sm:w-auto sm:px-8">Confirmer le rendez-vous</Button>
      </form>
    </StepPage>
  )
})

function peopleRows(answers: DraftAnswers, href: string): RecapRow[] {
  const isForRelative = answers.forRelative === 'oui'
  const relative = [answers.relativeFirstName, answers.relativeLastName].join(' ')
  const bornOn = isForRelative ? answers.relativeBornOn : answers.bornOn
  const facts: [string, string | undefined][] = [
    ['Pour', isForRelative ? relative : undefined],
    [isForRelative ? 'Votre nom' : 'Nom', [answers.firstName, answers.lastName].join(' ')],
    ['Né(e) le', bornOn && formatDay(bornOn, { withYear: true }).replace(/^\S+ /, '')],
    ['Téléphone', answers.phone && formatPhone(answers.phone)],
    ['E-mail', answers.email],
    ['Adresse', answers.address],
  ]
  return facts.flatMap(([label, value]) =>
    value ? [{ label, value, action: { href, words: 'Modifier', about: label.toLowerCase() } }] : [],
  )
}

function Expired() {
  return (
    <PageShell>
      <StepTitle>Il faut reprendre votre demande</StepTitle>
      <Notice tone="warn">
        <p>{tunnelNoticeWords['brouillon-expire']}</p>
      </Notice>
      <ButtonLink href="/prendre-rdv">Reprendre</ButtonLink>
    </PageShell>
  )
}
