import { capitalise, formatDateTime, formatDuration } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { locationShortWords } from '@/app/_words/agent'
import type { PlaceableMotif } from '@/server/booking/rules/placing'
import { fold } from '@/server/kernel/text'
import { parametersOf, PATH, placingHref, type Placing } from './placing'

/** Fewer are seen at a glance. */
const FILTERED_FROM = 9

type Props = { placing: Placing; motifs: readonly PlaceableMotif[]; filter: string; zone: string }

/** The motifs one may place, those of the opening first when an hour of an agenda was chosen. */
export function MotifStep({ placing, motifs, filter, zone }: Props) {
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
      {placing.startAt && (
        <p className="text-lg font-bold">{capitalise(formatDateTime(placing.startAt, zone, { withYear: true }))}</p>
      )}
      {motifs.length >= FILTERED_FROM && (
        <form action={PATH} className="flex flex-wrap items-end gap-3">
          {parametersOf({ ...placing, motif: null, step: null }).map(([name, value]) => (
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
          <a href={placingHref({ ...placing, motif: null })} className="link inline-flex min-h-11 items-center">
            Voir tous les motifs
          </a>
        </Notice>
      )}
      {ofOpening.length > 0 && <Group title="De cette plage d’ouverture" placing={placing} motifs={ofOpening} />}
      {groups.map((title) => (
        <Group
          key={title}
          title={title}
          placing={placing}
          motifs={others.filter((motif) => `${motif.organisationName} · ${motif.serviceName}` === title)}
        />
      ))}
    </>
  )
}

function Group({ title, placing, motifs }: { title: string; placing: Placing; motifs: readonly PlaceableMotif[] }) {
  return (
    <section className="space-y-2">
      <h2 className="text-lg">{title}</h2>
      <ul className="grid gap-2 sm:grid-cols-2">
        {motifs.map((motif) => (
          <li key={motif.id}>
            <LinkCard href={placingHref(placing, { motif: motif.id, durationMin: null })} title={motif.name}>
              {formatDuration(motif.durationMin)} · {locationShortWords[motif.locationType]}
            </LinkCard>
          </li>
        ))}
      </ul>
    </section>
  )
}
