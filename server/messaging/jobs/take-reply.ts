import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { consume, LIMITS } from '@/server/platform/limits'
import { messageOfAddress } from '@/server/platform/mail-in/addresses'
import type { InboundMail } from '@/server/platform/mail-in/read'
import { seal } from '@/server/platform/seal'
import { keyedHash } from '@/server/platform/tokens'
import { rdvReplied } from '../events'
import { findAnswered, type AnsweredMail } from '../queries/replies'
import { findReaders } from '../queries/reply-readers'
import { ownWords } from '../rules/inbound'
import { withheld, type ReplyWords } from '../rules/replies'
import { noteMailTaken, queueForwards, type NewForward } from '../store/replies'

/** Under which name the words of an answer are sealed, each for its own forward. */
export const REPLY_SEAL = 'mail-reply'

type TakenReply = 'answer' | 'to-support' | 'again' | 'unknown'
/** `mark`: of this mail and no other, when it says no Message-ID. */
type Given = { mail: InboundMail; to: readonly string[]; mark: string }

/**
 * What a person answers to a mail about their RDV: its agents read it, whatever they chose to be told of; without any, or of a wait
 * without RDV, its organisation; the support when that address is over; nobody at an address we never gave. Given twice, by two servers at once, it is forwarded once.
 */
export async function takeReply(ctx: Ctx, { mail, to, mark }: Given): Promise<TakenReply> {
  const messageId = messageOfAddress('mail-replies', to)
  if (messageId === null) return 'unknown'
  const answered = await inRead(ctx, (read) => findAnswered(read, messageId))
  const isFollowed = answered !== null && !answered.isOver
  const hash = keyedHash(`mail|${mail.mailId ?? mark}|${String(isFollowed ? messageId : null)}`)
  return isFollowed ? toAgents(ctx, mail, hash, answered) : toSupport(ctx, mail, hash, answered)
}

async function toAgents(ctx: Ctx, mail: InboundMail, hash: string, answered: AnsweredMail): Promise<TakenReply> {
  const { about, recipient, isConfidential } = answered
  const { rdvId, territoryId, participationId } = about
  await consume(ctx, LIMITS.mailRepliesPerPerson, rdvId === null ? `wait-${about.entryId}` : String(participationId))
  // It is theirs as far as the address they wrote to is: like the link of a message.
  const as = rdvId === null ? ctx : withActor(ctx, { kind: 'link', rdvId, participationId })
  const outcome = await inTransaction<TakenReply, never>(as, async (tx) => {
    if (!(await noteMailTaken(tx, hash))) return done('again')
    const readers = await findReaders(tx, about)
    const agentIds = readers === 'organisation' ? [null] : readers.agentIds
    const isFromElsewhere = mail.from !== recipient.toLowerCase()
    const words = wordsOf(mail, isFromElsewhere)
    const lines = agentIds.map((agentId) => ({ ...sealed(words), ...about, agentId }))
    await queueForwards(tx, newAnswer(), lines.length > 0 ? lines : [forSupport(mail, isConfidential)])
    if (rdvId !== null) await tx.emit(rdvReplied({ id: rdvId, territoryId }, { participationId }))
    return done('answer')
  })
  return outcome.ok ? outcome.value : 'unknown'
}

/** Of an address we gave and nobody follows any more. */
async function toSupport(
  ctx: Ctx,
  mail: InboundMail,
  hash: string,
  answered: AnsweredMail | null,
): Promise<TakenReply> {
  if (!env().SUPPORT_MAIL) return 'unknown'
  await consume(ctx, LIMITS.mailsToSupport, 'all')
  const outcome = await inTransaction<TakenReply, never>(ctx, async (tx) => {
    if (!(await noteMailTaken(tx, hash))) return done('again')
    await queueForwards(tx, newAnswer(), [forSupport(mail, answered?.isConfidential ?? false)])
    return done('to-support')
  })
  return outcome.ok ? outcome.value : 'unknown'
}

const wordsOf = ({ text, fileNames, isCut, from, subject }: InboundMail, isFromElsewhere: boolean): ReplyWords => ({
  ...{ text: ownWords(text), fileNames, isCut, isFromElsewhere, from, subject, isWithheld: false },
})
const newAnswer = () => ({ answerKey: crypto.randomUUID() })
const forSupport = (mail: InboundMail, isConfidential: boolean) => {
  const words = wordsOf(mail, false)
  return sealed(isConfidential ? withheld(words) : words)
}

/** For one forward, under a key of its own. */
export function sealed(words: ReplyWords): Pick<NewForward, 'key' | 'sealedWords'> {
  const key = crypto.randomUUID()
  return { key, sealedWords: seal(REPLY_SEAL, key, JSON.stringify(words)) }
}
