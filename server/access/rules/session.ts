/** A session ends after this long without a request… */
const INACTIVITY_DAYS = 14
/** …and at the latest this long after it was opened. */
export const SESSION_DAYS = 30
/** The last request of a session is written down at most this often. */
const SEEN_EVERY_MIN = 5

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A super-admin's session: an hour without a request, half a day at most. */
const SUPER_INACTIVITY_MIN = 60
const SUPER_SESSION_HOURS = 12

export type SessionRow = { readonly seenAt: Date; readonly expiresAt: Date; readonly revokedAt: Date | null }
export type AgentState = {
  readonly email: string | null
  readonly activatedAt: Date | null
  readonly deletedAt: Date | null
}

/** Whether a session still opens the door at `now`. */
export function isLive(session: SessionRow, now: Date): boolean {
  const quietMs = now.getTime() - session.seenAt.getTime()
  return session.revokedAt === null && session.expiresAt > now && quietMs < INACTIVITY_DAYS * DAY_MS
}

/** The same for a super-admin's, which lasts less. */
export const isSuperLive = (session: SessionRow, now: Date): boolean =>
  isLive(session, now) && now.getTime() - session.seenAt.getTime() < SUPER_INACTIVITY_MIN * MINUTE_MS

export const superSessionExpiry = (openedAt: Date): Date =>
  new Date(openedAt.getTime() + SUPER_SESSION_HOURS * 60 * MINUTE_MS)

/** Sessions last seen before this are over. */
export const silentSince = (now: Date): Date => new Date(now.getTime() - INACTIVITY_DAYS * DAY_MS)

/** Whether the last request is old enough to be written down again. */
export const isWorthNoting = (session: SessionRow, now: Date): boolean =>
  now.getTime() - session.seenAt.getTime() >= SEEN_EVERY_MIN * MINUTE_MS

export const sessionExpiry = (openedAt: Date): Date => new Date(openedAt.getTime() + SESSION_DAYS * DAY_MS)

/** Whether an agent still works or administers somewhere: out of their last organisation, nothing is left to open (domain §7.2). */
export const hasPlace = (agent: { memberships: readonly unknown[]; administers: readonly unknown[] }): boolean =>
  agent.memberships.length + agent.administers.length > 0

const DEMO_DOMAIN = '@demo.rdv-territoires.example'

/** Whether this agent may be let in at all: activated, not deleted; demo accounts (public password) in the demo only. */
export function mayEnter(agent: AgentState, environment: string): boolean {
  if (agent.deletedAt !== null || agent.activatedAt === null) return false
  return environment === 'demo' || !agent.email?.endsWith(DEMO_DOMAIN)
}

/** Whether this super-admin may be let in at all; the demo's, whose password everybody knows, in the demo only. */
export const maySuperEnter = (person: { email: string; disabledAt: Date | null }, environment: string): boolean =>
  person.disabledAt === null && (environment === 'demo' || !person.email.endsWith(DEMO_DOMAIN))

export type LinkPurpose = 'sign-in' | 'reset-password' | 'invitation' | 'email-change'

/** How long a mailed link works: 15 minutes to sign in, 6 hours to choose a password, a week to join (domain §1.4). */
export const LINK_MIN = {
  'sign-in': 15,
  'reset-password': 360,
  invitation: 7 * 1440,
  'email-change': 1440,
} as const satisfies Record<LinkPurpose, number>

export const linkExpiry = (purpose: LinkPurpose, asked: Date): Date =>
  new Date(asked.getTime() + LINK_MIN[purpose] * MINUTE_MS)
