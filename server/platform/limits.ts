import { sql } from 'drizzle-orm'
import { AppError } from '@/server/kernel/errors'
import { inTransaction, type Ctx } from './ctx'
import { done, refused } from '@/server/kernel/outcome'
import { instantSql } from './sql'
import { keyedHash } from './tokens'

/** At most `points` in `durationSec`, counted in a fixed window from the first one, for all processes together. */
export type Limit = { readonly name: string; readonly points: number; readonly durationSec: number }

export const LIMITS = {
  draftsPerAddress: { name: 'draft-address', points: 60, durationSec: 600 },
  bookingsPerContact: { name: 'booking-contact', points: 10, durationSec: 3600 },
  bookingsPerAddress: { name: 'booking-address', points: 60, durationSec: 3600 },
  bookingsPerMotif: { name: 'booking-motif', points: 3000, durationSec: 600 },
  linksPerAddress: { name: 'link-address', points: 60, durationSec: 600 },
  signInsPerEmail: { name: 'sign-in-email', points: 8, durationSec: 900 },
  signInsPerEmailAnywhere: { name: 'sign-in-email-anywhere', points: 100, durationSec: 900 },
  signInsPerAddress: { name: 'sign-in-address', points: 60, durationSec: 900 },
  codesPerAccount: { name: 'code-account', points: 6, durationSec: 900 },
  superSignInsPerAddress: { name: 'super-sign-in-address', points: 20, durationSec: 900 },
  loginMailsPerEmail: { name: 'login-mail-email', points: 4, durationSec: 3600 },
  challengesPerContact: { name: 'challenge-contact', points: 4, durationSec: 3600 },
  /** All that leaves in a day for one contact, whoever asks: each SMS is paid for. */
  challengesPerContactADay: { name: 'challenge-contact-day', points: 20, durationSec: 86_400 },
  /** Of those, what one address may use up: half of them are left to the contact's owner, wherever they ask from. */
  challengesPerAsker: { name: 'challenge-asker', points: 10, durationSec: 86_400 },
  challengesPerAddress: { name: 'challenge-address', points: 30, durationSec: 3600 },
  challengesPerAccount: { name: 'challenge-account', points: 5, durationSec: 86_400 },
  codesTriedPerAddress: { name: 'code-tried-address', points: 60, durationSec: 900 },
  namesPerContact: { name: 'name-contact', points: 6, durationSec: 3600 },
  invitationsPerAgent: { name: 'invitation-agent', points: 60, durationSec: 3600 },
  peopleSearchesPerAgent: { name: 'people-search-agent', points: 1000, durationSec: 3600 },
  maskedFilesPerAgent: { name: 'masked-files-agent', points: 200, durationSec: 3600 },
  filesReceivedPerAgent: { name: 'files-received-agent', points: 60, durationSec: 3600 },
  smsReceiptsPerGateway: { name: 'sms-receipt-gateway', points: 20_000, durationSec: 600 },
  smsRepliesPerGateway: { name: 'sms-reply-gateway', points: 3000, durationSec: 600 },
  mailsTaken: { name: 'mail-taken', points: 6000, durationSec: 600 },
  mailsPerMessage: { name: 'mail-message', points: 60, durationSec: 3600 },
  mailRepliesPerPerson: { name: 'mail-reply-person', points: 20, durationSec: 3600 },
  mailsToSupport: { name: 'mail-support', points: 60, durationSec: 3600 },
  convocationsPerAgent: { name: 'convocation-agent', points: 120, durationSec: 600 },
  smsTrialsPerTerritory: { name: 'sms-trial-territory', points: 20, durationSec: 3600 },
  searchesPerAddress: { name: 'search-address', points: 600, durationSec: 60 },
} as const satisfies Record<string, Limit>

const keyOf = ({ name }: Limit, value: string): string => `${name}:${keyedHash(value)}`

type Counted = { points: number; wait: number }

/** Counts one more (or `points`), refusing nobody. Null when there is nobody to count for. */
export async function count(ctx: Ctx, limit: Limit, value: string | null, points = 1): Promise<Counted | null> {
  if (value === null) return null
  const now = instantSql(ctx.now)
  const outcome = await inTransaction<Counted, 'no-row'>(ctx, async (tx) => {
    const [row] = await tx.db.execute<Counted>(sql`
      insert into rate_limits as r (key, points, expires_at)
      values (${keyOf(limit, value)}, ${points}, ${now} + make_interval(secs => ${limit.durationSec}))
      on conflict (key) do update set
        points = case when r.expires_at <= ${now} then excluded.points else r.points + excluded.points end,
        expires_at = case when r.expires_at <= ${now} then excluded.expires_at else r.expires_at end
      returning points, ceil(extract(epoch from expires_at - ${now}))::integer as wait`)
    return row ? done(row) : refused('no-row')
  })
  return outcome.ok ? outcome.value : null
}

/**
 * Counts one more (or `points`) against `limit` for whom `value` designates (a phone, an e-mail, an address: only its keyed hash
 * is kept). Throws `rate-limited` above it. Counts even when the request fails later: it is not part of its transaction.
 */
export async function consume(ctx: Ctx, limit: Limit, value: string | null, points = 1): Promise<void> {
  const counted = await count(ctx, limit, value, points)
  if (counted && counted.points > limit.points) throw new AppError('rate-limited', { retryInSec: counted.wait })
}

/** Takes one back: what was asked did not happen, by no fault of theirs. */
export async function giveBack(ctx: Ctx, limit: Limit, value: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.db.execute(sql`
      update rate_limits set points = greatest(points - 1, 0)
      where key = ${keyOf(limit, value)} and expires_at > ${instantSql(ctx.now)}`)
    return done(null)
  })
}
