import { and, eq, isNull } from 'drizzle-orm'
import { absences } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { AbsenceKind, AbsenceSpan } from './rules/absence'

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
