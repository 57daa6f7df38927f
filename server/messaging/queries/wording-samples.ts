import { sql } from 'drizzle-orm'
import { publicNameOf, type LocationType } from '@/server/directory/rules/motif'
import { formatDateTime, formatDay, formatDuration, dayOf } from '@/server/kernel/dates'
import type { ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { placeFormsOf } from '../rules/place-forms'
import type { PlanningNews } from '../rules/planning'
import { isOfPlanning, type AgentEvent, type WordingKey } from '../rules/standard-wordings'
import { namedValues, timeOf, waysOf } from '../rules/usager-values'
import type { WordingSample, WordingSheet } from '../rules/wording-views'
import type { AskedWording } from '../schema'
import { planningSample } from './planning-sample'
import { AGENT_HEADINGS } from '../templates/agent'
import { PLACE_WORDS, type MessageFacts } from '../templates/facts'
import { OFFER_LINK, offerHeading, offerLines, sayableOffer, type OfferFacts } from '../templates/offer'
import { headingOf, linesOf, linkWords, sayable, type ToldFacts } from '../templates/rdv'
import { sayableWaiting, WAITING_HEADING, WAITING_LINK, waitingLines } from '../templates/waiting'

type Lieu = { name: string; address: string; phone: string | null }
type Row = {
  territoryName: string
  zone: string
  phone: string | null
  motif: {
    name: string
    publicName: string | null
    smsLabel: string | null
    service: string
    serviceName: string
    durationMin: number
    isConfidential: boolean
    locationType: LocationType
  } | null
  lieux: Lieu[]
}

/** Where there is no lieu yet. */
const SOME_LIEU: Lieu = { name: 'Maison des solidarités', address: '12 rue de la République, 62000 Arras', phone: null }

/** A territory's own lieux, the shortest name and the longest; this motif, or one the public is offered. */
async function readSome({ db }: ReadCtx, territoryId: number, motifId: number | null): Promise<Row | undefined> {
  const [row] = await db.execute<Row>(sql`
    select t.name as "territoryName", t.zone, t.phone,
           (select json_build_object('name', m.name, 'publicName', m.public_name, 'smsLabel', m.sms_label,
                     'service', s.short_name, 'serviceName', s.name, 'durationMin', m.duration_min, 'isConfidential', m.is_confidential, 'locationType', m.location_type)
              from motifs m join services s on s.id = m.service_id
             where m.territory_id = t.id and m.deleted_at is null
               and (m.id = ${motifId} or ${motifId}::bigint is null and not m.is_confidential and m.location_type = 'public_office')
             order by m.bookable_by = 'everyone' desc, m.id limit 1) as motif,
           (select coalesce(json_agg(json_build_object('name', l.name, 'address', l.address, 'phone', l.phone)
                     order by length(concat_ws(', ', l.name, l.address)), l.id), '[]')
              from lieux l where l.territory_id = t.id and l.availability = 'enabled') as lieux
    from territories t where t.id = ${territoryId}`)
  return row
}

/** Two RDVs as they might be: a short one, and one with long names and two people; and a confidential one. */
export async function samplesFor(
  read: ReadCtx,
  { territoryId, motifId, key }: AskedWording,
): Promise<Pick<WordingSheet, 'samples' | 'confidentialSample'>> {
  const row = await readSome(read, territoryId, motifId)
  if (!row) return { samples: [], confidentialSample: null }
  const startAt = nextWeekOf(read.now)
  if (key.audience === 'agent') {
    const { news } = key
    if (isOfPlanning(news)) return { samples: [planningSampleOf(news, row, startAt)], confidentialSample: null }
    const sample = agentSample(news, row, startAt)
    return { samples: [sample], confidentialSample: sample }
  }
  const isConfidential = row.motif?.isConfidential === true
  return {
    samples: (['short', 'long'] as const).map((label) => usagerSample(label, key, { row, startAt, isConfidential })),
    confidentialSample: usagerSample('short', key, { row, startAt, isConfidential: true }),
  }
}

const WEEK_MS = 7 * 24 * 60 * 60_000
const FIVE_MIN_MS = 5 * 60_000
const HALF_PAST_EIGHT_MS = 8.5 * 60 * 60_000
const nextWeekOf = (now: Date): Date =>
  new Date(Math.floor(now.getTime() / (WEEK_MS / 7)) * (WEEK_MS / 7) + WEEK_MS + HALF_PAST_EIGHT_MS)

function usagerSample(
  label: WordingSample['label'],
  { news: event, channel }: Extract<WordingKey, { audience: 'usager' }>,
  { row, startAt, isConfidential }: { row: Row; startAt: Date; isConfidential: boolean },
): WordingSample {
  const { motif, lieux, territoryName, zone } = row
  const lieu = (label === 'short' ? lieux[0] : lieux.at(-1)) ?? SOME_LIEU
  const locationType = motif?.locationType ?? 'public_office'
  const facts: MessageFacts = {
    ...{ startAt, zone, territoryName, videoUrl: null, instructions: null },
    motifName: motif && !isConfidential ? publicNameOf(motif) : null,
    serviceName: motif && !isConfidential ? motif.serviceName : null,
    ...{ durationMin: motif?.durationMin ?? 30, agentNames: null, title: null, lieuId: null },
    shortLabel: motif && !isConfidential ? (motif.smsLabel ?? motif.service) : null,
    placeForms:
      locationType === 'public_office'
        ? placeFormsOf(isConfidential ? null : lieu.name, lieu.address)
        : [PLACE_WORDS[locationType]],
    phone: lieu.phone ?? row.phone ?? '03 21 00 00 00',
    url: `${env().APP_URL}/r/aBcDeFgHiJkLmNoPqRsT`,
  }
  const motifWords = channel === 'sms' ? facts.shortLabel : facts.motifName
  if (event === 'waiting') return waitingSample(label, facts, motifWords)
  if (event === 'offer') return offerSample(label, facts, motifWords)
  const news = event === 'series' ? 'created' : event
  const others =
    event === 'series' ? [1, 2, 3].map((week) => ({ ...facts, startAt: after(startAt, week * WEEK_MS) })) : []
  const told: ToldFacts = {
    ...{ ...facts, others },
    forNames: label === 'long' ? ['Maëlys', 'Timéo'] : [],
    before: null,
    previousStartsAt: news === 'moved' ? after(startAt, -WEEK_MS) : null,
  }
  return {
    label,
    ways: waysOf(sayable(news, told, motifWords)),
    heading: headingOf(news, others.length),
    lines: linesOf(news, told),
    link: linkWords(news),
  }
}

/** To somebody who has an RDV a week later, or none. */
function offerSample(label: WordingSample['label'], facts: MessageFacts, motif: string | null): WordingSample {
  const offer: OfferFacts = {
    ...facts,
    untilAt: after(facts.startAt, -WEEK_MS / 2),
    isHeld: true,
    insteadOf: label === 'long' ? after(facts.startAt, WEEK_MS) : null,
  }
  return {
    label,
    ways: waysOf(sayableOffer(offer, motif)),
    heading: offerHeading(offer),
    lines: offerLines(offer),
    link: OFFER_LINK,
  }
}

/** To somebody who has begun to wait. */
const waitingSample = (label: WordingSample['label'], facts: MessageFacts, motif: string | null): WordingSample => ({
  label,
  ways: waysOf(sayableWaiting(facts, motif)),
  ...{ heading: WAITING_HEADING, lines: waitingLines(facts), link: WAITING_LINK },
})

const planningSampleOf = (news: PlanningNews, { zone, lieux, territoryName }: Row, startAt: Date): WordingSample =>
  planningSample(news, {
    onDay: dayOf(startAt, zone),
    organisation: territoryName,
    lieu: (lieux[0] ?? SOME_LIEU).name,
  })

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

function agentSample(news: AgentEvent, { zone, lieux, territoryName }: Row, startAt: Date): WordingSample {
  const lieu = lieux[0] ?? SOME_LIEU
  return {
    label: 'short',
    ways: [
      namedValues({
        date: formatDay(dayOf(startAt, zone)),
        heure: timeOf(startAt, zone),
        auteur: 'Camille Durand',
        organisation: territoryName,
      }),
    ],
    heading: AGENT_HEADINGS[news],
    lines: [
      ...(news === 'arrived'
        ? [['Arrivée', `à ${timeOf(after(startAt, -FIVE_MIN_MS), zone)}`] as [string, string]]
        : []),
      ['Quand', formatDateTime(startAt, zone)],
      ['Durée', formatDuration(30)],
      ['Où', `${lieu.name}, ${lieu.address}`],
      ['Par', 'Camille Durand'],
    ],
    link: news === 'removed' ? 'Voir mon agenda' : 'Voir le RDV',
  }
}
