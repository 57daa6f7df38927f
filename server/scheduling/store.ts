import { and, eq, inArray, ne, notExists, or, sql } from 'drizzle-orm'
import { absenceExceptions, absences, openingExceptions, openingMotifs, openings } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { endsOnOf, type AbsenceValues } from './rules/absence'
import type { OpeningValues } from './rules/opening'
import type { OccurrenceException } from './rules/recurrence'
import { lastDayOf } from './rules/series'

const absenceValuesOf = (absence: AbsenceValues) => ({
  agentId: absence.agentId,
  zone: absence.zone,
  kind: absence.kind,
  title: absence.title,
  color: absence.color,
  firstDay: absence.firstDay,
  startMin: absence.startMin,
  lastDay: absence.lastDay,
  endMin: absence.endMin,
  rrule: absence.rrule,
  endsOn: endsOnOf(absence),
})

type Seen = { id: number; version: number }

export async function insertAbsence(tx: TxCtx, absence: AbsenceValues): Promise<number> {
  const [row] = await tx.db.insert(absences).values(absenceValuesOf(absence)).returning({ id: absences.id })
  if (!row) throw new Error('insert returned no row')
  await insertAbsenceExceptions(tx, row.id, absence)
  return row.id
}

/** From the version seen only: false when somebody was faster. */
export async function updateAbsence(tx: TxCtx, { id, version }: Seen, absence: AbsenceValues): Promise<boolean> {
  const rows = await tx.db
    .update(absences)
    .set({ ...absenceValuesOf(absence), version: version + 1 })
    .where(and(eq(absences.id, id), eq(absences.version, version)))
    .returning({ id: absences.id })
  if (rows.length === 0) return false
  await tx.db.delete(absenceExceptions).where(eq(absenceExceptions.absenceId, id))
  await insertAbsenceExceptions(tx, id, absence)
  return true
}

async function insertAbsenceExceptions(tx: TxCtx, absenceId: number, { exceptions }: AbsenceValues): Promise<void> {
  if (exceptions.length === 0) return
  await tx.db.insert(absenceExceptions).values(exceptions.map((one) => ({ absenceId, ...exceptionValuesOf(one) })))
}

/** From the version seen only: false when somebody was faster. */
export async function deleteAbsence(tx: TxCtx, { id, version }: Seen): Promise<boolean> {
  const rows = await tx.db
    .delete(absences)
    .where(and(eq(absences.id, id), eq(absences.version, version)))
    .returning({ id: absences.id })
  return rows.length === 1
}

const exceptionValuesOf = (one: OccurrenceException) =>
  one.kind === 'cancelled'
    ? { onDay: one.onDay, kind: one.kind }
    : { onDay: one.onDay, kind: one.kind, toDay: one.toDay, startMin: one.startMin, endMin: one.endMin }

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
export async function updateOpening(tx: TxCtx, { id, version }: Seen, opening: OpeningValues): Promise<boolean> {
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
  await tx.db.insert(openingExceptions).values(exceptions.map((one) => ({ openingId, ...exceptionValuesOf(one) })))
}

/** From the version seen only: false when somebody was faster. */
export async function deleteOpening(tx: TxCtx, { id, version }: Seen): Promise<boolean> {
  const rows = await tx.db
    .delete(openings)
    .where(and(eq(openings.id, id), eq(openings.version, version)))
    .returning({ id: openings.id })
  return rows.length === 1
}

type Place = { agentId: number; organisationId: number }

/** Takes the motifs of an organisation off what an agent offers in others. Answers which openings had some. */
export async function deleteMotifsOf(
  tx: TxCtx,
  { agentId, organisationId }: Place,
): Promise<{ id: number; territoryId: number }[]> {
  const theirs = tx.db
    .select({ id: openings.id })
    .from(openings)
    .where(and(eq(openings.agentId, agentId), ne(openings.organisationId, organisationId)))
  const rows = await tx.db
    .delete(openingMotifs)
    .where(
      and(
        inArray(openingMotifs.openingId, theirs),
        sql`${openingMotifs.motifId} in (select id from motifs where organisation_id = ${organisationId})`,
      ),
    )
    .returning({ id: openingMotifs.openingId })
  // Whoever has one before their eyes would give them back.
  return tx.db
    .update(openings)
    .set({ version: sql`${openings.version} + 1` })
    .where(
      inArray(
        openings.id,
        rows.map(({ id }) => id),
      ),
    )
    .returning({ id: openings.id, territoryId: openings.territoryId })
}

/** Those of an organisation, and of these those without a motif left. Answers which went. */
export async function deleteOpeningsOf(
  tx: TxCtx,
  { agentId, organisationId }: Place,
  lessenedIds: readonly number[],
): Promise<Seen[]> {
  const isEmpty = and(
    inArray(openings.id, [...lessenedIds]),
    notExists(tx.db.select().from(openingMotifs).where(eq(openingMotifs.openingId, openings.id))),
  )
  return tx.db
    .delete(openings)
    .where(and(eq(openings.agentId, agentId), or(eq(openings.organisationId, organisationId), isEmpty)))
    .returning({ id: openings.id, version: openings.version })
}
