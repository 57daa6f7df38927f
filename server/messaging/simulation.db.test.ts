import { sql } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import { createRandom } from '@/db/seed/random'
import { adminOf, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { SMS_SEAL, sealedFor } from '@/server/directory/queries/sms'
import type { Mail } from '@/server/platform/mail'
import { seal } from '@/server/platform/seal'
import type { makeCircuits } from '@/server/platform/sms/circuit'
import type { Fate, OutgoingSms } from '@/server/platform/sms/fate'
import { tellOtherwise } from './commands/tell-otherwise'
import { remindDue } from './jobs/remind-due'
import { sendMessage } from './jobs/send-message'
import { tellRdv } from './jobs/tell-rdv'
import { listUntold } from './queries/untold'
import { byAgent, byPerson, onRdvPlaced } from './reactions'
import {
  DAY_MS,
  FROM_MS,
  HOUR_MS,
  lifeOf,
  MINUTE_MS,
  opensFrom,
  phaseAt,
  phasesOf,
  whyNotReminded,
  TOLD_AFTER_MS,
  TICK_MS,
  UNTIL_MS,
  type Happening,
  type Life,
  type Phase,
} from './simulation.test-model'

const RDVS = 10_000
const ORGANISATIONS = 5
const SEED = 12
const AT_ONCE = 8
/** Three minutes on a machine that does nothing else. */
const LIMIT_MS = 900_000

type Said = { atMs: number; key: string; rank: number; gateway: 'mail' | 'brevo' | 'link-mobility'; fate: Fate['fate'] }

const outside = vi.hoisted(() => {
  vi.stubEnv('APP_ENV', 'production')
  return {
    mail: (mail: { to: string; key?: string }) => Promise.resolve(mail).then(() => undefined),
    sms: (gateway: string, sms: { to: string }): unknown => [gateway, sms],
    clockMs: (): number => 0,
  }
})
vi.mock('@/server/platform/mail', async (original) => ({
  ...(await original<object>()),
  deliverMail: (mail: Mail) => outside.mail(mail),
}))
vi.mock('@/server/platform/sms/brevo', () => ({
  deliverByBrevo: (_secret: string, sms: OutgoingSms) => outside.sms('brevo', sms),
}))
vi.mock('@/server/platform/sms/link-mobility', () => ({
  deliverByLinkMobility: (_account: object, sms: OutgoingSms) => outside.sms('link-mobility', sms),
}))
/** A gateway that falls silent is left alone for a minute of these days: by the clock of this machine, it would be for hours. */
vi.mock('@/server/platform/sms/circuit', async (original) => {
  const real = await original<{ makeCircuits: typeof makeCircuits }>()
  return { makeCircuits: () => real.makeCircuits(() => outside.clockMs()) }
})

const lives = Array.from({ length: RDVS }, (_, rank) => lifeOf(SEED, rank))
const chances = lives.map(({ rank }) => createRandom(SEED * 7919 + rank))
const said: Said[] = []
let nowMs = FROM_MS
outside.clockMs = () => nowMs

type Sent = { key: string; news: string; channel: string; state: string; previousMs: number | null }

/** When nothing answers, and when no worker is there: it comes back one day in the night. */
const within = (spans: readonly (readonly [number, number])[], ms: number) =>
  spans.some(([day, hours]) => ms >= FROM_MS + day * DAY_MS && ms < FROM_MS + day * DAY_MS + hours * HOUR_MS)
const MAIL_DOWN = [[9 + 10 / 24, 6]] as const
const SMS_DOWN = [[17 + 9 / 24, 7]] as const
const AWAY = [
  [12 + 13 / 24, 2.5],
  [20 + 19 / 24, 8],
] as const

const isAway = (ms: number) => within(AWAY, ms)

function fateAt(rank: number, gateway: Said['gateway']): Fate['fate'] {
  const life = lives[rank]
  const chance = chances[rank]
  if (!life || !chance) throw new Error('nobody has this address')
  const isMail = gateway === 'mail'
  if (within(isMail ? MAIL_DOWN : SMS_DOWN, nowMs)) return 'later'
  if (isMail ? life.refusesMail : life.refusesSms) return 'refused'
  return chance.weighted([
    ['sent', 88],
    ['later', 7],
    [isMail ? 'later' : 'denied', 3],
    ['unknown', 2],
  ] as const)
}

const MAIL_ERRORS = {
  refused: { responseCode: 550 },
  later: { responseCode: 451 },
  denied: {},
  unknown: { code: 'ESOCKET' },
}

outside.mail = ({ to, key = '' }) => {
  const rank = Number(/\d+/.exec(to)?.[0])
  const fate = fateAt(rank, 'mail')
  said.push({ atMs: nowMs, key, rank, gateway: 'mail', fate })
  return fate === 'sent'
    ? Promise.resolve(undefined)
    : Promise.reject(Object.assign(new Error('no'), MAIL_ERRORS[fate]))
}
outside.sms = (gateway, sms) => {
  const { to, key } = sms as OutgoingSms
  const rank = Number(to.slice('+336'.length)) - FIRST_NUMBER
  const by = gateway as 'brevo' | 'link-mobility'
  const fate = fateAt(rank, by)
  said.push({ atMs: nowMs, key, rank, gateway: by, fate })
  return Promise.resolve(fate === 'sent' ? { fate, reference: key } : { fate })
}

const FIRST_NUMBER = 30_000_000
const { db } = await ownDatabase({ poolSize: AT_ONCE + 2 })
let places: BookablePlace[]
const rdvIds: number[] = []
const usagerIds: number[] = []

beforeAll(async () => {
  places = [await makeBookablePlace(db)]
  const [first] = places
  if (!first) throw new Error('no place')
  while (places.length < ORGANISATIONS) places.push(await makeBookablePlace(db, { within: first }))
  const territoryId = first.territory.id
  for (const [index, settings] of [{ kind: 'brevo' }, { kind: 'link-mobility', username: 'mds' }].entries()) {
    await db.execute(sql`
      insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
      values (${territoryId}, ${index + 1}, ${settings.kind}, ${JSON.stringify(settings)}::jsonb, ${seal(SMS_SEAL, sealedFor(territoryId), 'x')})`)
  }
  const people = lives.map(({ rank, hasMail, hasMobile }) => ({
    email: hasMail ? `u${String(rank)}@example.org` : null,
    phone: hasMobile ? `+336${String(FIRST_NUMBER + rank)}` : null,
  }))
  const rows = await db.execute<{ id: number }>(sql`
    insert into usagers (territory_id, first_name, last_name, email, phone, phone_e_164)
    select ${territoryId}, 'Léa', 'Martin', one ->> 'email', one ->> 'phone', one ->> 'phone'
    from json_array_elements(${JSON.stringify(people)}::json) with ordinality as all_of (one, rank) order by rank
    returning id::float8 as id`)
  usagerIds.push(...rows.map(({ id }) => id))
})

const phases = lives.map(phasesOf)
const rankOf = new Map<number, number>()
const phasesOfRdv = (rdvId: number) => phases[rankOf.get(rdvId) ?? -1] ?? []

function placeOf(rank: number): BookablePlace {
  const place = places[rank % ORGANISATIONS]
  if (!place) throw new Error('no such place')
  return place
}
const at = (ms: number) => ctxFor(db, { actor: { kind: 'system', job: 'simulation' }, now: new Date(ms) })
const instant = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`

async function book(life: Life, { atMs, startMs, byAgent: isByAgent }: Happening & { startMs: number }) {
  const place = placeOf(life.rank)
  const author = isByAgent ? 'agent' : 'usager'
  const [row] = await db.execute<{ id: number }>(sql`
    with rdv as (
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, shows_to_usager, author_kind, updated_at, created_at)
      values (${place.territory.id}, ${place.organisation.id}, ${place.motif.id}, ${place.lieu.id}, ${instant(startMs)},
              ${instant(startMs + 30 * MINUTE_MS)}, ${life.isShown ? null : false}, ${author}, ${instant(atMs)}, ${instant(atMs)})
      returning id, territory_id)
    insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
    select territory_id, id, ${usagerIds[life.rank]}, ${life.notifiesLifecycle}, ${life.notifiesReminder}, ${author} from rdv
    returning rdv_id::float8 as id`)
  rdvIds[life.rank] = row?.id ?? 0
  rankOf.set(row?.id ?? 0, life.rank)
}

async function happen(life: Life, happening: Happening) {
  const { kind, atMs, byAgent: isByAgent } = happening
  if (kind === 'booked') await book(life, happening)
  const rdvId = rdvIds[life.rank] ?? 0
  if (kind === 'muted')
    return void (await db.execute(
      sql`update usagers set notify_by_sms = false, notify_by_email = false where id = ${usagerIds[life.rank]}`,
    ))
  if (kind === 'moved') {
    await db.execute(sql`update rdvs set starts_at = ${instant(happening.startMs)}, sequence = sequence + 1,
      ends_at = ${instant(happening.startMs + 30 * MINUTE_MS)} where id = ${rdvId}`)
  } else if (kind !== 'booked') {
    const status = kind === 'cancelled' ? (isByAgent ? 'revoked' : 'excused') : kind === 'restored' ? 'unknown' : kind
    await db.execute(sql`
      with rdv as (update rdvs set status = ${status}, cancelled_at = ${kind === 'cancelled' ? instant(atMs) : sql`null`} where id = ${rdvId})
      update participations set status = ${status} where rdv_id = ${rdvId}`)
  }
  const fact = { subject: { kind: 'rdv', id: rdvId }, occurredAt: new Date(atMs) } as unknown as Parameters<
    typeof onRdvPlaced
  >[1]
  if (isByAgent) await byAgent(at(atMs + TOLD_AFTER_MS), fact)
  else await byPerson(at(atMs + TOLD_AFTER_MS), await ownFact(rdvId))
  await onRdvPlaced(at(atMs + TOLD_AFTER_MS), fact)
}

/** What its own person did. */
async function ownFact(rdvId: number) {
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from participations where rdv_id = ${rdvId}`,
  )
  const payload = { participationId: row?.id ?? 0 }
  return { subject: { kind: 'rdv', id: rdvId }, payload } as unknown as Parameters<typeof byPerson>[1]
}

