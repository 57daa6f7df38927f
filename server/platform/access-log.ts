import { accessLog } from '@/db/schema'
import { actorId, impersonatorId } from '@/server/kernel/actor'
import type { TxCtx } from './ctx'

type Opened = { subject: { kind: string; id: number }; purpose: string }

/** Leaves the trace of who opened a person's data, for what. Written by the query itself, so that no door forgets it. */
export const noteAccess = (tx: TxCtx, { territoryId, ...opened }: Opened & { territoryId: number }): Promise<void> =>
  noteAccessIn(tx, [territoryId], opened)

/** The same of what holds people of several territories: each has its trace. */
export async function noteAccessIn(
  tx: TxCtx,
  territoryIds: readonly number[],
  { subject, purpose }: Opened,
): Promise<void> {
  if (territoryIds.length === 0) return
  const line = {
    occurredAt: tx.now,
    actorKind: tx.actor.kind,
    actorId: actorId(tx.actor),
    impersonatorId: impersonatorId(tx.actor),
    subjectKind: subject.kind,
    subjectId: subject.id,
    purpose,
    requestId: tx.requestId,
  }
  await tx.db.insert(accessLog).values(territoryIds.map((territoryId) => ({ ...line, territoryId })))
}
