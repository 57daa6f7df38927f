'use client'

import { useEffect, useRef, type CSSProperties } from 'react'

/** The share of the frame left above the hour it is when the board opens: what has just begun still shows. */
const ABOVE = 1 / 3

/** The hour it is, across a column; the board opens on it. */
export function NowLine({ row }: { row: number }) {
  const line = useRef<HTMLLIElement>(null)
  const where: CSSProperties = { gridRow: row, gridColumn: '1 / -1' }
  // Once: a board drawn again stays where it was left.
  useEffect(() => {
    const frame = line.current?.closest<HTMLElement>('[role=region]')
    if (!line.current || !frame) return
    const fromTopPx = line.current.getBoundingClientRect().top - frame.getBoundingClientRect().top
    frame.scrollTop += fromTopPx - frame.clientHeight * ABOVE
  }, [])
  return (
    <li
      ref={line}
      aria-hidden="true"
      style={where}
      className="pointer-events-none z-10 hidden border-t-2 border-bad md:block print:hidden"
    />
  )
}