async function each<T>(things: readonly T[], work: (thing: T) => Promise<unknown>) {
  const left = things.values()
  const one = async () => {
    for (const thing of left) await work(thing)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

type Job = {
  task: string
  payload: { messageId: number; rdvId: number; byParticipationId: number | null }
  attempts: number
}
const putOff: (Job & { atMs: number })[] = []

async function takeDue(): Promise<Job[]> {
  const rows = await db.execute<Omit<Job, 'attempts'>>(sql`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and j.run_at <= ${instant(nowMs)} returning t.identifier as task, j.payload`)
  const again = putOff.filter(({ atMs }) => atMs <= nowMs)
  putOff.splice(0, putOff.length, ...putOff.filter(({ atMs }) => atMs > nowMs))
  return [...rows.map((row) => ({ ...row, attempts: 0 })), ...again]
}

/** As the queue does: tried again after e to the power of its attempts, in seconds. */
async function run({ task, payload, attempts }: Job) {
  try {
    if (task === 'tell-rdv') await tellRdv(at(nowMs), { ...payload, isSettled: true })
    else if (task === 'send-message') await sendMessage(at(nowMs), payload)
  } catch {
    putOff.push({ task, payload, attempts: attempts + 1, atMs: nowMs + Math.exp(Math.min(10, attempts + 1)) * 1000 })
  }
}

/** All that is due at this moment; the desk looks at once at what could not be told. */
async function work() {
  const before = said.length
  await remindDue(at(nowMs))
  for (let due = await takeDue(); due.length > 0; due = await takeDue()) await each(due, run)
  if (said.slice(before).some(({ fate }) => fate !== 'sent')) await look()
}

type Failed = {
  participationId: number
  rdvId: number
  news: string
  isLastWord: boolean
  isTwinUnderWay: boolean
  previousMs: number | null
}
/** What failed for good, is told by no other channel, is still owed, and is on no list. */
const forgotten: Failed[] = []
let listed = 0

const isOwed = ({ rdvId, news, isLastWord, previousMs }: Failed): boolean => {
  const phase = phaseAt(phasesOfRdv(rdvId), nowMs)
  if (!phase || !isLastWord) return false
  if (news === 'cancelled') return Math.max(phase.startMs, previousMs ?? 0) > nowMs
  return phase.startMs > nowMs && (news !== 'reminder' || phase.stands)
}

async function look() {
  const failed = await db.execute<Failed>(sql`
    select m.participation_id::float8 as "participationId", m.rdv_id::float8 as "rdvId", m.news,
           extract(epoch from m.previous_starts_at)::float8 * 1000 as "previousMs",
           m.version = coalesce((select t.version from tellings t where t.participation_id = m.participation_id), 0) as "isLastWord",
           exists (select from messages twin where twin.participation_id = m.participation_id and twin.version = m.version
                   and twin.reminder_id is not distinct from m.reminder_id and twin.state in ('waiting', 'sending', 'sent')) as "isTwinUnderWay"
    from messages m where m.state in ('failed', 'uncertain') and m.state_at = ${instant(nowMs)}`)
  if (failed.length === 0) return
  const onList = new Set<number>()
  const ranks = new Set(failed.map(({ rdvId }) => (rankOf.get(rdvId) ?? 0) % ORGANISATIONS))
  await each([...ranks], async (rank) => {
    const place = placeOf(rank)
    const clerk = ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0), now: new Date(nowMs) })
    for (const { participationId } of (await listUntold(clerk)).untold) {
      onList.add(participationId)
      await tellOtherwise(clerk, { participationId })
    }
  })
  listed += onList.size
  forgotten.push(...failed.filter((one) => isOwed(one) && !one.isTwinUnderWay && !onList.has(one.participationId)))
}

