import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { pageIn, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { BackLink } from '@/app/_parts/form/back-link'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { countWords } from '@/app/_words/super'
import { api } from '@/server/api'
import { AgentList } from '../../../_components/agent-list'

export const metadata: Metadata = { title: 'Organisation' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireSuperAdmin()
  const organisationId = Number((await params).organisationId)
  const page = pageIn((await searchParams).page)
  const { territories, superAdmins } = await api()
  const organisation = await orNotFound(territories.getOrganisation({ organisationId }))
  const { agents, hasMore } = await superAdmins.searchAgents({ search: '', territoryId: null, organisationId, page })
  const facts = [
    { name: 'Services', words: organisation.services.join(', ') || 'Aucun motif encore' },
    {
      name: 'Catalogue',
      words: `${countWords(organisation.motifCount, 'motif')}, ${lieuWords(organisation.lieuCount)}`,
    },
    { name: 'Téléphone', words: organisation.phone ?? 'Non renseigné' },
    { name: 'Adresse e-mail', words: organisation.email ?? 'Non renseignée' },
    { name: 'Site', words: organisation.website ?? 'Non renseigné' },
  ]
  const hrefOf = (to: number) => `/super/organisations/${organisationId}?page=${to}`
  return (
    <div className="max-w-3xl space-y-5">
      <BackLink href="/super/organisations">Organisations</BackLink>
      <StepTitle
        intro={
          <a href={`/super/territoires/${organisation.territoryId}`} className="link">
            {organisation.territory}
          </a>
        }
      >
        {organisation.name}
      </StepTitle>
      <dl className="grid gap-px overflow-hidden rounded-card border border-line bg-line">
        {facts.map(({ name, words }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 bg-card px-4 py-3 sm:px-5">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="font-bold wrap-anywhere">{words}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="agents" className="space-y-3">
        <h2 id="agents" className="text-xl">
          {countWords(organisation.agentCount, 'agent')}
        </h2>
        {agents.length === 0 ? (
          <Notice>
            <p>{page > 1 ? 'La liste s’arrête avant cette page.' : 'Personne ne travaille encore ici.'}</p>
          </Notice>
        ) : (
          <AgentList agents={agents} />
        )}
        <Pagination
          label="Pages des agents"
          previous={page > 1 ? { href: hrefOf(page - 1), words: 'Précédents' } : null}
          next={hasMore ? { href: hrefOf(page + 1), words: 'Suivants' } : null}
        />
      </section>
    </div>
  )
}

/** « lieu » has a plural of its own. */
const lieuWords = (count: number) => (count > 1 ? `${count}\u00a0lieux` : `${count}\u00a0lieu`)
