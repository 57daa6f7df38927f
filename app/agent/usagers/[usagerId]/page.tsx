import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dayOf } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Toasts } from '@/app/_parts/booking/agent/announcements.client'
import { BackLink } from '@/app/_parts/form/back-link'
import { ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Section } from '@/app/_ui/section'
import { Tag } from '@/app/_ui/tag'
import { nameWords } from '@/app/_words/agent'
import { birthWords, needsWords } from '@/app/_words/usager'
import { api, ctxOf } from '@/server/api'
import { hasNeeds } from '@/server/people/rules/needs'
import type { UsagerSheet } from '@/server/people/rules/usager-sheet'
import { FileNotice } from '../_components/file-notice'
import { Contacts } from './_components/contacts'
import { Family } from './_components/family'
import { FileHistory } from './_components/file-history'
import { Rdvs } from './_components/rdvs'

export const metadata: Metadata = { title: 'Fiche d’un usager' }

type Props = { params: Promise<{ usagerId: string }>; searchParams: Search }

/** Somebody as far as the agent may know them: beyond reach is not found, whatever the reason. */
export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const usagerId = idIn((await params).usagerId)
  if (usagerId === null) notFound()
  const search = await searchParams
  const pages = { comingAfterId: idIn(search.avenir), pastAfterId: idIn(search.passes) }
  const [{ people, booking }, { now }] = await Promise.all([api(), ctxOf()])
  const [sheet, rdvs, history] = await orNotFound(
    Promise.all([
      people.getUsager({ usagerId }),
      booking.listRdvsOfUsager({ usagerId, ...pages }),
      people.listUsagerHistory({ usagerId }),
    ]),
  )
  const today = dayOf(now, sheet.zone)
  return (
    <article className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/agent/usagers">Usagers</BackLink>
      <FileNotice avis={one(search.avis)} />
      <Heading sheet={sheet} today={today} />
      {hasNeeds(sheet) && (
        <Section title="À prévoir">
          <ul className="space-y-1.5">
            {needsWords(sheet).map((words) => (
              <li key={words} className="flex gap-2 font-semibold">
                <Icon name="info" className="mt-0.5 shrink-0 text-note" />
                <span className="min-w-0 break-words">{words}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Contacts sheet={sheet} />
      <Family sheet={sheet} today={today} />
      <Rdvs rdvs={rdvs} usagerId={usagerId} asked={pages} />
      {sheet.notes && (
        <Section title="Remarques">
          <p className="whitespace-pre-line">{sheet.notes}</p>
        </Section>
      )}
      {sheet.organisations.length > 0 && (
        <Section title="Suivi par">
          <ul className="space-y-1">
            {sheet.organisations.map(({ id, name }) => (
              <li key={id} className="font-semibold">
                {name}
              </li>
            ))}
          </ul>
          <p className="mt-2 text-ink-soft">Seules vos organisations sont dites ici.</p>
        </Section>
      )}
      <FileHistory lines={history} zone={sheet.zone} />
      <Toasts />
    </article>
  )
}

function Heading({ sheet, today }: { sheet: UsagerSheet; today: string }) {
  return (
    <header className="space-y-4">
      <div className="space-y-1.5">
        <h1 className="text-2xl tracking-tight break-words sm:text-3xl">{nameWords(sheet)}</h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <span>
            {sheet.bornOn
              ? `Date de naissance\u00a0: ${birthWords(sheet.bornOn, today)}`
              : 'Date de naissance inconnue'}
          </span>
          {sheet.birthName && <span>{`Nom de naissance\u00a0: ${sheet.birthName}`}</span>}
          {sheet.isMaybeDouble && <Tag tone="warn">Fiche peut-être en double</Tag>}
        </p>
      </div>
      <p className="no-print flex flex-col gap-3 sm:flex-row">
        <ButtonLink href={`/agent/rdvs/nouveau?usagers=${sheet.id}`}>
          <Icon name="plus" />
          Placer un RDV
        </ButtonLink>
        <ButtonLink href={`/agent/usagers/${sheet.id}/modifier`} variant="secondary">
          Modifier la fiche
        </ButtonLink>
      </p>
    </header>
  )
}
