import { createRandom } from '@/db/seed/random'
import { instantMs } from '@/server/scheduling/rules/civil'

const ZONE = 'Europe/Paris'
export const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000]
/** Thirty days, with the change to summer time among them. */
export const FROM_MS = instantMs(ZONE, '2040-03-05', 0)
/** The clock of the simulation goes no slower. */
export const TICK_MS = 10 * MINUTE_MS
export const UNTIL_MS = instantMs(ZONE, '2040-04-04', 0)

/** One thing that happens to an RDV, and who does it. */
export type Happening = { atMs: number; byAgent: boolean } & (
  { kind: 'booked' | 'moved'; startMs: number } | { kind: 'cancelled' | 'restored' | 'seen' | 'noshow' | 'muted' }
)

/** An RDV and its person: how they are reached, what their servers do, and all that happens. */
export type Life = {
  rank: number
  hasMail: boolean
  hasMobile: boolean
  refusesMail: boolean
  refusesSms: boolean
  notifiesLifecycle: boolean
  notifiesReminder: boolean
  isShown: boolean
  happenings: readonly Happening[]
}

const SUNDAY = 7
const weekdayOfMs = (ms: number) => ((Math.floor(ms / DAY_MS) + 3) % 7) + 1

/** A quarter of an hour in the daytime, Monday to Saturday, so many days after the first. */
function startOn(random: ReturnType<typeof createRandom>, firstDay: number, lastDay: number): number {
  for (;;) {
    const dayMs = FROM_MS + random.int(firstDay, lastDay) * DAY_MS
    if (weekdayOfMs(dayMs + 12 * HOUR_MS) === SUNDAY) continue
    return dayMs + random.int(34, 72) * 15 * MINUTE_MS
  }
}

const LEADS_MS = [
  [[20 * MINUTE_MS, 3 * HOUR_MS], 10],
  [[3 * HOUR_MS, DAY_MS], 20],
  [[DAY_MS, 3 * DAY_MS], 30],
  [[3 * DAY_MS, 20 * DAY_MS], 40],
] as const

type Fate = 'kept' | 'moved' | 'moved-twice' | 'back' | 'cancelled' | 'undone' | 'restored' | 'came-early' | 'past'
const FATES: readonly (readonly [Fate, number])[] = [
  ['kept', 55],
  ['moved', 14],
  ['moved-twice', 4],
  ['back', 5],
  ['cancelled', 13],
  ['undone', 3],
  ['restored', 3],
  ['came-early', 2],
  ['past', 1],
]

/** The same life for the same rank, whatever the order things are done in. */
export function lifeOf(seed: number, rank: number): Life {
  const random = createRandom(seed * 100_003 + rank)
  const startMs = startOn(random, 0, 31)
  const [shortest, longest] = random.weighted(LEADS_MS)
  const wantedMs = startMs - random.int(shortest / MINUTE_MS, longest / MINUTE_MS) * MINUTE_MS
  const bookedMs = Math.max(wantedMs, FROM_MS + random.int(0, 6 * 60) * MINUTE_MS)
  const ahead = bookedMs < startMs - 5 * MINUTE_MS ? startMs : bookedMs + 3 * DAY_MS
  const [hasMail, hasMobile] = random.weighted([
    [[true, true], 24],
    [[false, true], 54],
    [[true, false], 20],
    [[false, false], 2],
  ] as const)
  const booked = { kind: 'booked', atMs: bookedMs, byAgent: random.chance(0.5), startMs: ahead } as const
  return {
    ...{ rank, hasMail, hasMobile, refusesMail: random.chance(0.03), refusesSms: random.chance(0.03) },
    ...{
      notifiesLifecycle: !random.chance(0.02),
      notifiesReminder: !random.chance(0.02),
      isShown: !random.chance(0.01),
    },
    happenings: [booked, ...after(random, bookedMs, ahead)].sort((a, b) => a.atMs - b.atMs),
  }
}

