import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { ImpersonationList } from '@/app/_parts/access/impersonation-list'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { TextAreaField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { faultSentence, memberRoleWords } from '@/app/_words/administration'
import { accountWords } from '@/app/_words/super'
import { IMPERSONATION_MIN, REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '@/server/access/rules/impersonation'
import { api } from '@/server/api'
import { SuperNotice } from '../../../_components/super-notice'

export const metadata: Metadata = { title: 'Agent' }

type Props = { params: Promise<{ agentId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireSuperAdmin()
  const agentId = Number((await params).agentId)
  const agent = await orNotFound((await api()).superAdmins.getAgent({ agentId }))
  const search = await searchParams
  const { fields, faults } = await keptOf('remplacer', search.erreurs !== undefined)
  return (
    <div className="max-w-3xl space-y-5">
      <BackLink href="/super/agents">Agents</BackLink>
      <Faults faults={faults} />
      <StepTitle intro={<span className="wrap-anywhere">{agent.email ?? 'Sans adresse e-mail'}</span>}>
        {agent.name}
      </StepTitle>
      <SuperNotice avis={one(search.avis)} />
      <p className="flex flex-wrap gap-2">
        <Tag tone={accountWords[agent.state].tone}>{accountWords[agent.state].label}</Tag>
        {agent.state !== 'without-account' && (
          <Tag tone={agent.hasSecondFactor ? 'ok' : 'info'}>
            {agent.hasSecondFactor ? 'Double authentification' : 'Mot de passe seul'}
          </Tag>
        )}
      </p>
      {(agent.hasSecondFactor || agent.factorRemovals.length > 0) && (
        <p>
          <a
            href={`/super/agents/${agentId}/double-authentification`}
            className="link inline-flex min-h-11 items-center"
          >
            Téléphone et codes perdus : sa double authentification
          </a>
        </p>
      )}
      {agent.places.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-card">
          {agent.places.map((place) => (
            <li
              key={`${place.territory}-${place.organisation}`}
              className="flex flex-wrap justify-between gap-x-4 px-4 py-3 sm:px-5"
            >
              <span>
                <span className="font-bold">{place.organisation}</span>
                <span className="block text-ink-soft">{place.territory}</span>
              </span>
              <span className="text-ink-soft">{memberRoleWords(place)}</span>
            </li>
          ))}
        </ul>
      )}
      <section aria-labelledby="remplacer">
        <Card className="space-y-4">
          <h2 id="remplacer" className="text-xl">
            Se connecter en tant que {agent.name}
          </h2>
          {agent.isSuperAdmin || agent.state !== 'active' ? (
            <p>
              {agent.isSuperAdmin
                ? 'Cette personne administre la plateforme : personne ne prend sa place.'
                : 'Ce compte n’est pas ouvert : il n’y a rien à voir à sa place.'}
            </p>
          ) : (
            <form method="post" action={`/super/agents/${agentId}/remplacer`} className="space-y-4">
              <ul className="list-disc space-y-1 pl-5">
                <li>Vous voyez ce que voit cette personne, en lecture seule, pendant {IMPERSONATION_MIN} minutes.</li>
                <li>Elle lira dans son profil qui vous êtes, quand vous êtes venu et pourquoi.</li>
                <li>
                  {agent.mayWrite
                    ? 'Ses territoires autorisent l’écriture : elle se décide ensuite, par un second geste.'
                    : 'Un de ses territoires n’autorise pas l’écriture : rien ne pourra être changé.'}
                </li>
              </ul>
              <TextAreaField
                name="reason"
                label="Pourquoi ?"
                hint={`La demande à laquelle vous répondez, sans nom d’usager. Au moins ${REASON_MIN_LENGTH} caractères.`}
                rows={3}
                maxLength={REASON_MAX_LENGTH}
                defaultValue={fields.reason ?? ''}
                error={faultSentence(faults.reason)}
              />
              <Button isFull className="sm:w-auto">
                Me connecter à sa place
              </Button>
            </form>
          )}
        </Card>
      </section>
      <section aria-labelledby="passages" className="space-y-3">
        <h2 id="passages" className="text-xl">
          Connexions à sa place
        </h2>
        {agent.impersonations.length === 0 ? (
          <Notice>
            <p>Personne ne s’est encore connecté à la place de cet agent.</p>
          </Notice>
        ) : (
          <ImpersonationList lines={agent.impersonations} zone="Europe/Paris" />
        )}
      </section>
      <p>
        <a href={`/super/evenements?agent=${agentId}`} className="link inline-flex min-h-11 items-center">
          Ses événements
        </a>
      </p>
    </div>
  )
}
