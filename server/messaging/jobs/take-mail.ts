import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { log } from '@/server/platform/log'
import { senderAddress } from '@/server/platform/mail'
import { messageOfAddress, messageWrittenTo } from '@/server/platform/mail-in/addresses'
import { addressesOfHead, keysNamedIn } from '@/server/platform/mail-in/head'
import { readMail, type InboundMail } from '@/server/platform/mail-in/read'
import { fateOfReports, kindOf, type InboundKind } from '../rules/inbound'
import { isAheadSql, settleReceipt } from './settle-receipt'
import { takeReply } from './take-reply'

/** What a mail that came in was taken for; `unknown`: nothing of ours. */
export type TakenMail = 'returned' | 'late' | 'machine' | 'answer' | 'to-support' | 'again' | 'unknown'

/**
 * A mail that a server gives us: one of ours given back, or an answer. `envelopeTo`: where the server says it was sent, which
 * the mail itself may not. Anybody may write to us: what names no message of ours is dropped as it came, `unknown`, before
 * its reading costs anything. `not-a-mail` of what cannot be read. Taken twice, it is the same. Throws `rate-limited`, and
 * `unavailable` of one that comes back before we know that it left: the server gives it again.
 */
export async function takeMail(
  ctx: Ctx,
  { raw, envelopeTo }: { raw: Buffer; envelopeTo: string | null },
): Promise<Outcome<TakenMail, 'not-a-mail'>> {
  const to = [envelopeTo?.toLowerCase() ?? [], addressesOfHead(raw)].flat()
  const messageId = messageWrittenTo(to) ?? (await findByKey(ctx, keysNamedIn(raw)))
  if (messageId === null) return done('unknown')
  await consume(ctx, LIMITS.mailsPerMessage, String(messageId))
  await consume(ctx, LIMITS.mailsTaken, 'all')
  const mail = await readMail(raw)
  if (!mail) return refused('not-a-mail')
  const { SUPPORT_MAIL } = env()
  const ours = [senderAddress(), SUPPORT_MAIL ?? []].flat().map((address) => address.toLowerCase())
  const kind = kindOf(mail, ours)
  const taken = await takeAs[kind](ctx, { mail, to, mark: hashOf(raw) })
  log().info({ taken }, 'mail taken')
  return done(taken)
}

async function findByKey(ctx: Ctx, keys: readonly string[]): Promise<number | null> {
  if (keys.length === 0) return null
  const [row] = await inRead(ctx, ({ db }) =>
    db.execute<{ messageId: number }>(sql`
      select id::float8 as "messageId" from messages
      where channel = 'mail' and key = any(${`{${keys.join(',')}}`}::uuid[]) order by id desc limit 1`),
  )
  return row?.messageId ?? null
}

type Given = { mail: InboundMail; to: readonly string[]; mark: string }

const takeAs = {
  report: (ctx, { mail, to }) => takeReport(ctx, mail, to),
  person: takeReply,
  machine: () => Promise.resolve('machine'),
} as const satisfies Record<InboundKind, (ctx: Ctx, given: Given) => Promise<TakenMail>>

const hashOf = (raw: Buffer): string => createHash('sha256').update(raw).digest('base64url')

/** What servers say became of a mail of ours: known by where it comes back, which nobody guesses, or by our Message-ID. */
async function takeReport(ctx: Ctx, mail: InboundMail, to: readonly string[]): Promise<TakenMail> {
  const fate = fateOfReports(mail.reports)
  if (fate === null) return 'late'
  const outcome = await inTransaction<TakenMail, never>(ctx, async (tx) => {
    const message = await findReturned(tx, messageOfAddress('mail-returns', to), mail.answeredIds)
    if (!message) return done('unknown')
    await settleReceipt(tx, message, fate)
    return done('returned')
  })
  return outcome.ok ? outcome.value : 'unknown'
}

const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i

async function findReturned(
  { db, now }: TxCtx,
  messageId: number | null,
  answeredIds: readonly string[],
): Promise<{ messageId: number; isAhead: boolean } | null> {
  const keys = answeredIds.flatMap((id) => KEY.exec(id)?.[1]?.toLowerCase() ?? [])
  const [row] = await db.execute<{ messageId: number; isAhead: boolean }>(sql`
    select m.id::float8 as "messageId", ${isAheadSql(now)} as "isAhead"
    from messages m left join rdvs r on r.id = m.rdv_id
    where m.channel = 'mail' and (m.id = ${messageId} or m.key = any(${`{${keys.join(',')}}`}::uuid[]))
    order by (m.id = ${messageId}) desc nulls last, m.id desc limit 1`)
  return row ?? null
}
