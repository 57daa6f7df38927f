import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDateTime } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { roleChoiceWords } from '@/app/_words/administration'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Mes invitations' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const invitations = await (await api()).administration.listMyInvitations()
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Une organisation d’un autre territoire vous invite à la rejoindre. Tant que vous n’acceptez pas, elle ne voit rien de votre agenda.">
        Mes invitations
      </StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      {invitations.length === 0 ? (
        <Notice title="Aucune invitation en attente">
          <p>Si vous en attendiez une, demandez à l’organisation de la renvoyer.</p>
        </Notice>
      ) : (
        <ul className="space-y-3">
          {invitations.map(({ organisationId, organisation, territory, role, expiresAt }) => (
            <li key={organisationId}>
              <Card className="space-y-4">
                <h2 className="text-xl">{`${organisation} vous invite à la rejoindre`}</h2>
                <p>
                  {[territory, `rôle\u00a0: ${roleChoiceWords[role].label.toLowerCase()}`].join(' · ')}
                  <span className="block">
                    Valable jusqu’au {formatDateTime(expiresAt, viewer.zone ?? 'Europe/Paris')}
                  </span>
                </p>
                <p>
                  Si vous acceptez, vos collègues de cette organisation verront quand vous êtes pris, et ce que vous y
                  faites. Votre compte reste le même.
                </p>
                <form method="post" action="/agent/invitations/repondre" className="flex flex-col gap-3 sm:flex-row">
                  <input type="hidden" name="organisationId" value={organisationId} />
                  <Button name="reponse" value="accepter" aria-label={`Accepter\u00a0: ${organisation}`}>
                    Accepter
                  </Button>
                  <Button
                    name="reponse"
                    value="refuser"
                    variant="secondary"
                    aria-label={`Refuser\u00a0: ${organisation}`}
                  >
                    Refuser
                  </Button>
                </form>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link href="/agent/acces" className="link inline-flex min-h-11 items-center">
          Qui voit mon agenda
        </Link>
      </p>
    </div>
  )
}
