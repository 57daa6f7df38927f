import { sql } from 'drizzle-orm'
import { mayAdministerTerritory } from '@/server/access/policy'
import {
  DEFAULT_SMS_SENDER,
  gatewaySettingsSchema,
  type Gateway,
  type GatewayKind,
  type GatewaySettings,
} from '@/server/kernel/gateways'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { unseal } from '@/server/platform/seal'
import { rowOfSignedId, signedId } from '@/server/platform/tokens'
import type { SmsGatewayLine, TerritorySms } from '../rules/sms'

/** Under which name, and for whom, a gateway's secret is sealed. */
export const SMS_SEAL = 'sms-gateway'
export const sealedFor = (territoryId: number): string => `territory:${territoryId}`

type Row = {
  sender: string | null
  priceMillis: number | null
  gateways: { id: number; settings: GatewaySettings; sealed: string }[]
}

async function readSms({ db }: ReadCtx, territoryId: number): Promise<Row> {
  const [row] = await db.execute<Row>(sql`
    select t.sms_sender as sender, t.sms_price_millis as "priceMillis",
           coalesce((select json_agg(json_build_object('id', g.id, 'settings', g.settings, 'sealed', g.sealed_secret)
             order by g.position) from sms_gateways g where g.territory_id = t.id), '[]') as gateways
    from territories t where t.id = ${territoryId}`)
  return found(row)
}

/** By what the SMS of a territory leave, for its admins; its secrets stay where they are. Beyond reach is not found. */
export async function getTerritorySms(ctx: Ctx, { territoryId }: { territoryId: number }): Promise<TerritorySms> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const { sender, priceMillis, gateways } = await inRead(ctx, (read) => readSms(read, territoryId))
  const { SMS_GATEWAY, APP_ENV, APP_URL } = env()
  return {
    sender,
    priceMillis,
    gateways: gateways.map(({ id, settings }): SmsGatewayLine => ({
      gatewayId: id,
      settings,
      receiptsUrl: `${APP_URL.replace(/\/$/, '')}/api/sms/accuse/${signedId('sms-receipts', id)}`,
      repliesUrl: `${APP_URL.replace(/\/$/, '')}/api/sms/recu/${signedId('sms-replies', id)}`,
    })),
    hasDefault: SMS_GATEWAY !== undefined,
    isProduction: APP_ENV === 'production',
  }
}

/** A row of an older release whose settings no longer stand, or a secret sealed under another key, is of no use. */
function opened(territoryId: number, { id, settings, sealed }: Row['gateways'][number]): Gateway | null {
  const known = gatewaySettingsSchema.safeParse(settings)
  const secret = unseal(SMS_SEAL, sealedFor(territoryId), sealed)
  return known.success && secret !== null ? { gatewayId: id, settings: known.data, secret } : null
}

/** `isMeant`: whether the territory, or the operator, has a gateway at all, even one whose secret no longer opens. */
export type SmsRoute = { sender: string; gateways: Gateway[]; isMeant: boolean }

/** By what an SMS of this territory leaves, secrets open: whoever may. The operator's gateway when it has none of its own. */
export async function loadSmsRoute(read: ReadCtx, territoryId: number): Promise<SmsRoute> {
  const { sender, gateways } = await readSms(read, territoryId)
  const { SMS_GATEWAY } = env()
  const own = gateways.flatMap((row) => opened(territoryId, row) ?? [])
  return {
    sender: sender ?? DEFAULT_SMS_SENDER,
    gateways: gateways.length > 0 ? own : SMS_GATEWAY ? [SMS_GATEWAY] : [],
    isMeant: gateways.length > 0 || SMS_GATEWAY !== undefined,
  }
}

/** One of its own, secret open; null when it is gone, or its secret no longer opens. */
export async function loadSmsGateway(
  read: ReadCtx,
  { territoryId, gatewayId }: { territoryId: number; gatewayId: number },
): Promise<{ sender: string; gateway: Gateway | null; isKnown: boolean }> {
  const { sender, gateways } = await readSms(read, territoryId)
  const row = gateways.find(({ id }) => id === gatewayId)
  return {
    sender: sender ?? DEFAULT_SMS_SENDER,
    gateway: row ? opened(territoryId, row) : null,
    isKnown: row !== undefined,
  }
}

/** Which gateway says what became of an SMS, by the token of its own address; null when it is gone. */
export async function findGatewayOfReceipts(
  { db }: ReadCtx,
  token: string,
): Promise<{ gatewayId: number; territoryId: number; kind: GatewayKind } | null> {
  const [row] = await db.execute<{ gatewayId: number; territoryId: number; kind: GatewayKind }>(sql`
    select id::float8 as "gatewayId", territory_id::float8 as "territoryId", kind from sms_gateways
    where id = ${rowOfSignedId('sms-receipts', token)}`)
  return row ?? null
}

/** Which gateway gives what people answered, by the token of its own address; null when it is gone. */
export async function findGatewayOfReplies(
  { db }: ReadCtx,
  token: string,
): Promise<{ gatewayId: number; territoryId: number } | null> {
  const [row] = await db.execute<{ gatewayId: number; territoryId: number }>(sql`
    select id::float8 as "gatewayId", territory_id::float8 as "territoryId" from sms_gateways
    where id = ${rowOfSignedId('sms-replies', token)}`)
  return row ?? null
}
