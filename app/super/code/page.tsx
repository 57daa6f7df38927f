import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { one, type Search } from '@/app/_lib/search'
import { CodeStep } from '@/app/_parts/factor/code-step'
import { Notice } from '@/app/_ui/notice'
import { api, awaitedCode } from '@/server/api'

export const metadata: Metadata = { title: 'Code du support' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  if ((await awaitedCode()) !== 'super-admin') redirect('/super/connexion')
  const search = await searchParams
  const demo = await (await api()).superAdmins.demo()
  return (
    <CodeStep
      answered={{ avis: one(search.avis), minutes: one(search.minutes) }}
      action="/super/code/verifier"
      again={{ href: '/super/connexion', words: 'Recommencer' }}
      note={
        demo && (
          <Notice>
            <p>
              Démonstration : le code du moment est <strong className="font-mono">{demo.code}</strong>. S’il a déjà
              servi, rechargez la page pour lire le suivant.
            </p>
          </Notice>
        )
      }
      lost="Qui administre le serveur peut relancer votre double authentification."
    />
  )
}