function after(random: ReturnType<typeof createRandom>, bookedMs: number, startMs: number): Happening[] {
  const between = (fromMs: number, toMs: number) =>
    fromMs + random.int(1, Math.max(1, Math.floor((toMs - fromMs) / 1000) - 1)) * 1000
  const atMs = between(bookedMs, startMs)
  const byAgent = random.chance(0.5)
  const soonMs = atMs + random.int(10, 60) * 1000
  const elsewhere = (fromMs: number) =>
    random.chance(0.2) ? fromMs + random.int(20, 180) * MINUTE_MS : fromMs + random.int(1, 9 * 24 * 4) * 15 * MINUTE_MS
  const moved = (when: number, to: number) => ({ kind: 'moved', atMs: when, byAgent: true, startMs: to }) as const
  const is = (kind: 'cancelled' | 'restored' | 'seen' | 'noshow' | 'muted', when: number, agent = true) =>
    ({ kind, atMs: when, byAgent: agent }) as const
  const mute = random.chance(0.03) ? [is('muted', between(bookedMs, startMs))] : []
  const afterwards = (begins: number) =>
    random.chance(0.2) ? [is(random.pick(['seen', 'noshow'] as const), begins + random.int(5, 2000) * MINUTE_MS)] : []
  const first = elsewhere(atMs)
  switch (random.weighted(FATES)) {
    case 'kept':
      return [...mute, ...afterwards(startMs)]
    case 'moved':
      return [moved(atMs, first), ...mute, ...afterwards(first)]
    case 'moved-twice': {
      const againMs = between(atMs, first)
      return [moved(atMs, first), moved(againMs, elsewhere(againMs))]
    }
    case 'back':
      return soonMs < startMs ? [moved(atMs, first), moved(soonMs, startMs), ...afterwards(startMs)] : []
    case 'cancelled':
      return [is('cancelled', atMs, byAgent), ...mute]
    case 'undone':
      return soonMs < startMs ? [is('cancelled', atMs), is('restored', soonMs)] : [is('cancelled', atMs)]
    case 'restored':
      return [is('cancelled', atMs), is('restored', between(atMs, startMs))]
    case 'came-early':
      return startMs - atMs < 8 * HOUR_MS ? [moved(atMs, atMs - 5 * MINUTE_MS), is('seen', atMs + MINUTE_MS)] : []
    case 'past':
      return [moved(atMs, atMs - 2 * DAY_MS)]
  }
}

/** An RDV from a moment on: when it starts, whether it stands, who made it so. */
export type Phase = { fromMs: number; startMs: number; stands: boolean; isMuted: boolean; byAgent: boolean }

/** What an RDV was, in the order it was so. */
export function phasesOf({ happenings }: Life): Phase[] {
  const phases: Phase[] = []
  for (const happening of happenings) {
    const last = phases.at(-1) ?? { startMs: 0, stands: true, isMuted: false, byAgent: false, fromMs: 0 }
    const { kind, atMs: fromMs, byAgent } = happening
    if (kind === 'muted') phases.push({ ...last, fromMs, isMuted: true })
    else {
      const startMs = 'startMs' in happening ? happening.startMs : last.startMs
      const stands = kind === 'cancelled' ? false : kind === 'restored' || kind === 'booked' ? true : last.stands
      phases.push({ ...last, fromMs, startMs, stands, byAgent })
    }
  }
  return phases
}

export const phaseAt = (phases: readonly Phase[], atMs: number): Phase | undefined =>
  phases.findLast(({ fromMs }) => fromMs <= atMs)

/** Of 2040. */
const EASTER_MONDAY = '02/04'
const OPEN_MIN = { from: 8 * 60, until: 20 * 60 }

/** The next instant at which the hours of a territory are open (Monday to Saturday, from 8 to 20, and not on Easter Monday): the plain way. */
export const opensFrom = (ms: number): number => openBy(ms, 1)

/** An hour before the hours closed last. */
const lastCallBefore = (ms: number): number => openBy(ms, -1) + MINUTE_MS - HOUR_MS

function openBy(ms: number, step: 1 | -1): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    day: '2-digit',
    month: '2-digit',
  })
  for (let at = ms; ; at = (Math.floor(at / MINUTE_MS) + step) * MINUTE_MS) {
    const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
    const minute = Number(parts.hour) * 60 + Number(parts.minute)
    const isClosed = parts.weekday === 'Sun' || `${String(parts.day)}/${String(parts.month)}` === EASTER_MONDAY
    if (!isClosed && minute >= OPEN_MIN.from && minute < OPEN_MIN.until) return at
  }
}

/** People are told so long after what happens. */
export const TOLD_AFTER_MS = 500
const SETTLING_MS = 2 * MINUTE_MS
const FRESH_MS = 12 * HOUR_MS
const LEADS_HOURS = [48, 24]

/** When what is told at some moment leaves: at once of what its person did, or when there is no time to wait; else in the hours. */
function leavesFrom(ms: number, { byAgent }: Phase, awaitedMs: readonly number[]): number {
  const opensMs = opensFrom(ms)
  return byAgent && opensMs < Math.min(...awaitedMs.filter((at) => at > ms)) ? opensMs : ms
}

/** When what told its person of the last of these phases left; null when it told them nothing, as they knew it. */
function heardAt(phases: readonly Phase[]): number | null {
  let [known, pending]: [Phase | null, { phase: Phase; leavesMs: number } | null] = [null, null]
  let heardMs: number | null = null
  for (const [index, phase] of phases.entries()) {
    const saidMs = phase.fromMs + (index === 0 ? 0 : SETTLING_MS)
    const next = phases[index + 1]
    if (index > 0 && next && next.fromMs < saidMs) continue
    if (pending && saidMs >= pending.leavesMs) known = pending.phase
    const base: Phase | null = known
    const isKnown = base ? base.stands === phase.stands && base.startMs === phase.startMs : !phase.stands
    if (isKnown) {
      heardMs = pending && saidMs < pending.leavesMs ? null : heardMs
      pending = null
    } else {
      heardMs = leavesFrom(saidMs, phase, [phase.startMs, base?.startMs ?? Infinity])
      pending = { phase, leavesMs: heardMs }
    }
  }
  return heardMs
}

