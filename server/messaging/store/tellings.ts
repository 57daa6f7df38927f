import { sql } from 'drizzle-orm'
import { tellings } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { Known } from '../rules/telling'
import type { Of } from '../store'

/** `since`: what they knew before. `by`: the participation and the version the messages that tell them go by, if any. */
export type Heard = Of & Known & { since: Known | null; by: { participationId: number; version: number } | null }

const listOf = (ids: readonly number[] | null | undefined): number[] | null => (ids ? [...ids] : null)

/** What these people now know, or will once what tells them has left. */
export async function writeTellings({ db, now }: TxCtx, heard: readonly Heard[]): Promise<void> {
  if (heard.length === 0) return
  await db
    .insert(tellings)
    .values(
      heard.map(({ since, by, ...one }) => ({
        ...one,
        toldAt: now,
        ...{
          beforeIsOn: since?.isOn ?? null,
          beforeStartsAt: since?.startsAt ?? null,
          beforeEndsAt: since?.endsAt ?? null,
        },
        beforeLieuId: since?.lieuId ?? null,
        ...{ agentIds: listOf(one.agentIds), beforeTitle: since?.title ?? null },
        beforeAgentIds: listOf(since?.agentIds),
        ...{ toldBy: by?.participationId ?? null, toldByVersion: by?.version ?? null },
      })),
    )
    .onConflictDoUpdate({
      target: tellings.participationId,
      set: {
        isOn: sql`excluded.is_on`,
        startsAt: sql`excluded.starts_at`,
        endsAt: sql`excluded.ends_at`,
        lieuId: sql`excluded.lieu_id`,
        title: sql`excluded.title`,
        agentIds: sql`excluded.agent_ids`,
        version: sql`${tellings.version} + 1`,
        toldAt: now,
        beforeIsOn: sql`excluded.before_is_on`,
        beforeStartsAt: sql`excluded.before_starts_at`,
        beforeEndsAt: sql`excluded.before_ends_at`,
        beforeLieuId: sql`excluded.before_lieu_id`,
        beforeTitle: sql`excluded.before_title`,
        beforeAgentIds: sql`excluded.before_agent_ids`,
        toldBy: sql`excluded.told_by`,
        toldByVersion: sql`excluded.told_by_version`,
      },
    })
}

/**
 * What these people were to be told, and had not been yet, is unsaid: they know what they knew, and the messages that waited
 * are of a version that is past. Whoever knew nothing knows of none that stands.
 */
export async function unsayTellings({ db }: TxCtx, unsaid: readonly Of[]): Promise<void> {
  if (unsaid.length === 0) return
  await db.execute(sql`
    update tellings set version = version + 1, is_on = coalesce(before_is_on, false),
      starts_at = coalesce(before_starts_at, starts_at), ends_at = coalesce(before_ends_at, ends_at),
      lieu_id = case when before_is_on is null then lieu_id else before_lieu_id end,
      title = case when before_is_on is null then title else before_title end,
      agent_ids = case when before_is_on is null then agent_ids else before_agent_ids end,
      before_is_on = null, before_starts_at = null, before_ends_at = null, before_lieu_id = null, before_title = null,
      before_agent_ids = null, told_by = null, told_by_version = null
    where participation_id = any(${idsSql(unsaid.map(({ participationId }) => participationId))})`)
}
