import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { dayOf, formatDay } from '@/app/_lib/dates'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { PostedNotice } from '@/app/_parts/booking/agent/posted-notice'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { filterNotices, periodFaultWords } from '@/app/_words/rdv-list'
import { api, ctxOf } from '@/server/api'
import { countFilters, listHref, readAsked } from './_components/asked'
import { ExportForm } from './_components/export-form'
import { COLUMN_WORDS, FilterForm } from './_components/filter-form'
import { RdvList } from './_components/rdv-list.client'
import { SavedFilters } from './_components/saved-filters'

export const metadata: Metadata = { title: 'Liste des RDV' }

/** RDVs one may read, whoever receives, narrowed by what the address says. Without a word in it, the filter kept for that. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { lists } = await api()
  const [{ now }, filters] = await Promise.all([ctxOf(), lists.listSavedFilters()])
  const usual = filters.find(({ isDefault }) => isDefault)
  if (usual && Object.keys(search).length === 0) redirect(listHref(usual.query))
  const asked = readAsked(search, dayOf(now, viewer.zone ?? 'Europe/Paris'))
  const [{ rdvs, openUsagerIds, beforeId, afterId }, choices, typed] = await Promise.all([
    lists.listRdvs(asked.list),
    lists.listChoices(),
    keptOf('filtre', search.erreurs !== undefined),
  ])
  const here = listHref(asked.given, placeOf(search))
  const notice = Object.entries(filterNotices).find(([key]) => key === search.filtre)?.[1]
  const { fromDay, toDay } = asked.list
  return (
    <>
      <StepTitle intro={`Du ${formatDay(fromDay, { withYear: true })} au ${formatDay(toDay, { withYear: true })}.`}>
        Liste des RDV
      </StepTitle>
      <ErrorSummary errors={asked.fault ? [{ name: 'du', message: periodFaultWords[asked.fault] }] : []} />
      {notice && (
        <Notice tone="ok" isLive>
          <p>{notice}</p>
        </Notice>
      )}
      <PostedNotice search={search} returnTo={here} />
      <FilterForm asked={asked} choices={choices} />
      <SavedFilters filters={filters} asked={asked} typed={typed} />
      {rdvs.length > 0 && <ExportForm asked={asked} />}
      {rdvs.length === 0 ? (
        <Notice title="Aucun RDV dans cette liste">
          <p>
            {countFilters(asked) > 0
              ? 'Aucun ne répond à tous ces filtres sur cette période.'
              : 'Aucun de ceux que vous pouvez lire ne tombe sur cette période.'}
          </p>
        </Notice>
      ) : (
        <RdvList
          key={here}
          rdvs={rdvs}
          openUsagerIds={openUsagerIds}
          nowMs={now.getTime()}
          columns={asked.columns.map((column) => ({ column, title: COLUMN_WORDS[column] }))}
          here={here}
        />
      )}
      <Pagination
        label="Pages de la liste"
        previous={
          beforeId === null ? null : { href: listHref(asked.given, { avant: String(beforeId) }), words: 'Précédents' }
        }
        next={afterId === null ? null : { href: listHref(asked.given, { apres: String(afterId) }), words: 'Suivants' }}
      />
    </>
  )
}

/** Where one is in the list. */
const placeOf = (search: Awaited<Search>): Record<string, string> =>
  Object.fromEntries(
    ['apres', 'avant'].flatMap((name) => {
      const value = one(search[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
