import * as z from 'zod'
import { smsSizeOf } from '@/server/kernel/sms-text'
import { env } from '../env'
import { ask } from './ask'
import { DENIED, fateOfStatus, jsonOf, LATER, referenceOf, REFUSED, UNKNOWN, type Fate, type OutgoingSms } from './fate'

const PUBLIC_URL = 'https://api.brevo.com'

const accepted = z.object({ messageId: z.union([z.number(), z.string()]) })
const faulty = z.object({ code: z.string().catch(''), message: z.string().catch('') })

/** Of a 400: what it refuses of the account or of the sender is not about the number. */
function fateOfFault(text: string): Fate {
  const fault = faulty.safeParse(jsonOf(text)).data
  if (!fault) return DENIED
  return fault.code === 'not_enough_credits' || /sender|credit|account/i.test(fault.message) ? DENIED : REFUSED
}

/** Brevo, « Send SMS message to a mobile number » (developers.brevo.com). It promises nothing about a second call. */
export async function deliverByBrevo(secret: string, sms: OutgoingSms, patienceMs?: number): Promise<Fate> {
  const question = {
    url: new URL('/v3/transactionalSMS/send', env().SMS_BREVO_URL ?? PUBLIC_URL),
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', 'api-key': secret },
    body: JSON.stringify({
      sender: sms.sender,
      recipient: sms.to.replace('+', ''),
      content: sms.text,
      type: 'transactional',
      tag: sms.key,
      // Without it, Brevo puts plain letters in place of what the alphabet of SMS does not have.
      unicodeEnabled: smsSizeOf(sms.text).alphabet === 'ucs2',
    }),
    isTrusted: true,
  } as const
  const answer = await ask(question, patienceMs)
  if (answer.kind !== 'answer') return answer.kind === 'silence' ? UNKNOWN : LATER
  const { status, text } = answer
  if (status >= 200 && status < 300) {
    const reference = referenceOf(accepted.safeParse(jsonOf(text)).data?.messageId)
    return reference === null ? UNKNOWN : { fate: 'sent', reference }
  }
  return status === 400 ? fateOfFault(text) : fateOfStatus(status, answer.retryInSec)
}
