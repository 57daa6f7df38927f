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

/** Choices that outlive a reload, as JSON; `read` gives null for what is none of them any more. */
export function useKeptChoice<Choice>(
  key: string,
  initial: Choice,
  read: (kept: unknown) => Choice | null,
): [Choice, (choice: Choice) => void, () => void] {
  const [kept, keep, forget] = useKept(key, '')
  return [parsed(kept, read) ?? initial, (choice) => keep(JSON.stringify(choice)), forget]
}

function parsed<Choice>(kept: string, read: (kept: unknown) => Choice | null): Choice | null {
  try {
    return kept === '' ? null : read(JSON.parse(kept))
  } catch {
    return null
  }
}
