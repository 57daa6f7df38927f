import { and, asc, eq, sql } from 'drizzle-orm'
import { smsGateways, territories } from '@/db/schema'
import type { GatewaySettings } from '@/server/kernel/gateways'
import type { TxCtx } from '@/server/platform/ctx'

type SmsGatewayRow = { id: number; settings: GatewaySettings; sealedSecret: string }

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
    .where(eq(smsGateways.territoryId, territoryId))
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

export async function updateSmsGateway(
  { db }: TxCtx,
  id: number,
  { settings, sealedSecret }: { settings: GatewaySettings; sealedSecret: string },
): Promise<void> {
  await db.update(smsGateways).set({ settings, kind: settings.kind, sealedSecret }).where(eq(smsGateways.id, id))
}

/** In this order from now on; those it does not name are gone. */
export async function setSmsGateways({ db }: TxCtx, territoryId: number, order: readonly number[]): Promise<void> {
  const ids = sql`${`{${order.join(',')}}`}::bigint[]`
  await db
    .delete(smsGateways)
    .where(and(eq(smsGateways.territoryId, territoryId), sql`${smsGateways.id} <> all(${ids})`))
  await db
    .update(smsGateways)
    .set({ position: sql`array_position(${ids}, ${smsGateways.id})` })
    .where(eq(smsGateways.territoryId, territoryId))
}
