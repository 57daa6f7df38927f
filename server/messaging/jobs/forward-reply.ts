import * as z from 'zod'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { log } from '@/server/platform/log'
import { deliverMail, fateOf, sendMail, type Mail } from '@/server/platform/mail'
import { leaves } from '@/server/platform/outgoing'
import { unseal } from '@/server/platform/seal'
import { findForward, type Forward } from '../queries/replies'
import { findReadersAfter } from '../queries/reply-readers'
import { withheld, type ReplyWords } from '../rules/replies'
import { deleteForward, queueForwards } from '../store/replies'
import { replyMail, replyNotice, supportMail, supportNotice } from '../templates/reply'
import { REPLY_SEAL, sealed } from './take-reply'

const wordsSchema: z.ZodType<ReplyWords> = z.object({
  text: z.string(),
  fileNames: z.array(z.string()),
  isCut: z.boolean().default(false),
  isFromElsewhere: z.boolean(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  isWithheld: z.boolean().default(false),
})

/**
 * Forwards what somebody answered to one who is to read it, then keeps nothing of it. Whoever may not open what it is about is
 * told that somebody answered, and not what. When that one cannot, who left or whose
 * mailbox refuses it, the next of docs/messages.md does. Throws when the mail server is to be asked again: words lost are worse
 * than words read twice, and a mailbox knows the same Message-ID.
 */
export async function forwardReply(ctx: Ctx, { forwardId }: { forwardId: number }): Promise<void> {
  const forward = await inRead(ctx, (read) => findForward(read, forwardId))
  if (!forward) return
  const words = wordsOf(forward)
  const mail = words && mailOf(forward, words)
  const isLeft = mail !== null && leaves(mail.to)
  const isTaken = isLeft ? await isDelivered(mail) : mail !== null
  await inTransaction(ctx, async (tx) => {
    if (!(await deleteForward(tx, forwardId))) return done(null)
    if (mail && !isLeft) await sendMail(tx.db, mail)
    const isPassedOn = !isTaken && words !== null && (await passOn(tx, forward, words))
    if (!isTaken && !isPassedOn) log().warn({ forwardId }, 'answer forwarded to nobody')
    return done(null)
  })
}

/** False when its mailbox refuses it for good. */
async function isDelivered(mail: Mail): Promise<boolean> {
  try {
    await deliverMail(mail)
    return true
  } catch (error) {
    if (fateOf(error) !== 'refused') throw error
    return false
  }
}

/** To whoever comes next and has not had it from another; to the support in the end. False when there is nobody. */
async function passOn(tx: TxCtx, { about, answerKey, answeredAt }: Forward, words: ReplyWords): Promise<boolean> {
  if (!about) return false
  const { territoryId, rdvId, participationId, entryId } = about
  const next = await findReadersAfter(tx, about, about.agentId)
  const agentIds = next === 'organisation' ? [null] : next.agentIds
  const lines = agentIds.map((agentId) => ({
    ...{ ...sealed(words), territoryId, rdvId, participationId, entryId, agentId },
  }))
  if (lines.length === 0 && !env().SUPPORT_MAIL) return false
  await queueForwards(
    tx,
    { answerKey, answeredAt },
    lines.length > 0 ? lines : [sealed(about.isConfidential ? withheld(words) : words)],
  )
  return true
}

/** Null when its words no longer open. */
function wordsOf({ key, sealedWords }: Forward): ReplyWords | null {
  const opened = unseal(REPLY_SEAL, key, sealedWords)
  return wordsSchema.safeParse(opened === null ? null : JSON.parse(opened)).data ?? null
}

/** Null when nobody is there to read it. */
function mailOf({ key, about }: Forward, words: ReplyWords): Mail | null {
  const { SUPPORT_MAIL, APP_URL } = env()
  const to = about ? about.to : (SUPPORT_MAIL ?? null)
  if (to === null) return null
  if (!about) return { to, key, ...(words.isWithheld ? supportNotice : supportMail)(words, APP_URL) }
  return { to, key, ...(about.mayRead ? replyMail(words, about, APP_URL) : replyNotice(about, APP_URL)) }
}
