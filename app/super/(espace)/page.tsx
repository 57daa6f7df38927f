import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { LinkCard } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { countWords } from '@/app/_words/super'
import { api, healthOf } from '@/server/api'
import { SuperNotice } from '../_components/super-notice'

export const metadata: Metadata = { title: 'État de la plateforme' }

/** « 12 s », « 4 min ». */
const ageWords = (seconds: number) => (seconds < 120 ? `${seconds}\u00a0s` : `${Math.round(seconds / 60)}\u00a0min`)

type Line = { name: string; isWell: boolean; words: string }

async function linesOfHealth(): Promise<Line[]> {
  const { database, migrations, worker, queue, ok } = await healthOf()
  const silentSec = worker?.silentSec ?? null
  return [
    { name: 'Base de données', isWell: database, words: database ? 'Elle répond' : 'Elle ne répond pas' },
    {
      name: 'Version du schéma',
      isWell: migrations !== null && migrations.applied === migrations.known,
      words: migrations
        ? `${countWords(migrations.applied, 'migration')} sur ${migrations.known}`
        : 'Aucune information',
    },
    {
      name: 'Processus des tâches',
      isWell: silentSec !== null && silentSec <= 60,
      words: silentSec === null ? 'Aucun signe de vie' : `Vu il y a ${ageWords(silentSec)}`,
    },
    {
      name: 'File d’attente',
      isWell: ok || (queue !== null && queue.oldestSec <= 300),
      words: queue
        ? queue.waiting === 0
          ? 'Vide'
          : `${countWords(queue.waiting, 'tâche')}, la plus ancienne depuis ${ageWords(queue.oldestSec)}`
        : 'Aucune information',
    },
  ]
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const [overview, health] = await Promise.all([(await api()).superAdmins.getOverview(), linesOfHealth()])
  const isWell = health.every((line) => line.isWell)
  return (
    <>
      <StepTitle>État de la plateforme</StepTitle>
      <SuperNotice avis={one((await searchParams).avis)} />
      <section aria-labelledby="sante" className="space-y-3">
        <div className="flex flex-wrap items-center gap-3">
          <h2 id="sante" className="text-xl">
            Santé
          </h2>
          <Tag tone={isWell ? 'ok' : 'bad'}>{isWell ? 'Tout va bien' : 'À regarder'}</Tag>
        </div>
        <dl className="grid gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
          {health.map((line) => (
            <div key={line.name} className="bg-card px-4 py-3">
              <dt className="text-ink-soft">{line.name}</dt>
              <dd className={`font-bold ${line.isWell ? '' : 'text-bad'}`}>
                {!line.isWell && <span className="sr-only">À regarder : </span>}
                {line.words}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="maison" className="space-y-3">
        <h2 id="maison" className="text-xl">
          Qui est là
        </h2>
        <ul className="grid gap-2 sm:grid-cols-2">
          <li>
            <LinkCard href="/super/territoires" title={countWords(overview.territories, 'territoire')}>
              {countWords(overview.organisations, 'organisation')}
            </LinkCard>
          </li>
          <li>
            <LinkCard href="/super/agents" title={countWords(overview.agents, 'agent')}>
              Chercher quelqu’un, voir ce qu’il voit
            </LinkCard>
          </li>
          <li>
            <LinkCard
              href="/super/evenements?famille=impersonation"
              title={
                overview.standingIn === 0
                  ? 'Personne à la place d’un agent'
                  : `${overview.standingIn} à la place d’un agent`
              }
            >
              En ce moment, par le support
            </LinkCard>
          </li>
          <li>
            <LinkCard
              href="/super/taches"
              title={
                overview.failedJobs === 0
                  ? 'Aucune tâche abandonnée'
                  : `${countWords(overview.failedJobs, 'tâche')} à relancer`
              }
            >
              Messages, rappels, calendriers
            </LinkCard>
          </li>
        </ul>
      </section>
    </>
  )
}
