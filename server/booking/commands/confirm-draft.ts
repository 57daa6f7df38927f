import { eq } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { hasInstructions } from '@/server/directory/rules/motif'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parseOnlinePhone } from '@/server/platform/phone'
import { wallClock } from '@/server/scheduling/rules/civil'
import { findBookingByKey } from '../queries/bookings'
import { findDraft } from '../queries/drafts'
import { loadPlaced } from '../queries/tunnel'
import { demandsOf, judgeDraft } from '../rules/draft'
import type { BookRefusal } from '../rules/tunnel'
import { bookSlot, type BookSlot } from './book-slot'
import { joinSession } from './join-session'

export type ConfirmDraft = { draftId: string; shownStart?: Date | undefined }
type Confirmed = Outcome<{ draftId: string }, BookRefusal>

/**
 * The last button of the tunnel: judges the draft again, then books. Pressed twice, it books once. Another time chosen
 * since, in another tab or after booking, is a new question: never a silent confirmation of the old one.
 */
export async function confirmDraft(ctx: Ctx, { draftId, shownStart }: ConfirmDraft): Promise<Confirmed> {
  const question = await inRead(ctx, (read) => readQuestion(read, draftId))
  if (!question.ok) return question
  if (question.value === 'already-booked') return done({ draftId })
  const { input, isCollective } = question.value
  if (shownStart && shownStart.getTime() !== input.startAt.getTime()) return refused('draft-changed')
  await limit(ctx, input)
  const booked = isCollective ? await joinSession(ctx, input) : await bookSlot(ctx, input)
  if (!booked.ok) return booked
  await inTransaction(ctx, async ({ db }) => {
    await db.update(bookingDrafts).set({ rdvId: booked.value.rdvId }).where(eq(bookingDrafts.id, draftId))
    return done(null)
  })
  return done({ draftId })
}

type Question = { input: BookSlot; isCollective: boolean }

async function readQuestion(
  read: ReadCtx,
  draftId: string,
): Promise<Outcome<Question | 'already-booked', BookRefusal>> {
  const draft = await findDraft(read, draftId)
  if (!draft) return refused('draft-expired')
  const { creneau } = draft.tunnel
  if (draft.rdvId !== null) {
    const mine = await findBookingByKey(read, draftId)
    return mine?.startMs === creneau?.getTime() ? done('already-booked') : refused('booked-otherwise')
  }
  const tunnel = await loadPlaced(read, draft.tunnel)
  const [motif] = tunnel.chosen
  if (!motif) return refused('motif-closed')
  if (hasInstructions(motif) && draft.tunnel.consignes !== 'lues') return refused('instructions-unread')
  const today = wallClock(draft.territory.zone, read.now.getTime()).onDay
  const judged = judgeDraft(draft.answers, demandsOf(motif), today, parseOnlinePhone)
  if (!judged.ok || !tunnel.place || !creneau) return refused('draft-incomplete')
  const lieuId = tunnel.place.kind === 'lieu' ? tunnel.place.id : null
  const input = {
    bookingKey: draft.id,
    territory: draft.territory,
    motifIds: tunnel.chosen.map(({ id }) => id),
    choiceMotifIds: tunnel.choice.map(({ id }) => id),
    lieuId,
    startAt: creneau,
    coordinates: judged.coordinates,
  }
  return done({ isCollective: motif.isCollective, input })
}

/** Per contact and motif first: carriers and offices share one address. */
async function limit(ctx: Ctx, { coordinates: { person }, choiceMotifIds }: BookSlot): Promise<void> {
  await consume(ctx, LIMITS.bookingsPerContact, person.phone?.e164 ?? null)
  await consume(ctx, LIMITS.bookingsPerContact, person.email)
  await consume(ctx, LIMITS.bookingsPerAddress, ctx.clientAddress)
  await consume(ctx, LIMITS.bookingsPerMotif, choiceMotifIds.length > 0 ? `motif|${choiceMotifIds.join(',')}` : null)
}
