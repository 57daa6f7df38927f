import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/_lib/viewer'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { absenceKindWords, absenceName, absenceNotices, absenceTones, absenceWhenWords } from '@/app/_words/absence'
import { api, faultIn } from '@/server/api'
import { absencesHref, agentAsked, type AgentSearch } from '@/app/_parts/scheduling/whose'

export const metadata: Metadata = { title: 'Absences' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<AgentSearch & { avis?: string | string[] }>
}) {
  const viewer = await requireViewer()
  const search = await searchParams
  const agentId = agentAsked(search, viewer)
  const { name, absences } = await read(agentId)
  const isMine = agentId === viewer.agentId
  const notice = Object.entries(absenceNotices).find(([key]) => key === search.avis)?.[1]
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Aucun créneau n’est proposé pendant une absence, dans aucune organisation.">
        {isMine ? 'Mes absences' : `Absences de ${name}`}
      </StepTitle>
      {notice && (
        <Notice tone="ok" isLive>
          <p>{notice}</p>
        </Notice>
      )}
      <ButtonLink href={absencesHref(viewer, agentId, '/nouvelle')} className="w-full sm:w-auto">
        Ajouter une absence
      </ButtonLink>
      {absences.length === 0 ? (
        <Notice title="Aucune absence à venir">
          <p>Congés, formations, réunions : ce qui est noté ici ferme les horaires à la réservation.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {absences.map((absence) => (
            <li key={absence.id}>
              <LinkCard
                href={absencesHref(viewer, agentId, `/${absence.id}`)}
                title={absenceName(absence)}
                aside={<Tag tone={absenceTones[absence.kind]}>{absenceKindWords[absence.kind]}</Tag>}
              >
                <span className="block">
                  {absenceWhenWords(absence)}
                  {absence.repeats && ', se répète'}
                </span>
              </LinkCard>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Beyond reach is not found. */
async function read(agentId: number) {
  const { access, scheduling } = await api()
  try {
    const [absences, me] = await Promise.all([scheduling.listAbsences({ agentId }), access.me()])
    const name = me.agentId === agentId ? '' : (await access.getAgenda({ agentId })).name
    return { absences, name }
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
