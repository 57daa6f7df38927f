import type { ReactNode } from 'react'
import type { Tone } from './notice'

const TONES = {
  info: 'bg-accent-soft text-accent-strong',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  note: 'bg-note-soft text-note',
} as const satisfies Record<Tone, string>

/** A short state in words; its colour only repeats them. `wraps`: several words, where a column may be narrower. */
export function Tag({ tone = 'info', wraps = false, children }: { tone?: Tone; wraps?: boolean; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-3 py-0.5 font-semibold ${wraps ? '' : 'whitespace-nowrap'} ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
