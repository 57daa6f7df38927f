import { formatDuration } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { locationShortWords } from '@/app/_words/agent'
import type { PlaceableMotif } from '@/server/booking/rules/placing'
import { fold } from '@/server/kernel/text'

/** Fewer are seen at a glance. */
const FILTERED_FROM = 9

type Props = {
  motifs: readonly PlaceableMotif[]
  filter: string
  /** Where a choice leads; null: to the same question, without a filter. */
  hrefOf: (motifId: number | null) => string
  /** The page of the question, and what its address says besides. */
  path: string
  kept: readonly (readonly [string, string])[]
}

/** The motifs one may place, those of the opening first when an hour of an agenda was chosen. */
export function MotifChoice({ motifs, filter, hrefOf, path, kept }: Props) {
  const words = fold(filter).split(' ').filter(Boolean)
  const shown = motifs.filter(({ name, serviceName, organisationName }) => {
    const text = fold(`${name} ${serviceName} ${organisationName}`)
    return words.every((word) => text.includes(word))
  })
  const ofOpening = shown.filter(({ isOfOpening }) => isOfOpening)
  const others = shown.filter(({ isOfOpening }) => !isOfOpening)
  const groups = [...new Set(others.map(({ organisationName, serviceName }) => `${organisationName} · ${serviceName}`))]
  return (
    <>
      {motifs.length >= FILTERED_FROM && (
        <form action={path} className="flex flex-wrap items-end gap-3">
          {kept.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div className="min-w-0 flex-1">
            <Field name="recherche" type="search" label="Chercher un motif" defaultValue={filter} autoComplete="off" />
          </div>
          <Button variant="secondary">Chercher</Button>
        </form>
      )}
      {motifs.length === 0 && (
        <Notice tone="warn" title="Aucun motif ne vous est ouvert">
          <p>Demandez à l’admin de votre organisation d’en créer un pour votre service, ou de vous ouvrir un agenda.</p>
        </Notice>
      )}
      {motifs.length > 0 && shown.length === 0 && (
        <Notice title={`Aucun motif ne répond à «\u00a0${filter}\u00a0»`}>
          <a href={hrefOf(null)} className="link inline-flex min-h-11 items-center">
            Voir tous les motifs
          </a>
        </Notice>
      )}
      {ofOpening.length > 0 && <Group title="De cette plage d’ouverture" hrefOf={hrefOf} motifs={ofOpening} />}
      {groups.map((title) => (
        <Group
          key={title}
          title={title}
          hrefOf={hrefOf}
          motifs={others.filter((motif) => `${motif.organisationName} · ${motif.serviceName}` === title)}
        />
      ))}
    </>
  )
}

function Group({ title, hrefOf, motifs }: Pick<Props, 'hrefOf' | 'motifs'> & { title: string }) {
  return (
    <section className="space-y-2">
      <h2 className="text-lg">{title}</h2>
      <ul className="grid gap-2 sm:grid-cols-2">
        {motifs.map((motif) => (
          <li key={motif.id}>
            <LinkCard href={hrefOf(motif.id)} title={motif.name}>
              {formatDuration(motif.durationMin)} · {locationShortWords[motif.locationType]}
            </LinkCard>
          </li>
        ))}
      </ul>
    </section>
  )
}
