import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { AnswerNotice } from '@/app/_ui/answer-notice'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { untoldNotices } from '@/app/_words/messages'
import { api } from '@/server/api'
import { UntoldCard, UntoldWaitCard } from './_components/untold-card'

export const metadata: Metadata = { title: 'Personnes à prévenir' }

/** Whom no message could reach: somebody calls them, or writes by hand, and says so here. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const { messaging } = await api()
  const [{ untold, isCut }, { waits, isCut: areWaitsCut }] = await Promise.all([
    messaging.listUntold(),
    messaging.listUntoldWaits(),
  ])
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Aucun message n’a pu les joindre, ou personne ne sait s’il est arrivé. Appelez-les, puis dites-le ici.">
        Personnes à prévenir
      </StepTitle>
      <AnswerNotice answers={untoldNotices} avis={one((await searchParams).avis)} />
      {(isCut || areWaitsCut) && (
        <Notice tone="warn">
          <p>
            {isCut
              ? `Seuls les ${untold.length}\u00a0RDV les plus proches sont montrés.`
              : `Seules ${waits.length}\u00a0personnes qui attendent un créneau sont montrées.`}
          </p>
        </Notice>
      )}
      {untold.length === 0 && waits.length === 0 && (
        <Notice tone="ok" title="Tout le monde est prévenu">
          <p>Quand un message ne part pas, la personne à appeler s’affiche ici.</p>
        </Notice>
      )}
      <ul className="space-y-3">
        {untold.map((one) => (
          <li key={one.participationId}>
            <UntoldCard untold={one} />
          </li>
        ))}
        {waits.map((wait) => (
          <li key={`attente-${wait.entryId}`}>
            <UntoldWaitCard wait={wait} />
          </li>
        ))}
      </ul>
    </div>
  )
}
