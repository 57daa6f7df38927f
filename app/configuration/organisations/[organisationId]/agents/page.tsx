import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, pageIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { memberRoleWords } from '@/app/_words/administration'
import { api, ctxOf } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { OfferedPlacesList } from './_components/offered-places'
import { PeoplePages, PeopleSearch } from '../../../_components/people-search'

export const metadata: Metadata = { title: 'Agents de l’organisation' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const organisationId = idIn((await params).organisationId) ?? 0
  const query = await searchParams
  const [search, page] = [(one(query.q) ?? '').slice(0, 100), pageIn(query.page)]
  const { organisations, administration } = await api()
  const [organisation, { members, hasMore }, offered] = await orNotFound(
    Promise.all([
      organisations.get({ organisationId }),
      administration.listMembers({ organisationId, search, page }),
      administration.listInvitations({ organisationId }),
    ]),
  )
  const { now } = await ctxOf()
  const path = `/configuration/organisations/${organisationId}`
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href={path}>{organisation.name}</BackLink>
      <StepTitle>Agents</StepTitle>
      <FormNotice avis={one(query.avis)} />
      <ButtonLink href={`${path}/agents/inviter`} className="w-full sm:w-auto">
        Inviter un agent
      </ButtonLink>
      <OfferedPlacesList offered={offered} path={`${path}/agents`} zone={organisation.zone} now={now} />
      <PeopleSearch action={`${path}/agents`} search={search} />
      {members.length === 0 ? (
        <Notice title="Personne ne correspond">
          <p>Vérifiez l’orthographe, ou invitez cette personne.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {members.map((member) => (
            <li key={member.agentId}>
              <LinkCard
                href={`${path}/agents/${member.agentId}`}
                title={member.name}
                aside={member.state === 'invited' && <Tag tone="warn">Invitation en attente</Tag>}
              >
                <span className="block">{[memberRoleWords(member), ...member.services].join(' · ')}</span>
              </LinkCard>
            </li>
          ))}
        </ul>
      )}
      <PeoplePages path={`${path}/agents`} query={search === '' ? {} : { q: search }} page={page} hasMore={hasMore} />
    </div>
  )
}
