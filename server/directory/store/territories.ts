import { and, eq, ne } from 'drizzle-orm'
import { territories } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { MailIdentity } from '../rules/territory'
import type { SendingRules } from '../rules/sending'

export async function insertTerritory(
  tx: TxCtx,
  columns: { name: string; departmentNumber: string; zone: string },
): Promise<number> {
  const [row] = await tx.db
    .insert(territories)
    .values({ ...columns, createdAt: tx.now })
    .returning({ id: territories.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** `known`: whether there is such a territory; `changed`: whether it said otherwise before. */
export async function setImpersonatedWrites(
  tx: TxCtx,
  territoryId: number,
  isAllowed: boolean,
): Promise<{ isKnown: boolean; isChanged: boolean }> {
  const isThis = eq(territories.id, territoryId)
  const changed = await tx.db
    .update(territories)
    .set({ allowsImpersonatedWrites: isAllowed })
    .where(and(isThis, ne(territories.allowsImpersonatedWrites, isAllowed)))
    .returning({ id: territories.id })
  if (changed.length > 0) return { isKnown: true, isChanged: true }
  const [row] = await tx.db.select({ id: territories.id }).from(territories).where(isThis)
  return { isKnown: row !== undefined, isChanged: false }
}

export async function lockVideoBaseUrl(tx: TxCtx, territoryId: number): Promise<string | null> {
  const [row] = await tx.db
    .select({ videoBaseUrl: territories.videoBaseUrl })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('no key update')
  return row?.videoBaseUrl ?? null
}

export async function setVideoBaseUrl(tx: TxCtx, territoryId: number, videoBaseUrl: string | null): Promise<void> {
  await tx.db.update(territories).set({ videoBaseUrl }).where(eq(territories.id, territoryId))
}

/** As they stand, held to the end of the transaction; null when there is no such territory. */
export async function lockSendingRules(tx: TxCtx, territoryId: number): Promise<SendingRules | null> {
  const [row] = await tx.db
    .select({
      fromMin: territories.sendsFromMin,
      untilMin: territories.sendsUntilMin,
      weekdays: territories.sendsOn,
      leadsMin: territories.reminderLeadsMin,
    })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('no key update')
  return row ?? null
}

export async function setSendingRules(
  tx: TxCtx,
  territoryId: number,
  { fromMin, untilMin, weekdays, leadsMin }: SendingRules,
): Promise<void> {
  await tx.db
    .update(territories)
    .set({
      sendsFromMin: fromMin,
      sendsUntilMin: untilMin,
      sendsOn: [...weekdays],
      reminderLeadsMin: [...leadsMin],
    })
    .where(eq(territories.id, territoryId))
}

/** As it stands, held to the end of the transaction; null when there is no such territory. */
export async function lockMailIdentity(tx: TxCtx, territoryId: number): Promise<MailIdentity | null> {
  const [row] = await tx.db
    .select({ senderName: territories.mailSenderName, replyTo: territories.mailReplyTo })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('no key update')
  return row ?? null
}

export async function setMailIdentity(
  tx: TxCtx,
  territoryId: number,
  { senderName: mailSenderName, replyTo: mailReplyTo }: MailIdentity,
): Promise<void> {
  await tx.db.update(territories).set({ mailSenderName, mailReplyTo }).where(eq(territories.id, territoryId))
}

export async function lockWaitlistHold(tx: TxCtx, territoryId: number): Promise<number | null> {
  const [row] = await tx.db
    .select({ holdMin: territories.waitlistHoldMin })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('update')
  return row?.holdMin ?? null
}

export async function setWaitlistHold(tx: TxCtx, territoryId: number, holdMin: number | null): Promise<void> {
  await tx.db.update(territories).set({ waitlistHoldMin: holdMin }).where(eq(territories.id, territoryId))
}
