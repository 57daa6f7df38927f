import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CodeStep } from '@/app/_parts/factor/code-step'
import { returnPath } from '@/server/access/rules/return-path'
import { awaitedCode } from '@/server/api'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Code de connexion' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  if ((await awaitedCode()) !== 'agent') redirect('/connexion')
  const search = await searchParams
  return (
    <CodeStep
      answered={{ avis: one(search.avis), minutes: one(search.minutes) }}
      action="/connexion/code/verifier"
      goesBackTo={returnPath(one(search.retour))}
      again={{ href: '/connexion', words: 'Recommencer avec un autre compte' }}
      lost="Prévenez votre référent ou votre référente : le support, joint par votre collectivité, peut rouvrir votre compte."
    />
  )
}
