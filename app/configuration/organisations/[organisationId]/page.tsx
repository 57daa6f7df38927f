import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { ButtonLink } from '@/app/_ui/button'
import { Card, LinkCard } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'

export const metadata: Metadata = { title: 'Organisation' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const organisationId = idIn((await params).organisationId) ?? 0
  const organisation = await orNotFound((await api()).organisations.get({ organisationId }))
  const path = `/configuration/organisations/${organisationId}`
  const facts = [
    ['Téléphone', organisation.phone],
    ['Adresse e-mail', organisation.email],
    ['Site internet', organisation.website],
    ['Horaires', organisation.hours],
  ] as const
  return (
    <div className="mx-auto max-w-4xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro={organisation.territory}>{organisation.name}</StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      <ul className="grid gap-2 md:grid-cols-3">
        <li>
          <LinkCard href={`${path}/agents`} title="Agents">
            Qui y travaille, dans quel rôle, invitations
          </LinkCard>
        </li>
        <li>
          <LinkCard href={`${path}/motifs`} title="Motifs">
            Pour quoi l’on prend RDV, qui peut réserver, export
          </LinkCard>
        </li>
        <li>
          <LinkCard href={`${path}/lieux`} title="Lieux">
            Où l’on reçoit, adresses et téléphones
          </LinkCard>
        </li>
      </ul>
      <section aria-labelledby="coordonnees" className="space-y-3">
        <h2 id="coordonnees" className="text-xl">
          Coordonnées
        </h2>
        <Card>
          <dl className="grid gap-3 sm:grid-cols-2">
            {facts.map(([name, value]) => (
              <div key={name} className="min-w-0">
                <dt className="text-ink-soft">{name}</dt>
                <dd className="font-bold break-words whitespace-pre-line">{value || 'Non renseigné'}</dd>
              </div>
            ))}
          </dl>
        </Card>
        {organisation.mayEdit && (
          <ButtonLink href={`${path}/modifier`} variant="secondary" className="w-full sm:w-auto">
            Modifier
          </ButtonLink>
        )}
      </section>
    </div>
  )
}
