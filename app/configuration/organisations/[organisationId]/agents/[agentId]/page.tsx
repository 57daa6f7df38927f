import type { Metadata } from 'next'
import { formatDateTime } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Card, LinkCard } from '@/app/_ui/card'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { memberRoleWords, roleChoiceOf } from '@/app/_words/administration'
import { api, ctxOf } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { RoleField } from '../_components/role-field'

export const metadata: Metadata = { title: 'Agent de l’organisation' }

type Props = { params: Promise<{ organisationId: string; agentId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const { organisationId: typedOrganisation, agentId: typedAgent } = await params
  const [organisationId, agentId] = [idIn(typedOrganisation) ?? 0, idIn(typedAgent) ?? 0]
  const member = await orNotFound((await api()).administration.getMember({ organisationId, agentId }))
  const path = `/configuration/organisations/${organisationId}/agents`
  const role = roleChoiceOf(member)
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href={path}>{`Agents\u00a0: ${member.organisation}`}</BackLink>
      <StepTitle intro={[memberRoleWords(member), ...member.services].join(' · ')}>{member.name}</StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      <Card>
        <dl>
          <dt className="text-ink-soft">Adresse e-mail</dt>
          <dd className="font-bold break-words">{member.email ?? 'Aucune'}</dd>
        </dl>
      </Card>
      <LinkCard href={`/configuration/agents/${agentId}?territoire=${member.territoryId}`} title="Accès aux agendas">
        Ce que cette personne voit, qui voit son agenda, historique
      </LinkCard>
      {member.state === 'invited' && <Invitation member={member} path={`${path}/${agentId}`} zone={viewer.zone} />}
      {member.level !== 'intervenant' && (
        <form method="post" action={`${path}/${agentId}/role`} className="space-y-3">
          <input type="hidden" name="from" value={role} />
          <RoleField value={role} />
          <Button variant="secondary">Changer le rôle</Button>
        </form>
      )}
      <p>
        <ButtonLink href={`${path}/${agentId}/retirer`} variant="danger" className="w-full sm:w-auto">
          {member.state === 'invited' ? 'Annuler l’invitation' : 'Retirer de l’organisation'}
        </ButtonLink>
      </p>
    </div>
  )
}

type Sheet = Awaited<ReturnType<Awaited<ReturnType<typeof api>>['administration']['getMember']>>

/** Not answered yet: until when, the link itself when its mail is lost, and another one. */
async function Invitation({
  member: { invitation },
  path,
  zone,
}: {
  member: Sheet
  path: string
  zone: string | null
}) {
  const { now } = await ctxOf()
  const isOver = invitation === null || invitation.expiresAt <= now
  return (
    <section aria-labelledby="invitation" className="space-y-3">
      <h2 id="invitation" className="text-xl">
        Invitation
      </h2>
      <Card className="space-y-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Tag tone={isOver ? 'bad' : 'warn'}>{isOver ? 'Expirée' : 'En attente'}</Tag>
          {!isOver && <span>Valable jusqu’au {formatDateTime(invitation.expiresAt, zone ?? 'Europe/Paris')}</span>}
        </p>
        {invitation?.url && (
          <Field
            name="lien"
            label="Lien de l’invitation"
            hint="Si l’e-mail s’est perdu, copiez ce lien et transmettez-le à cette personne seule : il ouvre son compte."
            value={invitation.url}
            readOnly
          />
        )}
        <form method="post" action={`${path}/relancer`}>
          <Button variant="secondary">Renvoyer l’invitation</Button>
        </form>
      </Card>
    </section>
  )
}
