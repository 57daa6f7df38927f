import { redirect } from 'next/navigation'
import { formatDurations } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { communeOf, DeadEnd } from '@/app/_parts/booking/dead-end'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { paramsBefore, tunnelFrom, stepHref, type Tunnel } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { PhoneLink } from '@/app/_ui/phone-link'
import { countWords, locationWords } from '@/app/_words/booking'
import type { MotifChoice } from '@/server/booking/rules/tunnel'
import { fold } from '@/server/kernel/text'
import { api } from '@/server/api'
import { MotifSearch } from '../_components/motif-search'
import { hasInstructions } from '@/server/directory/rules/motif'

/** Fewer than this are read faster than searched. */
const SEARCH_FROM = 6

const nextHref = (tunnel: Tunnel, motif: MotifChoice, isOnly = false) =>
  stepHref(hasInstructions(motif) ? 'consignes' : 'lieu', tunnel, {
    service: String(motif.serviceId),
    motif: motif.key,
    ...(isOnly && { seul: ['motif'] }),
  })

export const GET = publicPage('Pour quel motif ?', async ({ search }) => {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const answer = await orNull(caller.booking.listMotifs(paramsBefore('motif', tunnel.params)))
  if (!answer) return <DeadEnd commune={await communeOf(caller, tunnel)} territory={null} />
  const { recap, motifs } = answer
  const [only] = motifs
  if (!only) return <DeadEnd commune={recap.commune} territory={recap.territory} />
  if (motifs.length === 1 && !tunnel.notice) redirect(nextHref(tunnel, only, true))

  const words = fold(tunnel.typed).split(' ')
  const shown = motifs.filter((motif) =>
    words.every((word) => fold(`${motif.name} ${motif.serviceName}`).includes(word)),
  )
  const hasService = recap.service !== null
  return (
    <StepPage
      step={3}
      question={'Pour quel motif\u202f?'}
      backHref={tunnel.skipped.includes('service') ? '/prendre-rdv' : stepHref('service', tunnel)}
      where={recap.territory.name}
      recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
      notice={tunnel.notice}
    >
      {motifs.length >= SEARCH_FROM && <MotifSearch tunnel={tunnel} shownCount={shown.length} />}
      {shown.length === 0 && (
        <Notice title={`Aucun motif ne contient « ${tunnel.typed} »`}>
          <p>Essayez un autre mot, ou parcourez tous les motifs.</p>
          <ButtonLink href={stepHref('motif', tunnel)} variant="secondary">
            Voir les {motifs.length} motifs
          </ButtonLink>
        </Notice>
      )}
      {groupsOf(shown, hasService).map((group) => (
        <section key={group.name} {...(!hasService && { 'aria-label': group.name })} className="space-y-3">
          {!hasService && (
            <h2 className="flex items-baseline gap-2 border-b-2 border-ink pt-2 pb-1.5 text-lg">
              {group.name}
              <span className="ml-auto font-normal text-ink-soft">{countWords(group.motifs.length, 'motif')}</span>
            </h2>
          )}
          <ul className="grid gap-2">
            {group.motifs.map((motif) => (
              <li key={`${motif.serviceId} ${motif.key}`}>
                <LinkCard href={nextHref(tunnel, motif)} title={motif.name}>
                  {[
                    motif.isCollective ? 'Atelier collectif' : locationWords[motif.locationType],
                    formatDurations(motif.durationMin, motif.longestDurationMin),
                  ].join(' · ')}
                </LinkCard>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {recap.territory.phone && (
        <p className="text-ink-soft">
          Vous ne trouvez pas votre motif ? Appelez le <PhoneLink number={recap.territory.phone} />.
        </p>
      )}
    </StepPage>
  )
})

const byName = new Intl.Collator('fr')

/** One group when a service is chosen, one per service otherwise; names in order. */
function groupsOf(motifs: readonly MotifChoice[], hasService: boolean): { name: string; motifs: MotifChoice[] }[] {
  const groups = new Map<string, MotifChoice[]>()
  for (const motif of motifs.toSorted((a, b) => byName.compare(a.name, b.name))) {
    const name = hasService ? '' : motif.serviceName
    groups.set(name, [...(groups.get(name) ?? []), motif])
  }
  return [...groups].map(([name, list]) => ({ name, motifs: list })).sort((a, b) => byName.compare(a.name, b.name))
}
