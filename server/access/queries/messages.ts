import { and, desc, eq, ilike, or } from 'drizzle-orm'
import { capturedMessages } from '@/db/schema'
import { AppError } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import type { MessageFilter } from '../schema'

const PAGE_SIZE = 50

/** A space typed meets a no-break one too. */
const holding = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&').replace(/\s/g, '_')}%`

/**
 * The last messages that would have been sent. In production there is no such page; on a recette, where real agents have
 * accounts, only an agent may read the links meant for others, and in person.
 */
export async function listCapturedMessages(ctx: Ctx, filter: MessageFilter) {
  const { APP_ENV } = env()
  const isOpen =
    APP_ENV !== 'production' && (APP_ENV !== 'recette' || (ctx.actor.kind === 'agent' && !ctx.actor.impersonation))
  if (!isOpen) throw new AppError('not-found')
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
        text: capturedMessages.text,
        html: capturedMessages.html,
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
            : or(ilike(capturedMessages.subject, holding(words)), ilike(capturedMessages.text, holding(words))),
        ),
      )
      .orderBy(desc(capturedMessages.createdAt), desc(capturedMessages.id))
      .limit(PAGE_SIZE),
  )
}
