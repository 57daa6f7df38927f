import * as z from 'zod'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { log } from '@/server/platform/log'
import { deliverMail, fateOf, sendMail, type Mail } from '@/server/platform/mail'
import { leaves } from '@/server/platform/outgoing'
import { unseal } from '@/server/platform/seal'
import { findForward, type Forward } from '../queries/replies'
import type { ReplyWords } from '../rules/replies'
import { deleteForward } from '../store/replies'
import { replyMail, supportMail } from '../templates/reply'
import { REPLY_SEAL } from './take-reply'

const wordsSchema: z.ZodType<ReplyWords> = z.object({
  text: z.string(),
  fileNames: z.array(z.string()),
  isFromElsewhere: z.boolean(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
})

/**
 * Forwards what somebody answered to one who is to read it, then keeps nothing of it. Throws when the mail server is to be asked
 * again: words lost are worse than words read twice, and a mailbox knows the same Message-ID.
 */
export async function forwardReply(ctx: Ctx, { forwardId }: { forwardId: number }): Promise<void> {
  const forward = await inRead(ctx, (read) => findForward(read, forwardId))
  if (!forward) return
  const mail = mailOf(forward)
  if (!mail) log().warn({ forwardId }, 'answer forwarded to nobody')
  const isLeft = mail !== null && leaves(mail.to)
  if (isLeft) await deliver(mail, forwardId)
  await inTransaction(ctx, async (tx) => {
    const isMine = await deleteForward(tx, forwardId)
    if (isMine && mail && !isLeft) await sendMail(tx.db, mail)
    return done(null)
  })
}

async function deliver(mail: Mail, forwardId: number): Promise<void> {
  try {
    await deliverMail(mail)
  } catch (error) {
    if (fateOf(error) !== 'refused') throw error
    log().warn({ forwardId }, 'answer refused by its mailbox')
  }
}

/** Null when nobody is left to read it, or its words no longer open. */
function mailOf({ key, sealedWords, rdv }: Forward): Mail | null {
  const words = wordsSchema.safeParse(JSON.parse(unseal(REPLY_SEAL, key, sealedWords) ?? 'null'))
  const { SUPPORT_MAIL, APP_URL } = env()
  const to = rdv ? rdv.to : (SUPPORT_MAIL ?? null)
  if (!words.success || to === null) return null
  return { to, key, ...(rdv ? replyMail(words.data, rdv, APP_URL) : supportMail(words.data, APP_URL)) }
}
