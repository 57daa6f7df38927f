import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import { smsGateways, territories } from '@/db/schema'
import type { GatewaySettings } from '@/server/kernel/gateways'
import type { TxCtx } from '@/server/platform/ctx'

type SmsGatewayRow = { id: number; settings: GatewaySettings; sealedSecret: string }

/** By which SMS of a territory may leave. */
const isStanding = (territoryId: number) => and(eq(smsGateways.territoryId, territoryId), isNull(smsGateways.removedAt))

/** Nothing leaves by it from now on. */
const removedAt = (now: Date) => ({ removedAt: now, position: null, sealedSecret: null })

/** What a territory says of its SMS, held to the end of the transaction; null when there is no such territory. */
export async function lockSms(
  { db }: TxCtx,
  territoryId: number,
): Promise<{ sender: string | null; priceMillis: number | null; gateways: SmsGatewayRow[] } | null> {
  const [territory] = await db
    .select({ sender: territories.smsSender, priceMillis: territories.smsPriceMillis })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('no key update')
  if (!territory) return null
  const gateways = await db
    .select({ id: smsGateways.id, settings: smsGateways.settings, sealedSecret: smsGateways.sealedSecret })
    .from(smsGateways)
    .where(isStanding(territoryId))
    .orderBy(asc(smsGateways.position))
  // Written below, and nowhere else.
  return { ...territory, gateways: gateways as SmsGatewayRow[] }
}

export async function setSmsSender({ db }: TxCtx, territoryId: number, smsSender: string | null): Promise<void> {
  await db.update(territories).set({ smsSender }).where(eq(territories.id, territoryId))
}

export async function setSmsPrice({ db }: TxCtx, territoryId: number, smsPriceMillis: number | null): Promise<void> {
  await db.update(territories).set({ smsPriceMillis }).where(eq(territories.id, territoryId))
}

export async function insertSmsGateway(
  { db }: TxCtx,
  row: { territoryId: number; position: number; settings: GatewaySettings; sealedSecret: string },
): Promise<void> {
  await db.insert(smsGateways).values({ ...row, kind: row.settings.kind })
}

/** Another in the place of this one, which is taken away. */
export async function replaceSmsGateway(
  { db, now }: TxCtx,
  id: number,
  row: { territoryId: number; position: number; settings: GatewaySettings; sealedSecret: string },
): Promise<void> {
  await db.update(smsGateways).set(removedAt(now)).where(eq(smsGateways.id, id))
  await db.insert(smsGateways).values({ ...row, kind: row.settings.kind })
}

export async function updateSmsGateway(
  { db }: TxCtx,
  id: number,
  { settings, sealedSecret }: { settings: GatewaySettings; sealedSecret: string },
): Promise<void> {
  await db.update(smsGateways).set({ settings, kind: settings.kind, sealedSecret }).where(eq(smsGateways.id, id))
}

/** In this order from now on; by those it does not name nothing leaves any more: their secrets are gone. */
export async function setSmsGateways({ db, now }: TxCtx, territoryId: number, order: readonly number[]): Promise<void> {
  const ids = sql`${`{${order.join(',')}}`}::bigint[]`
  await db
    .update(smsGateways)
    .set(removedAt(now))
    .where(and(isStanding(territoryId), sql`${smsGateways.id} <> all(${ids})`))
  await db
    .update(smsGateways)
    .set({ position: sql`array_position(${ids}, ${smsGateways.id})` })
    .where(isStanding(territoryId))
}

/** Nothing of theirs is heard any more. Answers how many. */
export async function deleteGatewaysRemovedBefore({ db }: TxCtx, before: Date): Promise<number> {
  const rows = await db.delete(smsGateways).where(lt(smsGateways.removedAt, before)).returning({ id: smsGateways.id })
  return rows.length
}
