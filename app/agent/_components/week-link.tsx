import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatDay } from '@/app/_lib/dates'
import { STEP } from './step'

/** To another week of the page at `path`, named by its Monday. */
export function WeekLink({
  path,
  monday,
  words,
  children,
}: {
  path: string
  monday: string
  words: string
  children: ReactNode
}) {
  return (
    <Link href={`${path}?semaine=${monday}`} prefetch={false} className={STEP}>
      {children}
      <span className="sr-only">
        {words}, du {formatDay(monday)}
      </span>
    </Link>
  )
}
