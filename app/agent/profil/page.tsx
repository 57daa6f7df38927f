import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { formatDateTime } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer, type Viewer } from '@/app/_lib/viewer'
import { FactorRemovalList } from '@/app/_parts/access/factor-removal-list'
import { ImpersonationList } from '@/app/_parts/access/impersonation-list'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card, LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { levelWords, supportWords } from '@/app/_words/access'
import { api } from '@/server/api'
import { CalendarFeed } from './_components/calendar-feed'

export const metadata: Metadata = { title: 'Mon profil' }

const CHANGES = [
  { href: '/agent/profil/identite', words: 'Changer mon nom' },
  { href: '/agent/profil/adresse', words: 'Changer d’adresse e-mail' },
  { href: '/agent/profil/mot-de-passe', words: 'Changer de mot de passe' },
  { href: '/agent/profil/double-authentification', words: 'Double authentification' },
  { href: '/agent/profil/preferences', words: 'Mes préférences' },
]

const GROUPS = [
  {
    id: 'planning',
    title: 'Mon planning',
    cards: [
      { href: '/agent/rdvs', name: 'Liste des RDV', words: 'Chercher, filtrer, renseigner, garder ses filtres' },
      { href: '/agent/plages', name: 'Mes plages d’ouverture', words: 'Quand je reçois, où et pour quels motifs' },
      { href: '/agent/absences', name: 'Mes absences', words: 'Congés, formations, réunions' },
    ],
  },
  {
    id: 'partage',
    title: 'Agendas partagés',
    cards: [
      { href: '/agent/acces', name: 'Qui voit mon agenda', words: 'Et jusqu’où, service par service' },
      { href: '/agent/agendas', name: 'Agendas de mes collègues', words: 'Ceux qui me sont ouverts' },
    ],
  },
]

const PEOPLE = {
  id: 'usagers',
  title: 'Personnes reçues',
  cards: [
    { href: '/agent/usagers', name: 'Usagers', words: 'Chercher une personne, ouvrir sa fiche, en créer une' },
    { href: '/agent/attente', name: 'File d’attente', words: 'Qui attend un créneau, et ce qui leur est proposé' },
    { href: '/agent/a-prevenir', name: 'Personnes à prévenir', words: 'Celles qu’aucun message n’a pu joindre' },
  ],
}

const ADMINISTRATION = {
  id: 'administration',
  title: 'Administration',
  cards: [{ href: '/configuration', name: 'Configuration', words: 'Organisations, agents, droits, motifs et lieux' }],
}

