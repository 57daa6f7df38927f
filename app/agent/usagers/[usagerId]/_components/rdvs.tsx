import Link from 'next/link'
import type { CSSProperties } from 'react'
import { capitalise, formatDay, formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { Section } from '@/app/_ui/section'
import { locationShortWords } from '@/app/_words/agent'
import { noShowWords } from '@/app/_words/usager'
import { isCancelled } from '@/server/booking/rules/status'
import type { UsagerRdv, UsagerRdvPage, UsagerRdvs } from '@/server/booking/rules/usager-rdvs'

type Asked = { comingAfterId: number | null; pastAfterId: number | null }
type Side = { id: 'avenir' | 'passes'; title: string; empty: string; more: string; first: string }

const COMING: Side = {
  id: 'avenir',
  title: 'À venir',
  empty: 'Aucun RDV à venir.',
  more: 'Suivants',
  first: 'Revenir aux premiers',
}
const PAST: Side = {
  id: 'passes',
  title: 'Passés',
  empty: 'Aucun RDV passé.',
  more: 'Plus anciens',
  first: 'Revenir aux derniers',
}

/** RDVs of somebody, those to come then those past, each list a page at a time. */
export function Rdvs({ rdvs, usagerId, asked }: { rdvs: UsagerRdvs; usagerId: number; asked: Asked }) {
  const { coming, past, noShowCount } = rdvs
  return (
    <Section title="Rendez-vous">
      <p className="text-ink-soft">Ceux que vous pouvez lire.</p>
      {noShowCount > 0 && (
        <div className="mt-3">
          <Notice tone="warn">
            <p className="font-semibold">{noShowWords(noShowCount)}</p>
          </Notice>
        </div>
      )}
      <RdvsOf side={COMING} page={coming} usagerId={usagerId} asked={asked} />
      <RdvsOf side={PAST} page={past} usagerId={usagerId} asked={asked} />
    </Section>
  )
}

type ListProps = { side: Side; page: UsagerRdvPage; usagerId: number; asked: Asked }

function RdvsOf({ side, page: { rdvs, nextId }, usagerId, asked }: ListProps) {
  const isFirst = (side.id === 'avenir' ? asked.comingAfterId : asked.pastAfterId) === null
  const href = (afterId: number | null) => hrefOf(usagerId, asked, side.id, afterId)
  return (
    <section aria-labelledby={side.id} className="mt-5 space-y-3">
      <h3 id={side.id} className="scroll-mt-4 font-bold">
        {side.title}
      </h3>
      {rdvs.length === 0 ? (
        <p className="text-ink-soft">{side.empty}</p>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-card border border-line">
          {rdvs.map((rdv) => (
            <li key={rdv.id}>
              <Line rdv={rdv} />
            </li>
          ))}
        </ul>
      )}
      <Pagination
        label={`Rendez-vous\u00a0: ${side.title.toLocaleLowerCase('fr')}`}
        previous={isFirst ? null : { href: href(null), words: side.first }}
        next={nextId === null ? null : { href: href(nextId), words: side.more }}
      />
    </section>
  )
}

/** The same page, one of its lists further on. */
function hrefOf(usagerId: number, { comingAfterId, pastAfterId }: Asked, side: Side['id'], afterId: number | null) {
  const after = { avenir: comingAfterId, passes: pastAfterId, [side]: afterId }
  const query = Object.entries(after).flatMap(([name, id]) => (id === null ? [] : [[name, String(id)]]))
  return `/agent/usagers/${usagerId}?${new URLSearchParams(query).toString()}#${side}`
}

function Line({ rdv }: { rdv: UsagerRdv }) {
  const isOff = isCancelled(rdv.status)
  const edge: CSSProperties = { borderLeftColor: isOff ? 'var(--color-line-strong)' : rdv.motifColor }
  const zone = zoneWords(rdv.zone)
  const facts = [
    rdv.title && rdv.motifName,
    rdv.serviceShortName,
    rdv.placeName ?? locationShortWords[rdv.locationType],
    rdv.agents.join(', '),
  ]
  return (
    <Link
      href={`/agent/rdvs/${rdv.id}`}
      prefetch={false}
      style={edge}
      className="block min-h-14 border-l-[6px] bg-card py-2.5 pr-3 pl-3 text-ink no-underline hover:bg-accent-soft"
    >
      <span className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <time dateTime={isoOf(rdv.startAt)} className={`font-bold ${isOff ? 'text-ink-soft line-through' : ''}`}>
          {capitalise(formatDay(rdv.onDay, { withYear: true }))}, {formatTime(rdv.startAt, rdv.zone)}
        </time>
        <StatusTag rdv={{ ...rdv, isCollective: false }} />
      </span>
      <span className="block">
        {rdv.title ?? rdv.motifName}
        <span className="text-ink-soft">
          {` · ${formatDuration(rdv.durationMin)}`}
          {zone && ` · ${zone}`}
        </span>
      </span>
      <span className="block text-ink-soft">{facts.filter(Boolean).join(' · ')}</span>
    </Link>
  )
}
