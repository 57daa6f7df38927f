import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { capitalise, dayOf, formatDay, formatDuration, hoursWords } from '@/app/_lib/dates'
import { one, type Search, type SearchParams } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { MotifChoice } from '@/app/_parts/booking/agent/motif-choice'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { locationShortWords } from '@/app/_words/agent'
import { api, ctxOf, faultIn } from '@/server/api'
import { PAGE_DAYS, type AgentSearch } from '@/server/booking/rules/agent-slots'
import { addDays } from '@/server/scheduling/rules/civil'
import { STEP } from '../_components/step'
import { NextByLieu } from './_components/next-by-lieu'
import { SearchForm } from './_components/search-form'
import { parametersOf, PATH, readSearch, searchHref, type SlotSearch } from './_components/search-state'
import { SlotColumns } from './_components/slot-columns'

export const metadata: Metadata = { title: 'Trouver un RDV' }

/** The next free times of a motif, in the agendas one writes on: for whoever has somebody on the phone. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const given = await searchParams
  const search = readSearch(given)
  const { now } = await ctxOf()
  if (search.motif === null) return <MotifQuestion search={search} given={given} />
  const found = await read(search, search.motif, dayOf(now, viewer.zone ?? 'Europe/Paris'))
  const { motif, fromDay, days, nextByLieu } = found
  const hours = hoursWords(motif.zone, viewer.zone)
  const lastDay = addDays(fromDay, PAGE_DAYS - 1)
  const after = nextByLieu[0]?.at
  return (
    <div className="space-y-5">
      <header className="space-y-1">
        <h1 className="text-2xl tracking-tight sm:text-3xl">Trouver un RDV</h1>
        <p>
          <span className="font-bold">{motif.name}</span>
          {`, ${formatDuration(search.durationMin ?? motif.durationMin)} · ${locationShortWords[motif.locationType]} · ${motif.organisationName} `}
          {search.moving === null && (
            <a href={searchHref({ ...search, motif: null })} className="link inline-flex min-h-11 items-center">
              Changer de motif
            </a>
          )}
        </p>
      </header>
      {search.moving !== null && (
        <Notice title="Vous déplacez un RDV">
          <p>
            Choisissez son nouvel horaire, ou{' '}
            <a href={`/agent/rdvs/${search.moving}`} className="link">
              revenez au RDV
            </a>
            .
          </p>
        </Notice>
      )}
      <SearchForm search={search} found={found} />
      {search.together && !isNamed(search) && (
        <Notice tone="warn" isLive title="Choisissez les agents à réunir">
          <p>En attendant, voici les créneaux de chacun.</p>
        </Notice>
      )}
      {!found.isTeamWhole && (
        <Notice tone="warn" isLive title="Ces agents ne peuvent pas être réunis">
          <p>L’agenda de l’un d’eux ne vous est pas ouvert, ou ne l’est plus. Choisissez quelqu’un d’autre.</p>
        </Notice>
      )}
      {nextByLieu.length > 1 && <NextByLieu search={search} found={found} />}
      <section aria-labelledby="creneaux" className="space-y-4">
        <div className="flex items-center gap-3">
          <h2 id="creneaux" className="min-w-0 flex-1 text-xl">
            {capitalise(formatDay(fromDay))} au {formatDay(lastDay)}
            {hours && <span className="block text-base font-normal text-ink-soft">{capitalise(hours)}</span>}
          </h2>
          <nav aria-label="Changer de semaine" className="flex shrink-0 gap-2">
            {fromDay > found.today && (
              <WeekStep
                href={searchHref(search, { fromDay: later(addDays(fromDay, -PAGE_DAYS), found.today) })}
                words="Sept jours avant"
                icon="back"
              />
            )}
            <WeekStep
              href={searchHref(search, { fromDay: addDays(fromDay, PAGE_DAYS) })}
              words="Sept jours après"
              icon="next"
            />
          </nav>
        </div>
        {days.length > 0 ? (
          <SlotColumns search={search} found={found} />
        ) : (
          <Notice title="Aucun créneau sur ces sept jours">
            {after ? (
              <a
                href={searchHref(search, { fromDay: dayOf(after, motif.zone) })}
                className="link inline-flex min-h-11 items-center font-semibold"
              >
                Prochaine disponibilité{'\u00a0'}: {formatDay(dayOf(after, motif.zone), { withYear: true })}
              </a>
            ) : (
              <p>
                Rien d’ici six mois avec ces choix{'\u00a0'}: élargissez les agents ou les lieux, ou placez le RDV hors
                des plages d’ouverture.
              </p>
            )}
          </Notice>
        )}
      </section>
      <p>
        <Link href={freeHref(search, motif.id)} prefetch={false} className="link inline-flex min-h-11 items-center">
          {search.moving === null ? 'Placer à une heure de mon choix' : 'Déplacer à une heure de mon choix'}
        </Link>
      </p>
    </div>
  )
}

const freeHref = ({ moving }: SlotSearch, motifId: number): string =>
  moving === null
    ? `/agent/rdvs/nouveau?${new URLSearchParams({ motif: String(motifId) }).toString()}`
    : `/agent/rdvs/${moving}/deplacer`

const later = (a: string, b: string): string => (a > b ? a : b)

function WeekStep({ href, words, icon }: { href: string; words: string; icon: 'back' | 'next' }) {
  return (
    <Link href={href} prefetch={false} className={STEP}>
      <Icon name={icon} />
      <span className="sr-only">{words}</span>
    </Link>
  )
}

async function MotifQuestion({ search, given }: { search: SlotSearch; given: SearchParams }) {
  const motifs = await (await api()).booking.listPlaceableMotifs({})
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <h1 className="text-2xl tracking-tight sm:text-3xl">Trouver un RDV</h1>
      <MotifChoice
        motifs={motifs}
        filter={one(given.recherche) ?? ''}
        // Agents, groups and lieux are those of an organisation: another motif begins afresh.
        hrefOf={(motif) =>
          searchHref({ ...search, motif, agents: 'any', groups: [], lieux: 'any', durationMin: null, together: false })
        }
        path={PATH}
        kept={parametersOf({ ...search, motif: null })}
      />
    </div>
  )
}

const isNamed = ({ agents, groups }: SlotSearch): boolean => agents !== 'any' || groups.length > 0

/** Beyond reach is not found, whatever the reason. */
async function read(search: SlotSearch, motifId: number, today: string): Promise<AgentSearch> {
  const { booking } = await api()
  try {
    return await booking.searchAgentSlots({
      motifId,
      agents: search.agents === 'any' ? 'any' : [...search.agents],
      groupIds: [...search.groups],
      lieux: search.lieux === 'any' ? 'any' : [...search.lieux],
      fromDay: search.fromDay ?? today,
      together: search.together && isNamed(search),
      ...(search.durationMin !== null && { durationMin: search.durationMin }),
      rowCount: search.rowCount,
    })
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
