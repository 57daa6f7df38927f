import type { Metadata } from 'next'
import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Button, ButtonLink } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import type { FutureRdvs } from '@/server/booking/rules/agent-views'
import { FormNotice } from '@/app/_parts/form/form-parts'

export const metadata: Metadata = { title: 'Retirer un agent' }

type Props = { params: Promise<{ organisationId: string; agentId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = await params
  const ids = { organisationId: idIn(typed.organisationId) ?? 0, agentId: idIn(typed.agentId) ?? 0 }
  const { administration, booking, organisations } = await api()
  const [member, rdvs, organisation] = await orNotFound(
    Promise.all([administration.getMember(ids), booking.listFutureRdvsOf(ids), organisations.get(ids)]),
  )
  const path = `/configuration/organisations/${ids.organisationId}/agents/${ids.agentId}`
  const isInvited = member.state === 'invited'
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <StepTitle intro={`${member.name}, ${organisation.name}`}>
        {isInvited ? 'Annuler l’invitation' : 'Retirer de l’organisation'}
      </StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      <p>
        {isInvited
          ? 'Le lien de l’invitation ne s’ouvrira plus.'
          : 'Cette personne perd son rôle ici, ses plages d’ouverture dans cette organisation, les motifs d’ici sur ses autres plages, et les accès que sa place ouvrait. Son compte, ses absences et ses autres organisations restent.'}
      </p>
      <form method="post" action={`${path}/retirer/confirmer`} className="space-y-5">
        {rdvs.count > 0 && <Future rdvs={rdvs} zone={organisation.zone} />}
        <div className="flex flex-col gap-3 sm:flex-row">
          <Button variant="danger">{isInvited ? 'Annuler l’invitation' : 'Retirer cette personne'}</Button>
          <ButtonLink href={path} variant="quiet">
            Revenir sans rien changer
          </ButtonLink>
        </div>
      </form>
    </div>
  )
}

/** What stands in their agenda here: it stays theirs, and somebody must know. */
function Future({ rdvs: { count, first }, zone }: { rdvs: FutureRdvs; zone: string }) {
  return (
    <>
      <Notice
        tone="warn"
        title={
          count > 1 ? `${count}\u00a0RDV à venir dans cette organisation` : 'Un RDV à venir dans cette organisation'
        }
      >
        <p>Ils lui restent attribués. Reportez-les ou annulez-les d’abord si personne ne doit les tenir.</p>
        <ul>
          {first.map(({ startAt, rdvId }, index) => (
            <li key={index}>
              {rdvId === null ? (
                <time dateTime={isoOf(startAt)} className="inline-flex min-h-11 items-center">
                  {capitalise(formatDateTime(startAt, zone))}
                </time>
              ) : (
                <a href={`/agent/rdvs/${rdvId}`} className="link inline-flex min-h-11 items-center">
                  {capitalise(formatDateTime(startAt, zone))}
                </a>
              )}
            </li>
          ))}
        </ul>
        {count > first.length && <p>Et {count - first.length} autres.</p>}
      </Notice>
      <CheckField name="rdvs" value="oui" label="Je sais que ces RDV restent dans son agenda" />
    </>
  )
}
