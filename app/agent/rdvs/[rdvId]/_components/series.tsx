import Link from 'next/link'
import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import { buttonClass } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { statusWords } from '@/app/_words/agent'
import { ordinalOf } from '@/app/_words/series'
import { followingOf, placeIn, type RdvSeries } from '@/server/booking/rules/rdv-series'
import { Section } from '@/app/_ui/section'

type Props = { series: RdvSeries; rdvId: number; now: Date }

/** « 3e RDV sur 12 »: where it stands among those placed with it, the way to each, and to cancel it and what follows. */
export function Series({ series, rdvId, now }: Props) {
  const { rdvs, zone } = series
  const { number, exponent } = ordinalOf(placeIn(series, rdvId))
  const following = followingOf(series, rdvId, now)
  const isIncluded = following.some((rdv) => rdv.rdvId === rdvId)
  const isEnough = following.length > (isIncluded ? 1 : 0)
  return (
    <Section
      title={
        <>
          {number}
          <sup>{exponent}</sup> RDV sur {rdvs.length}
        </>
      }
    >
      <details className="group">
        <summary className="link inline-flex min-h-11 cursor-pointer items-center gap-2 font-semibold">
          <Icon name="repeat" className="shrink-0" />
          Voir toutes les dates
        </summary>
        <ol className="mt-1 divide-y divide-line">
          {rdvs.map((rdv) => (
            <li key={rdv.rdvId} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
              {rdv.rdvId === rdvId ? (
                <span aria-current="true" className="py-2">
                  <span className="font-bold">
                    <When startAt={rdv.startAt} zone={zone} />
                  </span>{' '}
                  <span className="whitespace-nowrap">(ce RDV)</span>
                </span>
              ) : (
                <Link
                  href={`/agent/rdvs/${rdv.rdvId}`}
                  prefetch={false}
                  className="link inline-flex min-h-11 items-center"
                >
                  <When startAt={rdv.startAt} zone={zone} />
                </Link>
              )}
              <span className="text-ink-soft">{statusWords({ ...rdv, isCollective: false })}</span>
            </li>
          ))}
        </ol>
      </details>
      {isEnough && (
        <p className="mt-3">
          <Link
            href={`/agent/rdvs/${rdvId}/annuler-suivants`}
            prefetch={false}
            className={buttonClass({ variant: 'danger' })}
          >
            {isIncluded ? 'Annuler ce RDV et les suivants' : 'Annuler les suivants'}
          </Link>
        </p>
      )}
    </Section>
  )
}

const When = ({ startAt, zone }: { startAt: Date; zone: string }) => (
  <time dateTime={isoOf(startAt)}>{capitalise(formatDateTime(startAt, zone, { withYear: true }))}</time>
)
