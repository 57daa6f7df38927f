import { env } from '@/server/platform/env'
import type { ReadCtx } from '@/server/platform/ctx'
import type { Mail } from '@/server/platform/mail'
import { listAgentsToTell } from '../queries/agent-facts'
import { findReadyExport } from '../queries/ready-exports'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { exportMailOf } from '../templates/export'

/** That a file is ready, judged anew: nothing of one already taken, or erased. */
export async function exportMail(
  read: ReadCtx,
  { agentId, eventId }: ToAgent & { eventId: number },
): Promise<{ mail: Mail } | { why: Failure }> {
  const ready = await findReadyExport(read, eventId)
  if (!ready || ready.isTaken) return { why: 'obsolete' }
  const [agent] = await listAgentsToTell(read, [agentId], null)
  if (!agent || agent.email === null) return { why: 'muted' }
  return { mail: { to: agent.email, ...exportMailOf(ready, env().APP_URL) } }
}
