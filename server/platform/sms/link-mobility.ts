import * as z from 'zod'
import { env } from '../env'
import { ask } from './ask'
import { fateOfStatus, jsonOf, LATER, referenceOf, REFUSED, UNKNOWN, type Fate, type OutgoingSms } from './fate'

const PUBLIC_URL = 'https://europe.ipx.com'

/** « Could not route message », « Invalid destination address ». */
const NUMBER_REFUSED: ReadonlySet<number> = new Set([16, 100])
const ALPHANUMERIC_SENDER = '1'
const MAX_SEGMENTS = '10'

const answered = z.object({
  responseCode: z.int(),
  messageIds: z.array(z.union([z.string(), z.number()])).catch([]),
})

/** LINK Mobility (Netsize), REST API for SMS. Its body says what became of the message, whatever the status. */
export async function deliverByLinkMobility(
  { username, secret }: { username: string; secret: string },
  sms: OutgoingSms,
  patienceMs?: number,
): Promise<Fate> {
  const question = {
    url: new URL('/restapi/v1/sms/send', env().SMS_LINK_MOBILITY_URL ?? PUBLIC_URL),
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      destinationAddress: sms.to,
      messageText: sms.text,
      originatingAddress: sms.sender,
      originatorTON: ALPHANUMERIC_SENDER,
      maxConcatenatedMessages: MAX_SEGMENTS,
      // It says what became of it, where the account says (docs/decisions/0031).
      statusReportFlags: '1',
    }).toString(),
    isTrusted: true,
  } as const
  const answer = await ask(question, patienceMs)
  if (answer.kind !== 'answer') return answer.kind === 'silence' ? UNKNOWN : LATER
  const said = answered.safeParse(jsonOf(answer.text)).data
  if (!said) return answer.status < 300 ? UNKNOWN : fateOfStatus(answer.status, answer.retryInSec)
  if (said.responseCode === 0) return { fate: 'sent', reference: referenceOf(said.messageIds[0]) }
  return NUMBER_REFUSED.has(said.responseCode)
    ? REFUSED
    : answer.status < 300
      ? LATER
      : fateOfStatus(answer.status, answer.retryInSec)
}
