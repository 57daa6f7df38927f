import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { eventValues } from '@/db/schema'
import { actorId, impersonatorId, isReadOnly, type Actor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
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

/**
 * Writes these facts, and what the workers are to hear of, in one statement. Whoever may only look changes nothing: every
 * command ends here, whatever door it came by, and its transaction is undone with a `read-only`.
 */
export async function writeEvents(db: Tx, author: Author, told: readonly LedgerEvent[]): Promise<void> {
  if (isReadOnly(author.actor)) throw new AppError('read-only')
  const rows = told.map(({ kind, territoryId, subject, payload = {} }) => ({ kind, territoryId, subject, payload }))
  const written = await db.execute<{ id: string }>(sql`
    with event as (
      insert into events (occurred_at, kind, territory_id, subject_kind, subject_id, actor_kind, actor_id, impersonator_id, request_id, payload)
      select ${instantSql(author.now)}, kind, "territoryId", subject->>'kind', (subject->>'id')::bigint,
             ${author.actor.kind}, ${actorId(author.actor)}::bigint, ${impersonatorId(author.actor)}::bigint, ${author.requestId}, payload
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (kind text, "territoryId" bigint, subject jsonb, payload jsonb)
      returning id, kind
    ), waiting as (
      insert into outbox (event_id, kind) select id, kind from event
    )
    select id from event order by id`)
  const values = told.flatMap((event, i) =>
    (event.values ?? []).map(({ field, from, to, usagerId = null }) => ({
      eventId: Number(written[i]?.id),
      occurredAt: author.now,
      field,
      oldValue: from,
      newValue: to,
      usagerId,
    })),
  )
  if (values.length > 0) await db.insert(eventValues).values(values)
}