const LINKS = [
  { href: '/aide', words: 'Aide et signalement' },
  { href: '/accessibilite', words: 'Accessibilité\u00a0: non conforme' },
  { href: '/mentions-legales', words: 'Mentions légales' },
  { href: '/donnees-personnelles', words: 'Données personnelles' },
]

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const { access, administration, impersonation, secondFactor } = await api()
  const [sessions, administered, impersonations, mayBeWritten, removals, invitations] = await Promise.all([
    access.mySessions(),
    administration.listAdministered(),
    impersonation.listMine(),
    impersonation.mayBeWritten(),
    secondFactor.listRemovals(),
    administration.listMyInvitations(),
  ])
  const zone = viewer.zone ?? 'Europe/Paris'
  return (
    <>
      <StepTitle>Mon profil</StepTitle>
      <FormNotice avis={one((await searchParams).avis)} />
      {invitations.length > 0 && (
        <Notice tone="info" title="On vous attend">
          <p>
            {invitations.map(({ organisation }) => organisation).join(', ')}{' '}
            {invitations.length > 1 ? 'vous invitent à les rejoindre.' : 'vous invite à la rejoindre.'}
          </p>
          <p>
            <a href="/agent/invitations" className="link inline-flex min-h-11 items-center">
              Accepter ou refuser
            </a>
          </p>
        </Notice>
      )}
      <Card>
        <dl className="space-y-3">
          <Fact name="Nom">
            {viewer.firstName} {viewer.lastName}
          </Fact>
          <Fact name="Adresse e-mail">{viewer.email}</Fact>
        </dl>
        <ul className="mt-3 flex flex-wrap gap-x-6">
          {CHANGES.map(({ href, words }) => (
            <li key={href}>
              <a href={href} className="link inline-flex min-h-11 items-center">
                {words}
              </a>
            </li>
          ))}
        </ul>
      </Card>
      <Places places={viewer.places} />
      {[PEOPLE, ...GROUPS, ...(administered.length > 0 ? [ADMINISTRATION] : [])].map(({ id, title, cards }) => (
        <section key={id} aria-labelledby={id} className="space-y-3">
          <h2 id={id} className="text-xl">
            {title}
          </h2>
          <ul className={`grid gap-2 ${cards.length > 1 ? 'sm:grid-cols-2' : ''}`}>
            {cards.map(({ href, name, words }) => (
              <li key={href}>
                <LinkCard href={href} title={name}>
                  {words}
                </LinkCard>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {!viewer.impersonation && <CalendarFeed zone={zone} />}
      <section className="space-y-3" aria-labelledby="sessions">
        <h2 id="sessions" className="text-xl">
          Mes connexions
        </h2>
        <ul className="space-y-2">
          {sessions.map((session) => (
            <li key={session.openedAt.toISOString()}>
              <Card className="flex flex-wrap items-center justify-between gap-2">
                <span>
                  Ouverte le {formatDateTime(session.openedAt, zone)}
                  <span className="block text-ink-soft">
                    Dernière activité le {formatDateTime(session.seenAt, zone)}
                  </span>
                </span>
                {session.isThisOne && <Tag tone="ok">Cet appareil</Tag>}
              </Card>
            </li>
          ))}
        </ul>
        {!viewer.impersonation && <SignOuts />}
      </section>
      <section className="space-y-3" aria-labelledby="support">
        <h2 id="support" className="text-xl">
          Le support à ma place
        </h2>
        <p className="text-ink-soft">
          Pour vous aider, le support peut voir ce que vous voyez.{' '}
          {supportWords(mayBeWritten, new Set(viewer.places.map(({ territory }) => territory)).size)}
        </p>
        {administered.some(({ isWhole }) => isWhole) && (
          <p>
            <a href="/configuration/support" className="link inline-flex min-h-11 items-center">
              Autoriser ou interdire l’écriture
            </a>
          </p>
        )}
        {impersonations.length > 0 ? (
          <ImpersonationList lines={impersonations} zone={zone} />
        ) : (
          <p>Il n’est encore jamais venu.</p>
        )}
      </section>
      {removals.length > 0 && (
        <section className="space-y-3" aria-labelledby="retraits">
          <h2 id="retraits" className="text-xl">
            Double authentification retirée par le support
          </h2>
          <FactorRemovalList lines={removals} zone={zone} />
        </section>
      )}
      <ul className="flex flex-wrap gap-x-6 border-t border-line pt-2">
        {LINKS.map(({ href, words }) => (
          <li key={href}>
            <a href={href} className="link inline-flex min-h-11 items-center">
              {words}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="font-bold">{children}</dd>
    </div>
  )
}

function Places({ places }: { places: Viewer['places'] }) {
  if (places.length === 0) return null
  return (
    <section className="space-y-3" aria-labelledby="organisations">
      <h2 id="organisations" className="text-xl">
        Mes organisations
      </h2>
      <ul className="divide-y divide-line rounded-card border border-line bg-card">
        {places.map((place) => (
          <li key={place.organisationId} className="flex flex-wrap justify-between gap-x-4 px-4 py-3 sm:px-5">
            <span>
              <span className="font-bold">{place.organisation}</span>
              <span className="block text-ink-soft">{place.territory}</span>
            </span>
            <span className="text-ink-soft">
              {levelWords[place.level]}
              {place.isSecretary && ', secrétariat'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function SignOuts() {
  return (
    <>
      <div className="flex flex-col gap-3 sm:flex-row">
        <SignOut scope="ici" variant="secondary">
          Me déconnecter
        </SignOut>
        <SignOut scope="partout" variant="danger">
          Me déconnecter partout
        </SignOut>
      </div>
      <p className="text-ink-soft">
        « Partout » ferme aussi vos connexions sur les autres appareils : utile après un vol ou un oubli.
      </p>
    </>
  )
}

function SignOut({
  scope,
  variant,
  children,
}: {
  scope: 'ici' | 'partout'
  variant: 'secondary' | 'danger'
  children: string
}) {
  return (
    <form method="post" action="/connexion/sortir">
      <input type="hidden" name="portee" value={scope} />
      <Button variant={variant} isFull>
        {children}
      </Button>
    </form>
  )
}
