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
             order by g.position) from sms_gateways g where g.territory_id = t.id and g.removed_at is null), '[]') as gateways
    from territories t where t.id = ${territoryId}`)
  return found(row)
}

/** The operator's own gateway, which is no row. */
const OPERATORS = 0

/** Where a gateway says what became of its SMS, and what people answered. */
function addressesOf(gatewayId: number): { receiptsUrl: string; repliesUrl: string } {
  const url = env().APP_URL
  return {
    receiptsUrl: `${url}/api/sms/accuse/${signedId('sms-receipts', gatewayId)}`,
    repliesUrl: `${url}/api/sms/recu/${signedId('sms-replies', gatewayId)}`,
  }
}

/** Those of the operator's own gateway, for whoever has the environment; null when there is none. */
export const operatorAddresses = () => (env().SMS_GATEWAY ? addressesOf(OPERATORS) : null)

/** By what the SMS of a territory leave, for its admins; its secrets stay where they are. Beyond reach is not found. */
export async function getTerritorySms(ctx: Ctx, { territoryId }: { territoryId: number }): Promise<TerritorySms> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const { sender, priceMillis, gateways } = await inRead(ctx, (read) => readSms(read, territoryId))
  const { SMS_GATEWAY, APP_ENV } = env()
  return {
    sender,
    priceMillis,
    gateways: gateways.map(({ id, settings }): SmsGatewayLine => ({
      gatewayId: id,
      settings,
      ...addressesOf(id),
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

/** `territoryId` null: the operator's, of every territory that has none of its own. */
type SayingGateway = { gatewayId: number; territoryId: number | null; kind: GatewayKind }

/** Which gateway says what became of an SMS, by the token of its own address, one taken away since included; null when it is gone. */
export const findGatewayOfReceipts = (read: ReadCtx, token: string): Promise<SayingGateway | null> =>
  findGateway(read, rowOfSignedId('sms-receipts', token))

/** Which gateway gives what people answered, by the token of its own address, one taken away since included; null when it is gone. */
export const findGatewayOfReplies = (read: ReadCtx, token: string): Promise<SayingGateway | null> =>
  findGateway(read, rowOfSignedId('sms-replies', token))

async function findGateway({ db }: ReadCtx, gatewayId: number | null): Promise<SayingGateway | null> {
  const { SMS_GATEWAY } = env()
  if (gatewayId === OPERATORS) {
    return SMS_GATEWAY ? { gatewayId, territoryId: null, kind: SMS_GATEWAY.settings.kind } : null
  }
  const [row] = await db.execute<SayingGateway>(sql`
    select id::float8 as "gatewayId", territory_id::float8 as "territoryId", kind from sms_gateways where id = ${gatewayId}`)
  return row ?? null
}
