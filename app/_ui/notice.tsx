import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

export type Tone = 'info' | 'ok' | 'warn' | 'bad' | 'note'

const TONES = {
  info: 'border-accent bg-accent-soft text-accent-strong',
  ok: 'border-ok bg-ok-soft text-ok',
  warn: 'border-warn bg-warn-soft text-warn',
  bad: 'border-bad bg-bad-soft text-bad',
  note: 'border-note bg-note-soft text-note',
} as const satisfies Record<Tone, string>

const ICONS = { info: 'info', ok: 'check', warn: 'warning', bad: 'warning', note: 'info' } as const satisfies Record<
  Tone,
  IconName
>

/** A message in the flow of the page. `isLive` when it answers what the person just did. */
export function Notice({
  tone = 'info',
  title,
  children,
  isLive = false,
}: {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  isLive?: boolean
}) {
  return (
    <div
      {...(isLive && { role: tone === 'bad' || tone === 'warn' ? 'alert' : 'status' })}
      className={`edge flex gap-3 rounded-card border-l-4 px-4 py-3 ${TONES[tone]}`}
    >
      <Icon name={ICONS[tone]} className="mt-0.5 shrink-0" />
      <div className="min-w-0 flex-1 space-y-1.5 text-ink">
        {title && <p className="font-bold">{title}</p>}
        {children && <div className="space-y-2">{children}</div>}
      </div>
    </div>
  )
}
