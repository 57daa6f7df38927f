import { and, desc, eq, ilike, not, or, sql, type SQL } from 'drizzle-orm'
import { agents, capturedMessages } from '@/db/schema'
import type { Actor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { capturedReading, type CapturedReading } from '../rules/captured'
import type { MessageFilter } from '../schema'

const PAGE_SIZE = 50

/** A space typed meets a no-break one too. */
const holding = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&').replace(/\s/g, '_')}%`

/** Whether this reader is not shown what a message says: it opens an account, and was for another's address. */
function maskedFor(reading: CapturedReading, actor: Actor): SQL<boolean> {
  if (reading === 'everything' || actor.kind !== 'agent') return sql<boolean>`false`
  const own = sql`(select ${agents.email} from ${agents} where ${agents.id} = ${actor.agentId})`
  return sql<boolean>`(${capturedMessages.opensAccount} and lower(${capturedMessages.recipient}) is distinct from ${own})`
}

/**
 * The last messages that would have been sent. In production there is no such page; who reads them elsewhere, and what of them,
 * `capturedReading` says. `isMasked`: what it says is kept from this reader, in the search too, and is null.
 */
export async function listCapturedMessages(ctx: Ctx, filter: MessageFilter) {
  const reading = capturedReading(env().APP_ENV, ctx.actor)
  if (reading === 'nothing') throw new AppError('not-found')
  const isMasked = maskedFor(reading, ctx.actor)
  const { channel, recipient, words } = filter
  return inRead(ctx, ({ db }) =>
    db
      .select({
        id: capturedMessages.id,
        channel: capturedMessages.channel,
        recipient: capturedMessages.recipient,
        sender: capturedMessages.sender,
        replyTo: capturedMessages.replyTo,
        subject: capturedMessages.subject,
        isMasked,
        text: sql<string | null>`case when not ${isMasked} then ${capturedMessages.text} end`,
        html: sql<string | null>`case when not ${isMasked} then ${capturedMessages.html} end`,
        hasCalendar: capturedMessages.hasCalendar,
        createdAt: capturedMessages.createdAt,
      })
      .from(capturedMessages)
      .where(
        and(
          channel === 'any' ? undefined : eq(capturedMessages.channel, channel),
          recipient === 'any' ? undefined : ilike(capturedMessages.recipient, holding(recipient)),
          words === 'any'
            ? undefined
            : or(
                ilike(capturedMessages.subject, holding(words)),
                and(not(isMasked), ilike(capturedMessages.text, holding(words))),
              ),
        ),
      )
      .orderBy(desc(capturedMessages.createdAt), desc(capturedMessages.id))
      .limit(PAGE_SIZE),
  )
}
