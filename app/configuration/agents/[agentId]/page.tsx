import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantCard } from '@/app/_parts/access/grant-card'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button, ButtonLink } from '@/app/_ui/button'
import { CheckGroup } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { grantNotices } from '@/app/_words/access'
import type { GrantLine } from '@/server/access/rules/grants'
import { api } from '@/server/api'
import { accessesHref, accessesOf, type AgentParams } from '../../_components/accesses'

export const metadata: Metadata = { title: 'Accès d’un agent' }

export default async function Page({ params, searchParams }: { params: AgentParams; searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const accesses = await accessesOf(params, search)
  const { agentId, name, territory, places, isWhole, isTerritoryAdmin, on, given } = accesses
  const { rights } = await api()
  const copyId = await rights.findUndoableCopy({ agentId })
  const returnTo = { agentId, territoryId: territory.territoryId }
  const known = Object.entries(grantNotices).find(([key]) => key === search.avis)?.[1]
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <BackLink href={isWhole ? `/configuration/agents?territoire=${territory.territoryId}` : '/configuration'}>
        {isWhole ? 'Agents' : 'Configuration'}
      </BackLink>
      <StepTitle intro={[territory.name, ...places.map((place) => place.name)].join(' · ')}>{name}</StepTitle>
      {known ? (
        <Notice tone={known.tone} isLive>
          <p>{known.text}</p>
        </Notice>
      ) : (
        <FormNotice avis={one(search.avis)} />
      )}
      {copyId !== null && <Undo agentId={agentId} territoryId={territory.territoryId} eventId={copyId} />}
      <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        <ButtonLink href={accessesHref(accesses, '/donner')}>Donner un accès</ButtonLink>
        {accesses.isAdministered && (
          <ButtonLink href={accessesHref(accesses, '/copier')} variant="secondary">
            Copier les accès d’un autre agent
          </ButtonLink>
        )}
        <ButtonLink href={accessesHref(accesses, '/historique')} variant="quiet">
          Historique
        </ButtonLink>
      </div>
      <Grants
        id="voit"
        title="Ce que cette personne voit"
        empty="Rien ne lui est donné en propre."
        grants={given.filter(({ grantee }) => !isOfPlace(grantee.kind))}
        byPlace={given.filter(({ grantee }) => isOfPlace(grantee.kind))}
        returnTo={returnTo}
      />
      <Grants id="vu" title="Qui voit son agenda" empty="Personne d’autre." grants={on} returnTo={returnTo} />
      {isWhole && <Services agentId={agentId} territoryId={territory.territoryId} ticked={accesses.serviceIds} />}
      {isWhole && (
        <section aria-labelledby="territoire" className="space-y-3">
          <h2 id="territoire" className="text-xl">
            Territoire
          </h2>
          <p>
            {isTerritoryAdmin
              ? 'Administre le territoire : ses organisations, ses services, ses agents et leurs droits.'
              : 'N’administre pas le territoire.'}
          </p>
          <form method="post" action={`/configuration/agents/${agentId}/territoire`}>
            <input type="hidden" name="territoryId" value={territory.territoryId} />
            <input type="hidden" name="isAdmin" value={isTerritoryAdmin ? 'non' : 'oui'} />
            <Button variant={isTerritoryAdmin ? 'danger' : 'secondary'}>
              {isTerritoryAdmin ? 'Retirer l’administration du territoire' : 'Nommer administrateur du territoire'}
            </Button>
          </form>
        </section>
      )}
    </div>
  )
}

type GrantsProps = {
  id: string
  title: string
  empty: string
  grants: readonly GrantLine[]
  /** Told apart: many, and the same for all who have that place. */
  byPlace?: readonly GrantLine[]
  returnTo: { agentId: number; territoryId: number }
}

/** Given to whoever works there, not to somebody. */
const isOfPlace = (kind: GrantLine['grantee']['kind']) => kind !== 'agent' && kind !== 'group'

function Grants({ id, title, empty, grants, byPlace = [], returnTo }: GrantsProps) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      {grants.length === 0 ? <p className="text-ink-soft">{empty}</p> : <Cards grants={grants} returnTo={returnTo} />}
      {byPlace.length > 0 && (
        <details className="space-y-3">
          <summary className="link min-h-11 cursor-pointer py-2.5 font-semibold">
            Par sa place dans une organisation ({byPlace.length})
          </summary>
          <Cards grants={byPlace} returnTo={returnTo} />
        </details>
      )}
    </section>
  )
}

function Cards({ grants, returnTo }: Pick<GrantsProps, 'grants' | 'returnTo'>) {
  return (
    <ul className="space-y-3">
      {grants.map((grant) => (
        <li key={grant.grantId}>
          <GrantCard grant={grant} settled="Ne dépend pas de vous" returnTo={returnTo} />
        </li>
      ))}
    </ul>
  )
}

/** What was copied a moment ago, put back by one click. */
function Undo({ agentId, territoryId, eventId }: { agentId: number; territoryId: number; eventId: number }) {
  return (
    <Notice title="Vous venez de copier des accès à cette personne">
      <form method="post" action={`/configuration/agents/${agentId}/copier/annuler`}>
        <input type="hidden" name="territoire" value={territoryId} />
        <input type="hidden" name="eventId" value={eventId} />
        <Button variant="secondary">Annuler la copie</Button>
      </form>
    </Notice>
  )
}

type ServicesProps = { agentId: number; territoryId: number; ticked: readonly number[] }

async function Services({ agentId, territoryId, ticked }: ServicesProps) {
  const services = await (await api()).organisations.listServices({ territoryId })
  return (
    <section aria-labelledby="services" className="space-y-3">
      <h2 id="services" className="text-xl">
        Services
      </h2>
      <form method="post" action={`/configuration/agents/${agentId}/services`} className="space-y-3">
        <input type="hidden" name="territoryId" value={territoryId} />
        <CheckGroup
          name="serviceIds"
          prefix="service"
          label="Services de cette personne"
          hint="Au moins un. Ils valent partout où elle travaille."
          choices={services
            .filter(({ isOffered, serviceId }) => isOffered || ticked.includes(serviceId))
            .map(({ serviceId, name }) => ({ value: String(serviceId), label: name }))}
          ticked={ticked.map(String)}
        />
        <Button variant="secondary">Changer les services</Button>
      </form>
    </section>
  )
}
