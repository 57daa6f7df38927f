import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { AnswerNotice } from '@/app/_ui/answer-notice'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { untoldNotices } from '@/app/_words/messages'
import { api } from '@/server/api'
import { UntoldCard } from './_components/untold-card'

export const metadata: Metadata = { title: 'Personnes à prévenir' }

/** Whom no message could reach: somebody calls them, or writes by hand, and says so here. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const { untold, isCut } = await (await api()).messaging.listUntold()
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Aucun message n’a pu les joindre, ou personne ne sait s’il est arrivé. Appelez-les, puis dites-le ici.">
        Personnes à prévenir
      </StepTitle>
      <AnswerNotice answers={untoldNotices} avis={one((await searchParams).avis)} />
      {isCut && (
        <Notice tone="warn">
          <p>Seuls les {untold.length} RDV les plus proches sont montrés.</p>
        </Notice>
      )}
      {untold.length === 0 ? (
        <Notice tone="ok" title="Tout le monde est prévenu">
          <p>Quand un message ne part pas, la personne à appeler s’affiche ici.</p>
        </Notice>
      ) : (
        <ul className="space-y-3">
          {untold.map((one) => (
            <li key={one.participationId}>
              <UntoldCard untold={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
