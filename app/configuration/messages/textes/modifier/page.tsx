import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { faultSentence } from '@/app/_words/administration'
import { wordingFaultWords, wordingSourceWords, wordingWords } from '@/app/_words/wordings'
import { api } from '@/server/api'
import { sayableWording } from '@/server/messaging/rules/naming'
import { isOfPlanning, keyOfWording, nameOfWording, type WordingKey } from '@/server/messaging/rules/standard-wordings'
import type { Wording } from '@/server/messaging/rules/wording'
import { faultOf } from '@/server/messaging/rules/wording-faults'
import { MAX_BODY, MAX_SUBJECT } from '@/server/messaging/schema'
import { administeredTerritory } from '../../../_components/territory'
import { textsHref } from '../_components/addresses'
import { WordingForm } from '../_components/wording-form.client'

export const metadata: Metadata = { title: 'Texte d’un message' }

const PARTS = ['subject', 'body'] as const

/** What is wrong with each part of what was typed, in a sentence that names it. */
function sentencesOf(key: WordingKey, typed: Wording, faults: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    PARTS.flatMap((part) => {
      const fault = faults[part] === undefined ? null : faultOf(key, part, typed[part] ?? '')
      const words = fault ? wordingFaultWords(fault, part) : faultSentence(faults[part])
      return words ? [[part, words] as const] : []
    }),
  )
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const key = keyOfWording(one(search.texte) ?? 'usager-created-sms') ?? notFound()
  const motifId = search.motif === undefined ? null : (idIn(search.motif) ?? notFound())
  const place = { territoryId, motifId, key: nameOfWording(key) }
  const sheet = await (await api()).messaging.getWording(place)
  const { fields, faults } = await keptOf(`texte-${place.key}-${motifId ?? ''}`, search.erreurs !== undefined)
  const typed: Wording = {
    subject: sheet.wording.subject === null ? null : (fields.subject ?? sheet.wording.subject),
    body: fields.body ?? sheet.wording.body,
  }
  const errors = sentencesOf(key, typed, faults)
  const hidden = { territoryId: String(territoryId), motifId: String(motifId ?? ''), key: place.key, seen: sheet.seen }
  return (
    <div className="mx-auto max-w-5xl space-y-5">
      <BackLink href={textsHref(place)}>Textes des messages</BackLink>
      <ErrorSummary errors={Object.entries(errors).map(([part, message]) => ({ name: part, message }))} />
      <StepTitle intro={introOf(key, sheet.motif, name)}>{wordingWords(key)}</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <p>
        <Tag tone={sheet.source === 'standard' ? 'info' : 'note'}>{wordingSourceWords[sheet.source]}</Tag>
      </p>
      {sheet.motif?.isConfidential && (
        <Notice title="Motif confidentiel">
          <p>Ni le motif, ni le service, ni le nom du lieu ne sont écrits, quel que soit le texte.</p>
        </Notice>
      )}
      {motifId === null && !isOfPlanning(key.news) && (
        <p className="max-w-2xl text-ink-soft">
          Ce texte sert aussi aux motifs confidentiels{'\u00a0'}: s’il nomme l’un d’eux, ou son service, ses messages
          partent avec le texte standard.
        </p>
      )}
      <WordingForm
        wordingKey={key}
        hidden={hidden}
        saved={typed}
        samples={sheet.samples}
        facts={sheet}
        isOfMotif={motifId !== null}
        maxLength={{ subject: MAX_SUBJECT, body: MAX_BODY[key.channel] }}
        errors={errors}
      />
      {sheet.seen !== '' && (
        <GoBack
          hidden={hidden}
          otherwise={sheet.otherwise}
          leaving={sayableWording(key, [sheet.otherwise], motifId === null ? [] : (sheet.confidential[0]?.names ?? []))}
          isOfMotif={motifId !== null}
        />
      )}
    </div>
  )
}

/** For whom these words are. */
function introOf(key: WordingKey, motif: { name: string } | null, territory: string): string {
  if (motif) return `Pour les RDV du motif «\u00a0${motif.name}\u00a0».`
  if (!isOfPlanning(key.news)) return `Pour tous les RDV\u00a0: ${territory}.`
  return key.news.startsWith('absence')
    ? `Pour les agents qui ne travaillent que là\u00a0: ${territory}. Qui travaille dans plusieurs territoires reçoit le texte standard.`
    : `Pour les plages d’ouverture de ce territoire\u00a0: ${territory}.`
}

type GoBackProps = {
  hidden: Readonly<Record<string, string>>
  otherwise: Wording
  /** What leaves then: other words, when those name a confidential motif. */
  leaving: Wording
  isOfMotif: boolean
}

/** To the words there would be without these. */
function GoBack({ hidden, otherwise, leaving, isOfMotif }: GoBackProps) {
  return (
    <section aria-labelledby="revenir" className="max-w-2xl space-y-3 border-t border-line pt-5">
      <h2 id="revenir" className="text-xl">
        {isOfMotif ? 'Revenir au texte du territoire' : 'Revenir au texte standard'}
      </h2>
      {leaving !== otherwise && (
        <p>
          Le texte du territoire nomme ce motif, ou son service{'\u00a0'}: pour ce motif, c’est le texte standard qui
          part.
        </p>
      )}
      <blockquote className="space-y-2 border-l-4 border-line pl-4">
        {leaving.subject !== null && <p className="font-bold">{leaving.subject}</p>}
        <p className="break-words whitespace-pre-line">{leaving.body}</p>
      </blockquote>
      <form method="post" action="/configuration/messages/textes/revenir">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button variant="danger">Revenir à ce texte</Button>
      </form>
    </section>
  )
}
