import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { eventValues } from '@/db/schema'
import { actorId, type Actor } from '@/server/kernel/actor'
import { instantSql } from './sql'

export type ChangedValue = { field: string; from: unknown; to: unknown; usagerId?: number }

/** A past-tense fact. The payload holds ids and field names; what a person typed goes to `values`. */
export type LedgerEvent = {
  readonly kind: string
  readonly territoryId: number | null
  readonly subject: { readonly kind: string; readonly id: number }
  readonly payload?: Record<string, string | number | boolean | null | readonly number[] | readonly string[]>
  readonly values?: readonly ChangedValue[]
}

type Author = { readonly actor: Actor; readonly now: Date; readonly requestId: string }

/** One row, one `dispatch` job, one round trip: the worker fans out to the reactions bound in wiring. */
export async function writeEvent(db: Tx, author: Author, event: LedgerEvent): Promise<void> {
  const [row] = await db.execute<{ id: string }>(sql`
    with event as (
      insert into events (occurred_at, kind, territory_id, subject_kind, subject_id, actor_kind, actor_id, request_id, payload)
      values (${instantSql(author.now)}, ${event.kind}, ${event.territoryId}, ${event.subject.kind}, ${event.subject.id},
              ${author.actor.kind}, ${actorId(author.actor)}, ${author.requestId}, ${JSON.stringify(event.payload ?? {})}::jsonb)
      returning id
    )
    select event.id, graphile_worker.add_job('dispatch', json_build_object('eventId', event.id)) from event`)
  if (!row || !event.values?.length) return
  await db.insert(eventValues).values(
    event.values.map(({ field, from, to, usagerId }) => ({
      eventId: Number(row.id),
      occurredAt: author.now,
      field,
      oldValue: from,
      newValue: to,
      usagerId: usagerId ?? null,
    })),
  )
}
