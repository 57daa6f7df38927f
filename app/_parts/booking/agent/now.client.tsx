'use client'

import { useEffect, useState } from 'react'

const TICK_MS = 20_000

/** The time, kept current. Starts from the server's, so that both draw the same page. */
export function useNow(startMs: number): number {
  const [nowMs, setNowMs] = useState(startMs)
  useEffect(() => {
    const tick = () => setNowMs(Date.now())
    const soon = setTimeout(tick, 0)
    const timer = setInterval(tick, TICK_MS)
    return () => {
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [])
  return nowMs
}
