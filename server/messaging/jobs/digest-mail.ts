import { env } from '@/server/platform/env'
import type { ReadCtx } from '@/server/platform/ctx'
import type { Mail } from '@/server/platform/mail'
import { wallClock } from '@/server/scheduling/rules/civil'
import { listDigestRdvs, listDigestReaders } from '../queries/digests'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { digestMailOf } from '../templates/digest'

/** The day of an agent, from what it is when the mail leaves: nothing of an empty one, of one that is over, or unwanted. */
export async function digestMail(
  read: ReadCtx,
  { agentId, onDay }: ToAgent & { onDay: string },
): Promise<{ mail: Mail } | { why: Failure }> {
  const [reader] = await listDigestReaders(read, agentId)
  if (!reader) return { why: 'muted' }
  if (onDay < wallClock(reader.zone, read.now.getTime()).onDay) return { why: 'too-late' }
  const rdvs = await listDigestRdvs(read, { ...reader, onDay })
  if (rdvs.length === 0) return { why: 'obsolete' }
  return { mail: { to: reader.email, ...digestMailOf(onDay, rdvs, env().APP_URL) } }
}
