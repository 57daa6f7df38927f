import { eq } from 'drizzle-orm'
import { bookingDrafts, territories } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { demandsOf, type DraftErrors } from '../rules/draft'
import type { DraftView } from '../rules/tunnel'
import { DRAFT_FIELDS, tunnelSchema, type DraftAnswers, type DraftField, type TunnelQuery } from '../schema'
import { loadPlaced, recapOf } from './tunnel'

export type Draft = {
  id: string
  tunnel: TunnelQuery
  answers: DraftAnswers
  errors: DraftErrors
  rdvId: number | null
  expiresAt: Date
  territory: { id: number; zone: string; departmentNumber: string; maxOpenRdvsPerMotif: number }
}

/** A draft still alive, or null. */
export async function findDraft({ db, now }: ReadCtx, draftId: string): Promise<Draft | null> {
  const [row] = await db
    .select({
      id: bookingDrafts.id,
      answers: bookingDrafts.answers,
      errors: bookingDrafts.errors,
      rdvId: bookingDrafts.rdvId,
      expiresAt: bookingDrafts.expiresAt,
      territoryId: territories.id,
      zone: territories.zone,
      departmentNumber: territories.departmentNumber,
      maxOpenRdvsPerMotif: territories.maxOpenRdvsPerMotif,
    })
    .from(bookingDrafts)
    .innerJoin(territories, eq(territories.id, bookingDrafts.territoryId))
    .where(eq(bookingDrafts.id, draftId))
  if (!row || row.expiresAt <= now) return null
  const { territoryId, zone, departmentNumber, maxOpenRdvsPerMotif, answers, errors, ...draft } = row
  const fields = DRAFT_FIELDS.flatMap((field): [DraftField, string][] => {
    const typed = answers[field]
    return typed === undefined ? [] : [[field, typed]]
  })
  return {
    ...draft,
    tunnel: tunnelSchema.parse(answers),
    answers: Object.fromEntries(fields),
    errors: errors,
    territory: { id: territoryId, zone, departmentNumber, maxOpenRdvsPerMotif },
  }
}

/** What the coordinates and check steps show again. Throws `not-found` once expired. */
export const getDraft = (ctx: Ctx, { draftId }: { draftId: string }): Promise<DraftView<DraftField>> =>
  inRead(ctx, async (read) => {
    const draft = found(await findDraft(read, draftId))
    const tunnel = await loadPlaced(read, draft.tunnel)
    const motif = found(tunnel.chosen[0])
    return {
      draftId,
      answers: draft.answers,
      errors: draft.errors,
      demands: demandsOf(motif),
      recap: recapOf(tunnel, tunnel.place, draft.tunnel.creneau ?? null),
      isBooked: draft.rdvId !== null,
      expiresAt: draft.expiresAt,
    }
  })
