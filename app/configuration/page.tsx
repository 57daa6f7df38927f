import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { agentCountWords } from '@/app/_words/administration'
import { api } from '@/server/api'
import { FormNotice } from '@/app/_parts/form/form-parts'

export const metadata: Metadata = { title: 'Configuration' }

const historyHref = ({ territoryId }: { territoryId: number }) => `/configuration/historique?territoire=${territoryId}`

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const territories = await (await api()).administration.listAdministered()
  if (territories.length === 0) notFound()
  return (
    <div className="mx-auto max-w-4xl space-y-6">
      <StepTitle intro="Ce que vous administrez. Chaque changement vaut aussitôt, et reste dans l’historique.">
        Configuration
      </StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      {territories.map((territory) => (
        <section
          key={territory.territoryId}
          aria-labelledby={`territoire-${territory.territoryId}`}
          className="space-y-4"
        >
          <h2 id={`territoire-${territory.territoryId}`} className="text-xl">
            {territory.name}
          </h2>
          {territory.isWhole && (
            <ul className="grid gap-2 sm:grid-cols-2">
              <li>
                <LinkCard href={`/configuration/agents?territoire=${territory.territoryId}`} title="Agents">
                  {agentCountWords(territory.agentCount)} sur le territoire
                </LinkCard>
              </li>
              <li>
                <LinkCard href={`/configuration/services?territoire=${territory.territoryId}`} title="Services">
                  {territory.serviceCount} proposés
                </LinkCard>
              </li>
              <li>
                <LinkCard href={`/configuration/equipes?territoire=${territory.territoryId}`} title="Équipes">
                  Des agents à qui donner des accès ensemble
                </LinkCard>
              </li>
              <li>
                <LinkCard href={historyHref(territory)} title="Historique des droits">
                  Qui a changé quoi, et quand
                </LinkCard>
              </li>
              <li>
                <LinkCard
                  href={`/configuration/messages?territoire=${territory.territoryId}`}
                  title="Messages et rappels"
                >
                  Quand ils partent, quand un RDV est rappelé
                </LinkCard>
              </li>
              <li>
                <LinkCard
                  href={`/configuration/file-d-attente?territoire=${territory.territoryId}`}
                  title="File d’attente"
                >
                  Combien de temps un créneau libéré est gardé
                </LinkCard>
              </li>
              <li>
                <LinkCard
                  href={`/configuration/visioconference?territoire=${territory.territoryId}`}
                  title="Visioconférence"
                >
                  {territory.videoBaseUrl ?? 'Aucun RDV par visioconférence'}
                </LinkCard>
              </li>
              <li>
                <LinkCard href={`/configuration/support?territoire=${territory.territoryId}`} title="Support">
                  {territory.allowsImpersonatedWrites ? 'Peut écrire à la place d’un agent' : 'Regarde, ne change rien'}
                </LinkCard>
              </li>
            </ul>
          )}
          <h3 className="text-lg">Organisations</h3>
          <ul className={`grid gap-2 ${territory.organisations.length > 1 ? 'sm:grid-cols-2' : ''}`}>
            {territory.organisations.map(({ organisationId, name, agentCount }) => (
              <li key={organisationId}>
                <LinkCard href={`/configuration/organisations/${organisationId}`} title={name}>
                  {agentCountWords(agentCount)}
                </LinkCard>
              </li>
            ))}
          </ul>
          {!territory.isWhole && (
            <p>
              <a href={historyHref(territory)} className="link inline-flex min-h-11 items-center">
                Historique des droits
              </a>
            </p>
          )}
          {territory.isWhole && (
            <ButtonLink
              href={`/configuration/organisations/nouvelle?territoire=${territory.territoryId}`}
              variant="secondary"
              className="w-full sm:w-auto"
            >
              Créer une organisation
            </ButtonLink>
          )}
        </section>
      ))}
    </div>
  )
}
