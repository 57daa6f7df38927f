import type { Metadata } from 'next'
import { idIn, one, pageIn, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { OrganisationList } from '../../_components/organisation-list'
import { SearchForm } from '../../_components/search-form'

export const metadata: Metadata = { title: 'Organisations' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const asked = await searchParams
  const [search, territoryId, page] = [(one(asked.q) ?? '').slice(0, 100), idIn(asked.territoire), pageIn(asked.page)]
  const { territories } = await api()
  const [{ organisations, hasMore }, known] = await Promise.all([
    territories.searchOrganisations({ search, territoryId, page }),
    territories.list(),
  ])
  const hrefOf = (to: number) =>
    `/super/organisations?${new URLSearchParams({ q: search, territoire: String(territoryId ?? ''), page: String(to) }).toString()}`
  return (
    <>
      <StepTitle>Organisations</StepTitle>
      <SearchForm label="Nom" search={search} territoryId={territoryId} territories={known} />
      {organisations.length === 0 ? (
        <Notice>
          <p>Aucune organisation ne répond à cette recherche. Essayez une partie du nom, ou un autre territoire.</p>
        </Notice>
      ) : (
        <OrganisationList organisations={organisations} />
      )}
      <Pagination
        label="Pages des organisations"
        previous={page > 1 ? { href: hrefOf(page - 1), words: 'Précédentes' } : null}
        next={hasMore ? { href: hrefOf(page + 1), words: 'Suivantes' } : null}
      />
    </>
  )
}
