import { findGatewayOfReplies } from '@/server/directory/queries/sms'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { parsePhone } from '@/server/platform/phone'
import { choose } from '@/server/people/commands/set-consent'
import { listFilesOfNumber, MAX_FILES } from '@/server/people/queries/consents'
import { smsReplyIn } from '@/server/people/rules/consents'
import type { SmsReceived } from '@/server/people/schema'
import { rdvConsentSet } from '../events'
import { MAX_PARTS, setSmsConsentOfNumber } from '../store/consents'

/** Of a number that stands in thousands of files, the rest waits for its next STOP. */
const MAX_ROUNDS = 20

/** Gateways also give an international number without its +. */
const withPlus = (typed: string): string => (/^[1-9]\d{9,14}$/.test(typed.trim()) ? `+${typed.trim()}` : typed)

/**
 * What somebody answered to an SMS of a territory, as its gateway says, or the operator's, of those that have none: STOP, and
 * the files that have this number there are written to by SMS no more, nor what was typed with it, RDVs and waits, whosever
 * file they are of; START, and they are again. Anything else changes nothing. Throws `not-found` for a token of no gateway.
 * Given twice, it changes nothing more.
 */
export async function receiveSmsReply(
  ctx: Ctx,
  { token, from, text }: SmsReceived,
): Promise<Outcome<{ fileCount: number }, never>> {
  const { gatewayId, territoryId } = found(await inRead(ctx, (read) => findGatewayOfReplies(read, token)))
  await consume(ctx, LIMITS.smsRepliesPerGateway, String(gatewayId))
  const [reply, phone] = [smsReplyIn(text), parsePhone(withPlus(from))?.e164]
  if (!reply || !phone) return done({ fileCount: 0 })
  const isOn = reply === 'start'
  let fileCount = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const outcome = await inTransaction<Chosen, never>(ctx, async (tx) =>
      done(await chooseSome(tx, { territoryId, phone, isOn })),
    )
    if (!outcome.ok) break
    fileCount += outcome.value.fileCount
    if (outcome.value.isAll) break
  }
  return done({ fileCount })
}

type Chosen = { fileCount: number; isAll: boolean }

/** Some at a time, so that no lock lasts: those that are not yet as they are to be. */
async function chooseSome(
  tx: TxCtx,
  of: { territoryId: number | null; phone: string; isOn: boolean },
): Promise<Chosen> {
  const { isOn } = of
  const files = await listFilesOfNumber(tx, of)
  for (const usagerId of files) await choose(tx, usagerId, { channel: 'sms', isOn })
  const parts = await setSmsConsentOfNumber(tx, of)
  await Promise.all(
    parts.map(({ rdvId, participationId, ...part }) =>
      tx.emit(rdvConsentSet({ id: rdvId, ...part }, { participationId, channel: 'sms', isOn })),
    ),
  )
  return { fileCount: files.length, isAll: files.length < MAX_FILES && parts.length < MAX_PARTS }
}
