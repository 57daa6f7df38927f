'use client'

import { useSyncExternalStore } from 'react'

const CHANGED = 'kept-text'

function subscribe(onChange: () => void) {
  window.addEventListener(CHANGED, onChange)
  return () => window.removeEventListener(CHANGED, onChange)
}

/** A text that outlives a reload, in this tab alone: what it says, how to change it, how to forget it. */
export function useKept(key: string, initial: string): [string, (text: string) => void, () => void] {
  const kept = useSyncExternalStore(
    subscribe,
    () => sessionStorage.getItem(key),
    () => null,
  )
  const keep = (text: string) => {
    sessionStorage.setItem(key, text)
    window.dispatchEvent(new Event(CHANGED))
  }
  return [kept ?? initial, keep, () => sessionStorage.removeItem(key)]
}
