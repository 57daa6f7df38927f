import { accessLog } from '@/db/schema'
import { actorId, impersonatorId } from '@/server/kernel/actor'
import type { TxCtx } from './ctx'

/** Leaves the trace of who opened a person's data, for what. Written by the query itself, so that no door forgets it. */
export async function noteAccess(
  tx: TxCtx,
  opened: { territoryId: number; subject: { kind: string; id: number }; purpose: string },
): Promise<void> {
  await tx.db.insert(accessLog).values({
    occurredAt: tx.now,
    actorKind: tx.actor.kind,
    actorId: actorId(tx.actor),
    impersonatorId: impersonatorId(tx.actor),
    territoryId: opened.territoryId,
    subjectKind: opened.subject.kind,
    subjectId: opened.subject.id,
    purpose: opened.purpose,
    requestId: tx.requestId,
  })
}
