import { eq } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parsePhone } from '@/server/platform/phone'
import { wallClock } from '@/server/scheduling/rules/civil'
import { findDraft, type Draft } from '../queries/drafts'
import { loadPlace, loadTunnel } from '../queries/tunnel'
import { demandsOf, judgeDraft, type Coordinates } from '../rules/draft'
import type { BookRefusal } from '../rules/tunnel'
import { bookSlot, type BookSlot } from './book-slot'
import { joinSession } from './join-session'

type Question = { input: BookSlot; isCollective: boolean }

/** The last button of the tunnel: judges the draft again, then books. Pressed twice, it books once. */
export async function confirmDraft(
  ctx: Ctx,
  { draftId }: { draftId: string },
): Promise<Outcome<{ draftId: string }, BookRefusal>> {
  const question = await inRead(ctx, async (read) => {
    const draft = await findDraft(read, draftId)
    if (!draft) return refused('draft-expired')
    if (draft.rdvId !== null) return done(null)
    const tunnel = await loadTunnel(read, draft.tunnel)
    const place = await loadPlace(read, tunnel, draft.tunnel)
    const motifs =
      place?.kind === 'organisation'
        ? tunnel.chosen.filter((motif) => motif.organisationId === place.id)
        : tunnel.chosen
    const [motif] = motifs
    if (!motif) return refused('motif-closed')
    const today = wallClock(draft.territory.zone, ctx.now.getTime()).onDay
    const judged = judgeDraft(draft.answers, demandsOf(motif), today, parsePhone)
    if (!judged.ok || !place || !draft.tunnel.creneau) return refused('draft-incomplete')
    const lieuId = place.kind === 'lieu' ? place.id : null
    return done({
      isCollective: motif.isCollective,
      input: inputOf(
        draft,
        motifs.map(({ id }) => id),
        lieuId,
        draft.tunnel.creneau,
        judged.coordinates,
      ),
    } satisfies Question)
  })
  if (!question.ok) return question
  if (question.value === null) return done({ draftId })
  const { input, isCollective } = question.value
  await limit(ctx, input)
  const booked = isCollective ? await joinSession(ctx, input) : await bookSlot(ctx, input)
  if (!booked.ok) return booked
  await inTransaction(ctx, async ({ db }) => {
    await db.update(bookingDrafts).set({ rdvId: booked.value.rdvId }).where(eq(bookingDrafts.id, draftId))
    return done(null)
  })
  return done({ draftId })
}

const inputOf = (
  draft: Draft,
  motifIds: number[],
  lieuId: number | null,
  startAt: Date,
  coordinates: Coordinates,
): BookSlot => ({
  bookingKey: draft.id,
  territory: draft.territory,
  motifIds,
  lieuId,
  startAt,
  coordinates,
})

/** Per contact and motif first: carriers and offices share one address. */
async function limit(ctx: Ctx, { coordinates: { person }, motifIds }: BookSlot): Promise<void> {
  await consume(ctx, LIMITS.bookingsPerContact, person.phone?.e164 ?? null)
  await consume(ctx, LIMITS.bookingsPerContact, person.email)
  await consume(ctx, LIMITS.bookingsPerAddress, ctx.clientAddress)
  await consume(ctx, LIMITS.bookingsPerMotif, motifIds.length > 0 ? `motif|${motifIds.join(',')}` : null)
}