/** The next moment at which anything is to be done. */
async function nextMs(happensMs: number): Promise<number> {
  const [row] = await db.execute<{ job: number | null; reminder: number | null }>(sql`
    select (select extract(epoch from min(run_at))::float8 * 1000 from graphile_worker._private_jobs) as job,
           (select extract(epoch from min(due_at))::float8 * 1000 from reminders where done_at is null) as reminder`)
  const next = Math.min(happensMs, row?.job ?? Infinity, row?.reminder ?? Infinity, ...putOff.map(({ atMs }) => atMs))
  return Math.max(nowMs + TICK_MS, next)
}

async function live() {
  const timeline = lives
    .flatMap((life) => life.happenings.map((happening) => ({ life, happening })))
    .sort((one, other) => one.happening.atMs - other.happening.atMs)
  let done = 0
  while (nowMs < UNTIL_MS + 10 * DAY_MS) {
    const happened = new Map<Life, Happening[]>()
    for (let next = timeline[done]; next && next.happening.atMs <= nowMs; next = timeline[done]) {
      happened.set(next.life, [...(happened.get(next.life) ?? []), next.happening])
      done += 1
    }
    await each([...happened], async ([life, happenings]) => {
      for (const happening of happenings) await happen(life, happening)
    })
    if (!isAway(nowMs)) await work()
    nowMs = await nextMs(timeline[done]?.happening.atMs ?? Infinity)
  }
}

