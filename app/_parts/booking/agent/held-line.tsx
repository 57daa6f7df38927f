import Link from 'next/link'
import { dayOf, formatTime, isoOf } from '@/app/_lib/dates'
import { heldWords } from '@/app/_words/waitlist'
import type { TakenTime } from '@/server/booking/rules/agent-views'

type Held = TakenTime & { heldUntilAt: Date }

/** A slot that is kept for somebody who waits, on a day of a list; it leads to who waits. */
export function HeldLine({ held: { startAt, endAt, heldUntilAt }, zone }: { held: Held; zone: string }) {
  return (
    <p className="flex min-h-14 flex-wrap items-center gap-x-2 border-l-[6px] border-note bg-note-soft py-2 pr-2 pl-3">
      <span className="font-bold whitespace-nowrap">
        <time dateTime={isoOf(startAt)}>{formatTime(startAt, zone)}</time>
        {' – '}
        <time dateTime={isoOf(endAt)}>{formatTime(endAt, zone)}</time>
      </span>
      <Link href="/agent/attente" prefetch={false} className="link -my-2 inline-flex min-h-11 items-center">
        {heldWords(heldUntilAt, zone)}
      </Link>
    </p>
  )
}

/** Those kept on each day of a week. */
export const heldLinesOn = (taken: readonly TakenTime[], day: string, zone: string): Held[] =>
  taken.flatMap(({ heldUntilAt, ...time }) =>
    heldUntilAt && dayOf(time.startAt, zone) === day ? [{ ...time, heldUntilAt }] : [],
  )