const freshness = ({ startMs, fromMs }: Phase): number[] =>
  LEADS_HOURS.map((hours) => startMs - hours * HOUR_MS - fromMs)

/** Whether it hangs on the half second within which people are told. */
const isOnTheBrink = (phase: Phase): boolean => freshness(phase).some((ms) => Math.abs(ms - FRESH_MS) <= TOLD_AFTER_MS)

/** Without what was undone within two minutes: nobody heard of it, and it is as if nothing had happened. */
function lasting(phases: readonly Phase[]): Phase[] {
  const kept: Phase[] = []
  for (const phase of phases) {
    const [before, last] = [kept.at(-2), kept.at(-1)]
    const isUndone = before && last && phase.fromMs - last.fromMs < SETTLING_MS
    if (isUndone && before.startMs === phase.startMs && before.stands === phase.stands) kept.pop()
    else kept.push(phase)
  }
  return kept
}

/**
 * When its person is to be reminded of an RDV that stands at its start, from the last that was done to it, and from when they
 * heard of that; null for never.
 */
function remindedAt(phase: Phase, heardMs: number | null): number | null {
  const inHours = (ms: number, toldMs: number) => {
    const [opensMs, lastMs] = [opensFrom(ms), lastCallBefore(ms)]
    if (opensMs === ms || phase.startMs - opensMs >= FRESH_MS) return opensMs
    if (lastMs - toldMs >= FRESH_MS) return lastMs
    return opensMs < phase.startMs ? opensMs : ms
  }
  const fresh = freshness(phase).find((ms) => ms >= FRESH_MS)
  if (fresh === undefined) return null
  const dueMs = inHours(phase.fromMs + fresh, phase.fromMs)
  if (heardMs === null || dueMs - heardMs >= FRESH_MS) return dueMs
  const laterMs = phase.startMs - 24 * HOUR_MS
  return laterMs - heardMs >= FRESH_MS ? inHours(laterMs, heardMs) : null
}

/** What is wrong with the reminder of an RDV that stood at its start; null when it came in time, or rightly did not. */
export function whyNotReminded(
  life: Life,
  theirs: readonly Phase[],
  given: readonly { atMs: number; previousMs: number | null }[],
  isAway: (ms: number) => boolean,
): string | null {
  const begun = theirs.findLast(({ startMs, fromMs }) => fromMs < startMs)
  const done = lasting(theirs.filter(({ fromMs }) => !isOnlyMuting(life, fromMs)))
  const decided = done.findLast(({ fromMs }) => fromMs <= (begun?.fromMs ?? 0))
  if (
    !begun?.stands ||
    !decided ||
    phaseAt(theirs, begun.startMs)?.startMs !== begun.startMs ||
    decided.startMs >= UNTIL_MS
  )
    return null
  if (isOnTheBrink(decided)) return null
  const changes = done.filter(({ fromMs }) => fromMs <= decided.fromMs)
  const [heardMs, before] = [heardAt(changes), changes.at(-2)]
  // Had a server put off what told of this change, or of the one before, it left later, or nobody had heard of that.
  const isClose = before !== undefined && decided.fromMs - before.fromMs < 10 * HOUR_MS
  const lateMs = opensFrom(decided.fromMs + 4 * HOUR_MS)
  const otherwise = [lateMs, ...(isClose ? [null, decided.fromMs] : [])]
  const told = life.notifiesLifecycle ? [heardMs, ...otherwise] : [null]
  const whys = told.map((ms) => whyNotAt(remindedAt(decided, ms)))
  if (whys.includes(null)) return null
  // Moved away and back before anybody heard of it, it is still reminded of as it was to be.
  const asBefore = changes.flatMap((phase, index) =>
    phase.startMs === decided.startMs && phase.stands ? [remindedAt(phase, heardAt(changes.slice(0, index + 1)))] : [],
  )
  const isAsBefore = asBefore.some((dueMs) => dueMs !== null && whyNotAt(dueMs) === null)
  return given.length > 0 && isAsBefore ? null : (whys[0] ?? null)

  function whyNotAt(dueMs: number | null): string | null {
    const first = decided && given.find(({ previousMs }) => previousMs === decided.startMs)
    if (!decided || dueMs === null) return first && decided && first.atMs > decided.fromMs ? 'for nothing' : null
    const isMuted = theirs.some(({ isMuted: now, fromMs }) => now && fromMs <= dueMs + TICK_MS)
    if (isMuted || !life.isShown || !life.notifiesReminder || !(life.hasMail || life.hasMobile)) return null
    if (!first) return 'not at all'
    if (first.atMs < decided.fromMs) return null
    // The worker comes by now and then, and is away for hours: what closed meanwhile opens again.
    const lastMs = opensFrom(dueMs + TICK_MS + (isAway(dueMs) ? 8 * HOUR_MS : 0)) + TICK_MS
    return first.atMs >= dueMs && first.atMs <= lastMs ? null : 'not in time'
  }
}
const isOnlyMuting = ({ happenings }: Life, ms: number) =>
  happenings.some(({ kind, atMs }) => kind === 'muted' && atMs === ms)