/** What left, or was to: the message as it stands in the end, and the RDV as it was then. */
type Tried = Said & Sent & Phase

async function readTried(): Promise<{ tried: Tried[]; messages: readonly Sent[] }> {
  const messages = await db.execute<Sent>(sql`
    select key, news, channel, state, extract(epoch from previous_starts_at)::float8 * 1000 as "previousMs" from messages`)
  const messageOf = new Map(messages.map((row) => [row.key, row]))
  const tried = said.map((one) => {
    const phase = phaseAt(phases[one.rank] ?? [], one.atMs)
    const message = messageOf.get(one.key)
    if (!phase || !message) throw new Error('a message of nothing left')
    return { ...one, ...message, ...phase }
  })
  return { tried, messages }
}

function repeated(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  return keys.filter((key) => seen.has(key) || !seen.add(key))
}

const isAfterStart = ({ atMs, startMs, news, previousMs }: Tried): boolean =>
  startMs <= atMs && !(news === 'cancelled' && (previousMs ?? 0) > atMs)

/** Left outside the hours, though it could have waited and nobody asked for it themselves. */
function isAtNight({ rank, news, atMs, startMs, previousMs }: Tried): boolean {
  const isOfAgents = (phases[rank] ?? []).every(({ fromMs, byAgent: isByAgent }) => isByAgent || fromMs > atMs)
  const opensMs = opensFrom(atMs)
  const awaitedMs = Math.min(...[startMs, previousMs ?? 0].filter((ms) => ms > atMs))
  return (news === 'reminder' || isOfAgents) && opensMs > atMs && opensMs < awaitedMs
}

test(
  'thirty days of 10,000 RDVs: nothing after the start, nothing twice, nothing at night, and each failure in somebody’s hands',
  async () => {
    await live()
    const { tried, messages } = await readTried()
    const sent = tried.filter(({ fate }) => fate === 'sent' || fate === 'unknown')
    const reminders = tried.filter(({ news }) => news === 'reminder')
    const left = sent.filter(({ news }) => news === 'reminder')

    expect(tried.filter(isAfterStart)).toEqual([])
    expect(repeated(sent.map(({ key }) => key))).toEqual([])
    expect(repeated(left.map(({ rank, channel, previousMs }) => [rank, channel, previousMs].join()))).toEqual([])
    expect(reminders.filter(({ stands, startMs, previousMs }) => !stands || startMs !== previousMs)).toEqual([])
    expect(tried.filter(({ isMuted }) => isMuted)).toEqual([])
    expect(tried.filter(isAtNight)).toEqual([])
    expect(forgotten).toEqual([])
    expect(messages.filter(({ state }) => state === 'waiting' || state === 'sending')).toEqual([])

    const remindersOf = new Map<number, Tried[]>()
    for (const one of reminders) remindersOf.set(one.rank, [...(remindersOf.get(one.rank) ?? []), one])
    const wrong = lives.map(
      (life) =>
        [life.rank, whyNotReminded(life, phases[life.rank] ?? [], remindersOf.get(life.rank) ?? [], isAway)] as const,
    )
    expect(wrong.filter(([, why]) => why !== null)).toEqual([])
    expect(Math.min(left.length, listed)).toBeGreaterThan(RDVS / 50)
  },
  LIMIT_MS,
)
