import { eq } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import { certain, done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parseOnlinePhone } from '@/server/platform/phone'
import { wallClock } from '@/server/scheduling/rules/civil'
import { loadPlaced } from '../queries/tunnel'
import { demandsOf, judgeDraft } from '../rules/draft'
import type { DraftAnswers, TunnelQuery } from '../schema'
import { keptText, pickTunnel } from '../schema'

/** How long a tunnel may stay unconfirmed. */
const DRAFT_MIN = 60

export type SaveDraft = { draftId?: string | undefined; tunnel: TunnelQuery; answers: DraftAnswers }

/**
 * Keeps what was typed, right or wrong, so that the page re-renders it all: nothing typed is ever lost, and no name
 * or phone ever stands in a URL. Throws `not-found` when the motif is not open here.
 */
export async function saveDraft(ctx: Ctx, input: SaveDraft): Promise<{ draftId: string; isValid: boolean }> {
  await consume(ctx, LIMITS.draftsPerAddress, ctx.clientAddress)
  const tunnel = await inRead(ctx, (read) => loadPlaced(read, input.tunnel))
  const motif = found(tunnel.chosen[0])
  const today = wallClock(tunnel.territory.zone, ctx.now.getTime()).onDay
  const judged = judgeDraft(input.answers, demandsOf(motif), today, parseOnlinePhone)
  const values = {
    territoryId: motif.territoryId,
    answers: { ...pickTunnel(input.tunnel), ...kept(input.answers) },
    errors: judged.ok ? {} : { ...judged.errors },
    expiresAt: new Date(ctx.now.getTime() + DRAFT_MIN * 60_000),
  }
  const saved = await inTransaction<{ draftId: string; isValid: boolean }, never>(ctx, async ({ db }) => {
    const draft = input.draftId === undefined ? null : await findOpen(input.draftId)
    if (draft) {
      await db.update(bookingDrafts).set(values).where(eq(bookingDrafts.id, draft.id))
      return done({ draftId: draft.id, isValid: judged.ok })
    }
    const [created] = await db.insert(bookingDrafts).values(values).returning({ id: bookingDrafts.id })
    return done({ draftId: found(created).id, isValid: judged.ok })

    /** A draft already booked is closed: typing again begins another. */
    async function findOpen(id: string) {
      const [row] = await db
        .select({ id: bookingDrafts.id, rdvId: bookingDrafts.rdvId, expiresAt: bookingDrafts.expiresAt })
        .from(bookingDrafts)
        .where(eq(bookingDrafts.id, id))
        .for('update')
      return row && row.rdvId === null && row.expiresAt > ctx.now ? row : null
    }
  })
  return certain(saved)
}

const kept = (answers: DraftAnswers): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).map(([field, text]) => [field, keptText(text)]))
