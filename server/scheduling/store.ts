import { and, eq, isNull } from 'drizzle-orm'
import { absences, openingExceptions, openingMotifs, openings } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { AbsenceKind, AbsenceSpan } from './rules/absence'
import type { OpeningValues } from './rules/opening'
import { lastDayOf } from './rules/series'

type AbsenceValues = AbsenceSpan & { zone: string; kind: AbsenceKind; title: string }

const valuesOf = (absence: AbsenceValues) => ({
  zone: absence.zone,
  kind: absence.kind,
  title: absence.title,
  firstDay: absence.firstDay,
  startMin: absence.startMin,
  lastDay: absence.lastDay,
  endMin: absence.endMin,
  endsOn: absence.lastDay,
})

export async function insertAbsence(tx: TxCtx, agentId: number, absence: AbsenceValues): Promise<number> {
  const [row] = await tx.db
    .insert(absences)
    .values({ agentId, ...valuesOf(absence) })
    .returning({ id: absences.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** One that happens once; false when it is no more, is somebody else's, or repeats. */
export async function updateAbsence(
  tx: TxCtx,
  { absenceId, agentId }: { absenceId: number; agentId: number },
  absence: AbsenceValues,
): Promise<boolean> {
  const rows = await tx.db
    .update(absences)
    .set(valuesOf(absence))
    .where(and(eq(absences.id, absenceId), eq(absences.agentId, agentId), isNull(absences.rrule)))
    .returning({ id: absences.id })
  return rows.length === 1
}

export async function deleteAbsence(tx: TxCtx, absenceId: number): Promise<void> {
  await tx.db.delete(absences).where(eq(absences.id, absenceId))
}

const openingValuesOf = (opening: OpeningValues) => ({
  territoryId: opening.territoryId,
  organisationId: opening.organisationId,
  agentId: opening.agentId,
  lieuId: opening.lieuId,
  title: opening.title,
  firstDay: opening.firstDay,
  startMin: opening.startMin,
  endMin: opening.endMin,
  rrule: opening.rrule,
  lastDay: lastDayOf(opening),
  onHolidays: opening.onHolidays,
})

export async function insertOpening(tx: TxCtx, opening: OpeningValues): Promise<number> {
  const [row] = await tx.db.insert(openings).values(openingValuesOf(opening)).returning({ id: openings.id })
  if (!row) throw new Error('insert returned no row')
  await insertOpeningParts(tx, row.id, opening)
  return row.id
}

/** From the version seen only: false when somebody was faster. */
export async function updateOpening(
  tx: TxCtx,
  { id, version }: { id: number; version: number },
  opening: OpeningValues,
): Promise<boolean> {
  // Its motifs stand behind the wall of its territory, which may change.
  await tx.db.delete(openingMotifs).where(eq(openingMotifs.openingId, id))
  await tx.db.delete(openingExceptions).where(eq(openingExceptions.openingId, id))
  const rows = await tx.db
    .update(openings)
    .set({ ...openingValuesOf(opening), version: version + 1 })
    .where(and(eq(openings.id, id), eq(openings.version, version)))
    .returning({ id: openings.id })
  if (rows.length === 0) return false
  await insertOpeningParts(tx, id, opening)
  return true
}

async function insertOpeningParts(
  tx: TxCtx,
  openingId: number,
  { territoryId, motifIds, exceptions }: OpeningValues,
): Promise<void> {
  await tx.db.insert(openingMotifs).values(motifIds.map((motifId) => ({ territoryId, openingId, motifId })))
  if (exceptions.length === 0) return
  const rows = exceptions.map((one) =>
    one.kind === 'cancelled'
      ? { openingId, onDay: one.onDay, kind: one.kind }
      : { openingId, onDay: one.onDay, kind: one.kind, toDay: one.toDay, startMin: one.startMin, endMin: one.endMin },
  )
  await tx.db.insert(openingExceptions).values(rows)
}

/** From the version seen only: false when somebody was faster. */
export async function deleteOpening(tx: TxCtx, { id, version }: { id: number; version: number }): Promise<boolean> {
  const rows = await tx.db
    .delete(openings)
    .where(and(eq(openings.id, id), eq(openings.version, version)))
    .returning({ id: openings.id })
  return rows.length === 1
}

/** Answers which went. */
export async function deleteOpeningsOf(
  tx: TxCtx,
  { agentId, organisationId }: { agentId: number; organisationId: number },
): Promise<number[]> {
  const rows = await tx.db
    .delete(openings)
    .where(and(eq(openings.agentId, agentId), eq(openings.organisationId, organisationId)))
    .returning({ id: openings.id })
  return rows.map(({ id }) => id)
}
