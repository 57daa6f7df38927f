import type { Metadata } from 'next'
import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import { idIn, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { EVENT_FAMILIES, ledgerPartyWords } from '@/app/_words/super'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Événements' }

/** An agent leads to their page; the others are a kind and a number. */
function Party({ kind, id }: { kind: string; id: number | null }) {
  const words = ledgerPartyWords(kind, id)
  if (kind !== 'agent' || id === null) return words
  return (
    <a href={`/super/agents/${id}`} className="link inline-flex min-h-6 items-center">
      {words}
    </a>
  )
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const asked = await searchParams
  const kind = EVENT_FAMILIES.find(({ value }) => value === asked.famille)?.value ?? null
  const [territoryId, agentId, before] = [idIn(asked.territoire), idIn(asked.agent), idIn(asked.avant)]
  const { superAdmins, territories } = await api()
  const [{ events, hasMore }, known] = await Promise.all([
    superAdmins.listEvents({ territoryId, agentId, kind, before }),
    territories.list(),
  ])
  const filters = { famille: kind ?? '', territoire: String(territoryId ?? ''), agent: String(agentId ?? '') }
  const last = events.at(-1)
  return (
    <>
      <StepTitle intro="Ce qui s’est passé depuis trois mois, tel que le journal le garde : des numéros, jamais un nom d’usager.">
        Événements
      </StepTitle>
      <form role="search" className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_10rem_auto]">
        <SelectField
          label="Quoi"
          name="famille"
          empty="Tout"
          defaultValue={filters.famille}
          choices={[...EVENT_FAMILIES]}
        />
        <SelectField
          label="Territoire"
          name="territoire"
          empty="Tous"
          defaultValue={filters.territoire}
          choices={known.map(({ territoryId: id, name }) => ({ value: String(id), label: name }))}
        />
        <Field
          label={
            <>
              N°<span className="sr-only">uméro</span> d’agent
            </>
          }
          name="agent"
          inputMode="numeric"
          defaultValue={filters.agent}
        />
        <Button>Filtrer</Button>
      </form>
      {events.length === 0 ? (
        <Notice>
          <p>Aucun événement de cette sorte depuis trois mois.</p>
        </Notice>
      ) : (
        <ol className="divide-y divide-line rounded-card border border-line bg-card">
          {events.map((event) => (
            <li key={event.eventId} className="grid gap-x-6 px-4 py-3 sm:px-5 lg:grid-cols-[15rem_minmax(0,1fr)_18rem]">
              <p className="text-ink-soft">
                <time dateTime={isoOf(event.at)}>
                  {capitalise(formatDateTime(event.at, 'Europe/Paris', { isShort: true }))}
                </time>
                {event.territory && <span className="block">{event.territory}</span>}
              </p>
              <div className="min-w-0">
                <p className="font-mono font-bold break-words">{event.kind}</p>
                {event.payload !== '{}' && <p className="font-mono break-all text-ink-soft">{event.payload}</p>}
              </div>
              <p>
                <Party kind={event.subjectKind} id={event.subjectId} />
                <span className="block text-ink-soft">
                  par <Party kind={event.actorKind} id={event.actorId} />
                  {event.impersonatorId !== null && (
                    <strong className="block text-note">
                      à sa place : {ledgerPartyWords('super-admin', event.impersonatorId)}
                    </strong>
                  )}
                </span>
              </p>
            </li>
          ))}
        </ol>
      )}
      <Pagination
        label="Pages des événements"
        previous={null}
        next={
          hasMore && last
            ? {
                href: `/super/evenements?${new URLSearchParams({ ...filters, avant: String(last.eventId) }).toString()}`,
                words: 'Plus anciens',
              }
            : null
        }
      />
    </>
  )
}
