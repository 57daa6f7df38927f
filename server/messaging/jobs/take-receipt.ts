import { sql } from 'drizzle-orm'
import { findGatewayOfReceipts } from '@/server/directory/queries/sms'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { receiptOf, type Receipt } from '@/server/platform/sms/receipt'
import type { TakeReceipt } from '../schema'
import { isAheadSql, settleReceipt } from './settle-receipt'

type Taken = Outcome<{ isNew: boolean }, 'not-a-receipt'>

/**
 * What a gateway says became of an SMS of its territory. What reached nobody goes by the other channel, and else to the desk,
 * unless the RDV has begun: then it is written down and nothing more. Said twice, or in any order, it is the same. Throws
 * `not-found` for a token of no gateway and for an SMS that is not of its territory, `unavailable` for one of which we do not
 * know yet that it left: the gateway says it again.
 */
export async function takeReceipt(ctx: Ctx, { token, body, places }: TakeReceipt): Promise<Taken> {
  const gateway = found(await inRead(ctx, (read) => findGatewayOfReceipts(read, token)))
  await consume(ctx, LIMITS.smsReceiptsPerGateway, String(gateway.gatewayId))
  const receipt = receiptOf(gateway.kind, body, places)
  if (!receipt) return refused('not-a-receipt')
  const { fate } = receipt
  if (fate === null) return done({ isNew: false })
  return inTransaction<{ isNew: boolean }, never>(ctx, async (tx) =>
    settleReceipt(tx, found(await findSms(tx, gateway, receipt)), fate),
  )
}

/**
 * By our key, or by the reference of this very gateway: two of one kind may number theirs alike. Of its territory alone; of the
 * operator's, what left by no other.
 */
async function findSms(
  { db, now }: TxCtx,
  { territoryId, gatewayId, kind }: NonNullable<Awaited<ReturnType<typeof findGatewayOfReceipts>>>,
  { reference, key }: Receipt,
): Promise<{ messageId: number; isAhead: boolean } | null> {
  const itsOwn =
    territoryId === null
      ? sql`m.gateway_id is null and (m.key = ${key}::uuid or (m.gateway_reference = ${reference} and m.gateway = ${kind}))`
      : sql`m.territory_id = ${territoryId}
          and (m.key = ${key}::uuid or (m.gateway_reference = ${reference} and m.gateway_id = ${gatewayId}))`
  const [row] = await db.execute<{ messageId: number; isAhead: boolean }>(sql`
    select m.id::float8 as "messageId",
           ${isAheadSql(now)} as "isAhead"
    from messages m left join rdvs r on r.id = m.rdv_id
    where m.channel = 'sms' and ${itsOwn}
    order by m.id desc limit 1`)
  return row ?? null
}
