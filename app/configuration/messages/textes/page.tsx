import type { Metadata } from 'next'
import { one, idIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { SelectField } from '@/app/_ui/controls'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { wordingEventWords, wordingSourceWords } from '@/app/_words/wordings'
import { api } from '@/server/api'
import { isOfPlanning, nameOfWording, WORDING_KEYS, type WordingKey } from '@/server/messaging/rules/standard-wordings'
import type { WordingSource } from '@/server/messaging/rules/wording-views'
import { administeredTerritory } from '../../_components/territory'
import { textHref, TEXTS } from './_components/addresses'

export const metadata: Metadata = { title: 'Textes des messages' }

const GROUPS = [
  {
    title: 'Aux usagers, par SMS',
    is: ({ audience, channel }: WordingKey) => audience === 'usager' && channel === 'sms',
  },
  {
    title: 'Aux usagers, par e-mail',
    is: ({ audience, channel }: WordingKey) => audience === 'usager' && channel === 'mail',
  },
  {
    title: 'Aux agents, de leurs RDV',
    is: ({ audience, news }: WordingKey) => audience === 'agent' && !isOfPlanning(news),
  },
  { title: 'Aux agents, de leurs plages et absences', is: ({ news }: WordingKey) => isOfPlanning(news) },
] as const

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const caller = await api()
  const motifId = search.motif === undefined || search.motif === '' ? null : (idIn(search.motif) ?? 0)
  const [motifs, changed, own] = await Promise.all([
    caller.catalogue.listMotifsOfTerritory({ territoryId }),
    caller.messaging.listMotifsWithWordings({ territoryId }),
    caller.messaging.listOwnWordings({ territoryId, motifId }),
  ])
  const place = { territoryId, motifId }
  // A planning is of no motif.
  const keys = WORDING_KEYS.filter(({ news }) => motifId === null || !isOfPlanning(news))
  const choices = motifs.map((motif) => ({
    value: String(motif.id),
    label: `${motif.name} (${motif.organisationName})`,
  }))
  const others = changed.filter((motif) => motif.motifId !== motifId)
  return (
    <div className="mx-auto max-w-2xl space-y-6">
      <BackLink href={`/configuration/messages?territoire=${territoryId}`}>Messages et rappels</BackLink>
      <StepTitle intro="Ce que disent les messages. Un texte changé vaut aussitôt, aussi pour les messages qui attendent de partir.">
        {`Textes des messages\u00a0: ${name}`}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="get" action={TEXTS} className="space-y-3">
        <input type="hidden" name="territoire" value={territoryId} />
        <SelectField
          name="motif"
          label="Pour quels RDV"
          hint="Le texte d’un motif remplace, pour ses RDV, celui du territoire."
          choices={choices}
          empty="Tous ceux du territoire"
          defaultValue={motifId ?? ''}
        />
        <Button variant="secondary" isFull className="sm:w-auto">
          Voir ces textes
        </Button>
      </form>
      {others.length > 0 && (
        <section aria-labelledby="motifs" className="space-y-2">
          <h2 id="motifs" className="text-lg">
            Motifs qui ont leurs propres textes
          </h2>
          <ul className="space-y-1">
            {others.map((motif) => (
              <li key={motif.motifId}>
                <a
                  href={`${TEXTS}?territoire=${territoryId}&motif=${motif.motifId}`}
                  className="link inline-flex min-h-11 items-center"
                >
                  {motif.name} ({motif.organisation})
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {GROUPS.filter(({ is }) => keys.some(is)).map(({ title, is }, index) => (
        <section key={title} aria-labelledby={`groupe-${index}`} className="space-y-3">
          <h2 id={`groupe-${index}`} className="text-xl">
            {title}
          </h2>
          <ul className="space-y-2">
            {keys.filter(is).map((key) => (
              <TextLink
                key={nameOfWording(key)}
                href={textHref(place, nameOfWording(key))}
                words={wordingEventWords(key)}
                source={own[nameOfWording(key)] ?? 'standard'}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TextLink({ href, words, source }: { href: string; words: string; source: WordingSource }) {
  const aside = <Tag tone={source === 'standard' ? 'info' : 'note'}>{wordingSourceWords[source]}</Tag>
  return (
    <li>
      <LinkCard href={href} title={words} aside={aside} />
    </li>
  )
}
