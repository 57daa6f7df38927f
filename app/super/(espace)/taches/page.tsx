import type { Metadata } from 'next'
import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { jobStateWords } from '@/app/_words/super'
import { api } from '@/server/api'
import { SuperNotice } from '../../_components/super-notice'

export const metadata: Metadata = { title: 'Tâches' }

const STATES = ['failed', 'retrying', 'waiting', 'running'] as const

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const { counts, jobs } = await (await api()).superAdmins.listJobs()
  return (
    <>
      <StepTitle intro="Ce que l’application fait après coup : messages, rappels, calendriers. Une tâche abandonnée a échoué à chaque essai.">
        Tâches
      </StepTitle>
      <SuperNotice avis={one((await searchParams).avis)} />
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-4">
        {STATES.map((state) => (
          <div key={state} className="bg-card px-4 py-3">
            <dt className="text-ink-soft">{jobStateWords[state].label}</dt>
            <dd className={`text-xl font-bold ${state === 'failed' && counts.failed > 0 ? 'text-bad' : ''}`}>
              {counts[state].toLocaleString('fr-FR')}
            </dd>
          </div>
        ))}
      </dl>
      {jobs.length === 0 ? (
        <Notice tone="ok">
          <p>La file est vide : tout est fait.</p>
        </Notice>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-card">
          {jobs.map((job) => (
            <li key={job.jobId} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 sm:px-5">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-mono font-bold">{job.task}</span>
                  <Tag tone={jobStateWords[job.state].tone}>{jobStateWords[job.state].label}</Tag>
                </p>
                <p className="text-ink-soft">
                  N° {job.jobId}, essai {job.attempts} sur {job.maxAttempts},{' '}
                  <time dateTime={isoOf(job.runsAt)}>
                    {formatDateTime(job.runsAt, 'Europe/Paris', { isShort: true })}
                  </time>
                </p>
                {job.error && <p className="font-mono break-words text-bad">{job.error}</p>}
              </div>
              {(job.state === 'failed' || job.state === 'retrying') && (
                <form method="post" action="/super/taches/relancer">
                  <input type="hidden" name="tache" value={job.jobId} />
                  <Button variant="secondary">
                    Relancer<span className="sr-only"> la tâche {job.jobId}</span>
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
