import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/_lib/viewer'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { absenceName, absenceWhenWords } from '@/app/_words/absence'
import { absenceIdSchema } from '@/server/scheduling/schema'
import { api, faultIn } from '@/server/api'
import { AbsenceForm } from '../_components/absence-form.client'
import { DeleteAbsence } from '../_components/delete-absence.client'
import { absencesHref } from '@/app/_parts/scheduling/whose'

export const metadata: Metadata = { title: 'Absence' }

export default async function Page({ params }: { params: Promise<{ absenceId: string }> }) {
  const viewer = await requireViewer()
  const typed = absenceIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const absence = await read(typed.data)
  const returnTo = absencesHref(viewer, absence.agentId)
  const { id: absenceId, agentId, kind, title, firstDay, startMin, lastDay, endMin } = absence
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <StepTitle intro={absenceWhenWords(absence)}>{absenceName(absence)}</StepTitle>
      {absence.repeats ? (
        <Notice title="Cette absence se répète">
          <p>Elle ne se change pas encore ici. Elle peut être supprimée, en entier.</p>
        </Notice>
      ) : (
        <AbsenceForm
          draft={{ agentId, absenceId, kind, title, firstDay, startMin, lastDay, endMin }}
          returnTo={returnTo}
        />
      )}
      <div className="border-t border-line pt-5">
        <DeleteAbsence absenceId={absenceId} returnTo={returnTo} />
      </div>
    </div>
  )
}

async function read(input: { absenceId: number }) {
  const { scheduling } = await api()
  try {
    return await scheduling.getAbsence(input)
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
