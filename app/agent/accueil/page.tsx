import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { capitalise, dayOf, formatDay } from '@/app/_lib/dates'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { LiveAgendas } from '@/app/_parts/booking/agent/live.client'
import { UntoldNotice } from '@/app/_parts/booking/agent/untold-notice'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { arrivalNotices } from '@/app/_words/agenda'
import { nameWords } from '@/app/_words/agent'
import { idField } from '@/server/kernel/fields'
import { api, ctxOf, faultIn } from '@/server/api'
import type { Reception } from '@/server/booking/rules/reception'
import { ExpectedLine } from './_components/expected-line'

export const metadata: Metadata = { title: 'Accueil' }

type Search = Partial<Record<'lieu' | 'jour' | 'avis' | 'personne', string | string[]>>

const FIELD =
  'mt-1 min-h-12 w-full rounded-card border-[1.5px] border-line-strong bg-card px-3 font-normal hover:border-ink'

/** Who is expected at a lieu, and who is there: for whoever holds the door. */
export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { now } = await ctxOf()
  const { lieux, agents } = await (await api()).booking.listBoardChoices()
  const asked = idField.safeParse(search.lieu)
  const lieuId = asked.success ? asked.data : lieux[0]?.id
  const day = readDay(search.jour) ?? dayOf(now, viewer.zone ?? 'Europe/Paris')
  if (lieuId === undefined)
    return (
      <>
        <h1 className="text-2xl tracking-tight sm:text-3xl">Accueil</h1>
        <Notice title="Aucun lieu">
          <p>Vos organisations n’ont pas de lieu où recevoir.</p>
        </Notice>
      </>
    )
  const reception = await read({ lieuId, onDay: day })
  const returnTo = `/agent/accueil?${new URLSearchParams({ lieu: String(lieuId), jour: day }).toString()}`
  return (
    <div className="space-y-4">
      <h1 className="text-2xl tracking-tight sm:text-3xl print:text-lg">
        Accueil : {reception.lieuName}
        <span className="block text-lg font-normal text-ink-soft">{capitalise(formatDay(day))}</span>
      </h1>
      <form
        method="get"
        action="/agent/accueil"
        className="no-print grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto] sm:items-end"
      >
        <label className="block font-bold">
          Lieu
          <select name="lieu" defaultValue={lieuId} className={FIELD}>
            {lieux.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="block font-bold">
          Jour
          <input type="date" name="jour" defaultValue={day} className={FIELD} />
        </label>
        <Button variant="secondary">Afficher</Button>
      </form>
      <LiveAgendas agentIds={agents.map(({ id }) => id)} isDrawnAgain />
      <Answer search={search} reception={reception} />
      <UntoldNotice />
      <p className="text-ink-soft">{countWords(reception)}</p>
      {reception.rdvs.length === 0 ? (
        <Notice
          title={reception.hiddenCount === 0 ? 'Personne n’est attendu ce jour-là' : 'Aucun RDV ne vous est ouvert'}
        >
          <p>Les RDV de ce lieu s’affichent ici dès qu’ils sont pris.</p>
        </Notice>
      ) : (
        <ol className="divide-y divide-line overflow-hidden rounded-card border border-line">
          {reception.rdvs.map((rdv) => (
            <ExpectedLine key={rdv.rdvId} rdv={rdv} zone={reception.zone} returnTo={returnTo} />
          ))}
        </ol>
      )}
      <p className="no-print">
        <Link
          href={`/agent/tableau?${new URLSearchParams({ lieu: String(lieuId), jour: day }).toString()}`}
          prefetch={false}
          className="link inline-flex min-h-11 items-center"
        >
          Agendas de ce lieu côte à côte
        </Link>
      </p>
    </div>
  )
}

async function read(input: { lieuId: number; onDay: string }): Promise<Reception> {
  try {
    return await (await api()).booking.getReception(input)
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}

function Answer({ search, reception }: { search: Search; reception: Reception }) {
  const key = Object.keys(arrivalNotices).find((one) => one === search.avis) as keyof typeof arrivalNotices | undefined
  if (!key) return null
  const { tone, text } = arrivalNotices[key]
  const who = reception.rdvs
    .flatMap(({ people }) => people)
    .find((one) => String(one.participationId) === search.personne)
  return (
    <Notice tone={tone} isLive>
      <p>
        {who && `${nameWords(who)}\u00a0: `}
        {text}
      </p>
    </Notice>
  )
}

/** « 12 RDV, 2 personnes en salle d’attente ; 3 autres RDV sans détail pour vous ». */
function countWords({ rdvs, hiddenCount }: Reception): string {
  const waiting = rdvs
    .filter(({ phase, status }) => phase === 'today' && status === 'unknown')
    .flatMap(({ people }) => people)
    .filter(({ arrivedAt, status }) => arrivedAt !== null && status === 'unknown').length
  const here = waiting === 0 ? '' : `, ${waiting}\u00a0personne${waiting > 1 ? 's' : ''} en salle d’attente`
  const hidden =
    hiddenCount === 0 ? '' : `\u202f; ${hiddenCount}\u00a0autre${hiddenCount > 1 ? 's' : ''} RDV sans détail pour vous`
  return `${rdvs.length}\u00a0RDV${here}${hidden}`
}
