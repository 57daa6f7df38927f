import { capitalise, dayOf, formatDateTime } from '@/app/_lib/dates'
import { LinkCard } from '@/app/_ui/card'
import type { AgentSearch } from '@/server/booking/rules/agent-slots'
import { searchHref, type SlotSearch } from './search-state'

/** Each lieu with its first availability, the soonest first: choosing one shows its days. */
export function NextByLieu({ search, found }: { search: SlotSearch; found: AgentSearch }) {
  const { nextByLieu, lieux, motif } = found
  return (
    <section aria-labelledby="prochaines" className="space-y-2">
      <h2 id="prochaines" className="text-xl">
        Prochaines disponibilités
      </h2>
      <ul className="grid gap-2 sm:grid-cols-2">
        {nextByLieu.map(({ lieuId, at }) => {
          const lieu = lieux.find(({ id }) => id === lieuId)
          return (
            <li key={lieuId}>
              <LinkCard
                href={searchHref(search, {
                  fromDay: dayOf(at, motif.zone),
                  ...(lieuId !== null && { lieux: [lieuId] }),
                })}
                title={lieu?.name ?? 'Sans lieu'}
              >
                {capitalise(formatDateTime(at, motif.zone))}
              </LinkCard>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
