import { statusWords } from '@/app/_words/agent'
import { Icon } from '@/app/_ui/icon'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import type { Phase, Status } from '@/server/booking/rules/status'

const WAITING = {
  future: 'bg-accent-soft text-accent-strong',
  today: 'bg-accent-soft text-accent-strong',
  past: 'bg-warn-soft text-warn',
} as const satisfies Record<Phase, string>

const SETTLED = {
  seen: 'bg-ok-soft text-ok',
  noshow: 'bg-bad-soft text-bad',
  excused: 'bg-ink/6 text-ink-soft',
  revoked: 'bg-ink/6 text-ink-soft',
} as const satisfies Record<Exclude<Status, 'unknown'>, string>

/** A status in words; its colour only repeats them. */
export function StatusTag({ rdv }: { rdv: Pick<AgentRdv, 'status' | 'phase' | 'isCollective'> }) {
  const tone = rdv.status === 'unknown' ? WAITING[rdv.phase] : SETTLED[rdv.status]
  return (
    <span
      className={`inline-flex items-baseline gap-1 rounded-full px-2.5 py-px font-semibold whitespace-nowrap ${tone}`}
    >
      {rdv.status === 'seen' && <Icon name="check" className="size-4 self-center" />}
      {statusWords(rdv)}
    </span>
  )
}
