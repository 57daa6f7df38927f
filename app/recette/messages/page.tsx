import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNull } from '@/app/_parts/booking/ask'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { messageFilterSchema } from '@/server/access/schema'
import { api, environmentBand } from '@/server/api'
import { Filters } from './_components/filters'
import { MailCard } from './_components/mail-card'
import { SmsCard } from './_components/sms-card'

export const metadata: Metadata = { title: 'Messages de recette', robots: { index: false, follow: false } }

type Search = Promise<Record<string, string | string[] | undefined>>

export default async function Page({ searchParams }: { searchParams: Search }) {
  if (!environmentBand().capturesMessages) notFound()
  const { canal, destinataire, texte } = await searchParams
  const given = messageFilterSchema.safeParse({
    channel: canal ?? 'any',
    recipient: destinataire || 'any',
    words: texte || 'any',
  })
  const filter = given.success ? given.data : ({ channel: 'any', recipient: 'any', words: 'any' } as const)
  const messages = await orNull((await api()).access.capturedMessages(filter))
  if (!messages) notFound()
  return (
    <PageShell width="wide">
      <StepTitle intro="Ici, rien n’est envoyé : chaque e-mail et chaque SMS s’arrête sur cette page, le plus récent en premier. Ils sont effacés après 30 jours.">
        Messages de recette
      </StepTitle>
      {messages.some(({ isMasked }) => isMasked) && (
        <Notice title="Ce qui ouvre un compte est masqué">
          <p>
            Vous ne lisez les liens et les codes (connexion, mot de passe, invitation, changement d’adresse) que s’ils
            sont adressés à votre e-mail{'\u00a0'}: avec ceux des autres, on entrerait dans leur compte. Le support les
            lit tous, et peut laisser partir pour de vrai les messages vers l’adresse ou le numéro d’un essai.
          </p>
        </Notice>
      )}
      <Filters filter={filter} />
      {messages.length === 0 ? (
        <p className="text-ink-soft">
          {filter.recipient === 'any' && filter.words === 'any'
            ? 'Aucun message pour le moment.'
            : 'Aucun message ne correspond à ce que vous cherchez.'}
        </p>
      ) : (
        <ol className={filter.channel === 'sms' ? 'grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3' : 'space-y-4'}>
          {messages.map((message) => (
            <li key={message.id}>
              {message.channel === 'sms' ? <SmsCard sms={message} /> : <MailCard mail={message} />}
            </li>
          ))}
        </ol>
      )}
    </PageShell>
  )
}
