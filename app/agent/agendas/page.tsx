import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_lib/viewer'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords } from '@/app/_words/access'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Agendas' }

export default async function Page() {
  await requireViewer()
  const agendas = await (await api()).access.listAgendas()
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Ceux de vos collègues qui vous sont ouverts, et jusqu’où.">Agendas</StepTitle>
      {agendas.length === 0 ? (
        <Notice title="Aucun autre agenda ne vous est ouvert">
          <p>Un collègue peut vous ouvrir le sien depuis son profil, ou un administrateur de votre organisation.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {agendas.map(({ agentId, name, services, organisations, level }) => (
            <li key={agentId}>
              <LinkCard href={`/agent/agendas/${agentId}`} title={name}>
                <span className="block">{[services, ...organisations].filter(Boolean).join(' · ')}</span>
                <span className="block pt-1">
                  <Tag>{accessLevelWords[level]}</Tag>
                </span>
              </LinkCard>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link href="/agent/acces" prefetch={false} className="link inline-flex min-h-11 items-center">
          Qui voit mon agenda
        </Link>
      </p>
    </div>
  )
}
