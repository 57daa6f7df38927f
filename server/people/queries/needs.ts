import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { PersonNeeds } from '../rules/needs'
import { usagersWithin } from './reach'

/** Which of these people's files the agent may open, and what to prepare for each. One statement, none for nobody. */
export async function readNeeds(
  { db }: ReadCtx,
  actor: AgentActor,
  usagerIds: readonly number[],
): Promise<PersonNeeds[]> {
  if (usagerIds.length === 0) return []
  const rows = await db.execute<PersonNeeds>(sql`
    select u.id::float8 as "usagerId", u.interpreter_language as "interpreterLanguage",
           to_json(u.accessibility_needs) as "accessibilityNeeds", u.accessibility_note as "accessibilityNote"
    from usagers u
    where u.id = any(${idsSql(usagerIds)}) and u.deleted_at is null and ${usagersWithin(actor)}
    order by u.id`)
  return [...rows]
}

/** Which of these people's files the agent may open, and nothing of what is in them. */
export async function readOpenUsagers(
  { db }: ReadCtx,
  actor: AgentActor,
  usagerIds: readonly number[],
): Promise<number[]> {
  if (usagerIds.length === 0) return []
  const rows = await db.execute<{ id: number }>(sql`
    select u.id::float8 as id from usagers u
    where u.id = any(${idsSql(usagerIds)}) and u.deleted_at is null and ${usagersWithin(actor)}
    order by u.id`)
  return rows.map(({ id }) => id)
}
