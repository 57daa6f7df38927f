import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { agentTellings, messages, newsSeen } from '@/db/schema'
import type { GatewayNamed } from '@/server/kernel/gateways'
import type { TxCtx } from '@/server/platform/ctx'
import { enqueueAll } from '@/server/platform/jobs'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { AgentNews } from './rules/agent-telling'
import type { PlanningNews } from './rules/planning'
import type { Again } from './rules/asking-again'
import { JOB_TRIES, priorityOf } from './rules/sending'
import type { News } from './rules/telling'

/** Held to the end of the transaction: nothing of this RDV changes, and nobody else tells of it. */
export async function lockRdvToTell({ db }: TxCtx, rdvId: number): Promise<void> {
  await db.execute(sql`select from rdvs where id = ${rdvId} for no key update`)
}

/**
 * Held likewise, with the other dates of its series: they are told of together. Answers their ids, in the order they are
 * locked in.
 */
export async function lockSeriesToTell({ db }: TxCtx, rdvId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select r.id::float8 as id from rdvs r
    where r.id = ${rdvId} or r.series_id = (select series_id from rdvs where id = ${rdvId})
    order by r.id for no key update`)
  return rows.map(({ id }) => id)
}

/** What is to tell of these RDVs, held likewise: it neither leaves nor is put off meanwhile. */
export async function lockWaiting({ db }: TxCtx, rdvIds: readonly number[]): Promise<void> {
  await db.execute(sql`
    select from messages where rdv_id = any(${idsSql(rdvIds)}) and participation_id is not null and reminder_id is null
      and state = 'waiting' order by id for update`)
}

export type Of = { rdvId: number; participationId: number }
/** Of whom nobody can write to: what they should be told, for somebody to tell them otherwise. */
export async function writeUnreached({ db, now }: TxCtx, lines: readonly Omit<NewMessage, 'channel' | 'recipient'>[]) {
  if (lines.length === 0) return
  const unreached = { channel: 'sms', recipient: '', state: 'failed', failure: 'no-contact', stateAt: now } as const
  await db
    .insert(messages)
    .values(lines.map((line) => ({ ...line, ...unreached })))
    .onConflictDoNothing()
}

/** Up to which fact the agents of this RDV were told. */
export async function writeAgentTelling({ db, now }: TxCtx, rdvId: number, eventId: number): Promise<void> {
  await db
    .insert(agentTellings)
    .values({ rdvId, eventId, version: 1, toldAt: now })
    .onConflictDoUpdate({
      target: agentTellings.rdvId,
      set: { eventId, version: sql`${agentTellings.version} + 1`, toldAt: now },
    })
}

export type NewMessage = Omit<typeof messages.$inferInsert, 'state' | 'stateAt'>

/**
 * Writes messages and has each sent: not before `leavesAt`, and within the hours of its territory; at once, whatever the
 * hour, when it is null. One told twice at the same version is one message.
 * Answers how many are new.
 */
export async function queueMessages(
  { db, now }: TxCtx,
  lines: readonly NewMessage[],
  leavesAt: Date | null = null,
): Promise<number> {
  const [first] = lines
  if (!first) return 0
  const rows = await db
    .insert(messages)
    .values(lines.map((line) => ({ ...line, leavesAt, stateAt: now, createdAt: now })))
    .onConflictDoNothing()
    .returning({ messageId: messages.id })
  await enqueueAll(db, 'send-message', rows, leavesAt, { priority: priorityOf(first), tries: JOB_TRIES })
  return rows.length
}

type Message = typeof messages.$inferSelect
export type MessageState = Pick<Message, 'state' | 'failure'> &
  Partial<Pick<Message, 'gatewayReference' | 'attempts'>> & { readonly gateway?: GatewayNamed | null }

/** To a person, about their RDV. */
export type ToPerson = Message & {
  agentId: null
  entryId: null
  offerId: null
  rdvId: number
  participationId: number
  news: News
}
/** To a person who waits: that they do, or a slot they are offered. */
export type ToWaiting = Message & { agentId: null } & (
    { entryId: number; offerId: null; news: 'waiting' } | { entryId: null; offerId: number; news: 'offer' }
  )
/** To an agent, about an RDV of theirs, or (`rdvId` null) their planning or a file they asked for. */
type ToldAgent = { eventId: number; onDay: null } & (
  { rdvId: number; news: AgentNews | 'arrived' } | { rdvId: null; news: PlanningNews } | { rdvId: null; news: 'export' }
)
/** The RDVs of one of their days. */
export type ToldDay = { eventId: null; rdvId: null; onDay: string; news: 'digest' }
export type ToAgent = Message & { agentId: number; entryId: null; offerId: null } & (ToldAgent | ToldDay)

export async function lockMessage({ db }: TxCtx, messageId: number): Promise<ToPerson | ToWaiting | ToAgent | null> {
  const [row] = await db.select().from(messages).where(eq(messages.id, messageId)).for('update')
  // The constraints on who it is to, and what `queueMessages` is given, say no less.
  return (row as ToPerson | ToWaiting | ToAgent | undefined) ?? null
}

/** False when it is no longer in one of the states it is to leave, or somebody has told the person meanwhile. */
export async function setMessageState(
  { db, now }: TxCtx,
  messageId: number,
  { from, gateway, ...to }: { from: readonly Message['state'][] } & MessageState,
): Promise<boolean> {
  const by = gateway === undefined ? {} : { gateway: gateway?.kind ?? null, gatewayId: gateway?.gatewayId ?? null }
  const rows = await db
    .update(messages)
    .set({ ...to, ...by, stateAt: now, ...(to.state === 'sending' && { attempts: sql`${messages.attempts} + 1` }) })
    .where(and(eq(messages.id, messageId), inArray(messages.state, [...from]), isNull(messages.toldOtherwiseAt)))
    .returning({ id: messages.id })
  return rows.length > 0
}

/** It reached its telephone, says its gateway. */
export async function setDelivered({ db, now }: TxCtx, messageId: number): Promise<void> {
  await db.update(messages).set({ deliveredAt: now }).where(eq(messages.id, messageId))
}

/** It is tried again then, and not before. */
export async function askAgainAt({ db }: TxCtx, messageId: number, { at, sinceMs }: Again): Promise<void> {
  const rows = await db.select(PRIOR).from(messages).where(eq(messages.id, messageId))
  await queueAgain(db, rows, at, sinceMs)
}

/** It waits for the hours of its territory, which have closed since it was to leave. */
export async function putMessageOff({ db, now }: TxCtx, messageId: number, leavesAt: Date): Promise<void> {
  const put = db.update(messages).set({ state: 'waiting', leavesAt, stateAt: now })
  await queueAgain(db, await put.where(eq(messages.id, messageId)).returning(PRIOR), leavesAt)
}

const PRIOR = { messageId: messages.id, reminderId: messages.reminderId, offerId: messages.offerId }
type Queued = { messageId: number; reminderId: number | null; offerId: number | null }

/**
 * A job for each of these messages, in the place it had; by one statement for each place. `sinceMs`: since when they have tried
 * to leave; it is counted from their next try when it is not said.
 */
export async function queueAgain(
  db: TxCtx['db'],
  rows: readonly Queued[],
  at: Date | null,
  sinceMs?: number,
): Promise<void> {
  const since = sinceMs === undefined ? {} : { sinceMs }
  for (const priority of new Set(rows.map(priorityOf))) {
    const jobs = rows.flatMap((row) => (priorityOf(row) === priority ? [{ messageId: row.messageId, ...since }] : []))
    await enqueueAll(db, 'send-message', jobs, at, { priority, tries: JOB_TRIES })
  }
}

/** Where it goes now, of an address corrected meanwhile. */
export async function setRecipient({ db }: TxCtx, messageId: number, recipient: string): Promise<void> {
  await db.update(messages).set({ recipient }).where(eq(messages.id, messageId))
}

/**
 * It goes by another participation from now on, of its RDV or of another of its series, and so does what it tells. False when
 * there is one like it there already.
 */
export async function handOver(
  { db }: TxCtx,
  { id: messageId, rdvId, participationId, version }: Pick<ToPerson, 'id' | 'rdvId' | 'participationId' | 'version'>,
  heir: Of & { version: number },
): Promise<boolean> {
  const rows = await db.execute(sql`
    update messages m set rdv_id = ${heir.rdvId}, participation_id = ${heir.participationId}, version = ${heir.version}
    where m.id = ${messageId} and not exists (
      select from messages other where other.participation_id = ${heir.participationId}
        and other.version = ${heir.version} and other.channel = m.channel)
    returning m.id`)
  if (rows.length === 0) return false
  await db.execute(sql`
    update tellings set told_by = ${heir.participationId}, told_by_version = ${heir.version}
    where told_by = ${participationId} and told_by_version = ${version} and rdv_id in (
      select r.id from rdvs r where r.id = ${rdvId} or r.series_id = (select series_id from rdvs where id = ${rdvId}))`)
  return true
}

/**
 * What failed for this participation was told otherwise, by this agent: also what went by another of its family or of its series,
 * and not what went by it and is still to be told to another. Answers how many messages that closes.
 */
export async function closeUntold({ db, now }: TxCtx, participationId: number, agentId: number): Promise<number> {
  const isTold = sql`t.rdv_id in (select id from near) and m.reminder_id is null
    and (t.told_by, t.told_by_version) = (m.participation_id, m.version)`
  const rows = await db.execute(sql`
    with near as (
      select r.id from participations own join rdvs mine on mine.id = own.rdv_id
      join rdvs r on r.id = mine.id or r.series_id = mine.series_id where own.id = ${participationId})
    update messages m set told_otherwise_by = ${agentId}, told_otherwise_at = ${instantSql(now)}
    where m.rdv_id in (select id from near) and m.state in ('failed', 'uncertain') and m.told_otherwise_at is null
      and (m.participation_id = ${participationId} and not exists (select from tellings t where ${isTold})
        or exists (select from tellings t where t.participation_id = ${participationId} and ${isTold}))
    returning m.id`)
  return rows.length
}

/** The same of what failed for this wait: that they wait, and what they were offered. */
export async function closeUntoldWait({ db, now }: TxCtx, entryId: number, agentId: number): Promise<number> {
  const rows = await db.execute(sql`
    update messages m set told_otherwise_by = ${agentId}, told_otherwise_at = ${instantSql(now)}
    where (m.entry_id = ${entryId} or m.offer_id in (select id from waitlist_offers where entry_id = ${entryId}))
      and m.state in ('failed', 'uncertain') and m.told_otherwise_at is null
    returning m.id`)
  return rows.length
}

/** Up to now, and never back. False when nothing is newer. */
export async function setNewsSeen({ db, now }: TxCtx, agentId: number): Promise<boolean> {
  const rows = await db
    .insert(newsSeen)
    .values({ agentId, seenAt: now })
    .onConflictDoUpdate({ target: newsSeen.agentId, set: { seenAt: now }, setWhere: lt(newsSeen.seenAt, now) })
    .returning({ agentId: newsSeen.agentId })
  return rows.length > 0
}

/** Of plannings and files, not touched since: they stand by no RDV and no wait that would take them with it. Answers how many went. */
export async function deletePlanningMessages({ db }: TxCtx, before: Date): Promise<number> {
  const rows = await db
    .delete(messages)
    .where(
      and(isNull(messages.rdvId), isNull(messages.entryId), isNull(messages.offerId), lt(messages.stateAt, before)),
    )
    .returning({ id: messages.id })
  return rows.length
}
