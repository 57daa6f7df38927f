'use client'

import Link from 'next/link'
import type { MouseEvent, ReactNode } from 'react'
import { formatDay } from '@/app/_lib/dates'
import { Icon } from '@/app/_ui/icon'
import { STEP } from './step'

const dayHref = (day: string) => `/agent?jour=${day}`

/** A day of the week already here changes the address and nothing else: it opens without the network. */
export function DayLink({
  day,
  days,
  children,
  ...rest
}: {
  day: string
  days: readonly string[]
  children: ReactNode
  className: string
  'aria-current'?: 'date' | undefined
}) {
  const isHere = days.includes(day)
  function openHere(event: MouseEvent) {
    if (!isHere || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    window.history.pushState(null, '', dayHref(day))
  }
  return (
    <Link
      href={dayHref(day)}
      prefetch={false}
      scroll={false}
      onClick={openHere}
      {...(isHere && { 'data-local': '' })}
      {...rest}
    >
      {children}
    </Link>
  )
}

export function DayNav({
  previous,
  next,
  today,
  days,
}: {
  previous: string
  next: string
  /** Absent on the very day. */
  today?: string
  days: readonly string[]
}) {
  return (
    <nav aria-label="Changer de jour" className="flex shrink-0 gap-2">
      <DayLink day={previous} days={days} className={STEP}>
        <Icon name="back" />
        <span className="sr-only">Jour précédent : {formatDay(previous)}</span>
      </DayLink>
      {today && (
        <DayLink day={today} days={days} className={`${STEP} max-sm:hidden sm:px-4`}>
          Aujourd’hui
        </DayLink>
      )}
      <DayLink day={next} days={days} className={STEP}>
        <Icon name="next" />
        <span className="sr-only">Jour suivant : {formatDay(next)}</span>
      </DayLink>
    </nav>
  )
}
