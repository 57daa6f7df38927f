'use client'

import { useSyncExternalStore } from 'react'
import { Button } from '@/app/_ui/button'

/** Kept in this browser alone. */
const KEY = 'nouveautes-du-navigateur'
type Choice = 'unknown' | 'on' | 'off' | 'refused'

export const wantsBrowserNews = (): boolean => choiceNow() === 'on'

function choiceNow(): Choice {
  if (typeof Notification === 'undefined') return 'unknown'
  if (Notification.permission === 'denied') return 'refused'
  return Notification.permission === 'granted' && window.localStorage.getItem(KEY) === 'oui' ? 'on' : 'off'
}

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function choose(isOn: boolean) {
  if (isOn) await Notification.requestPermission()
  window.localStorage.setItem(KEY, isOn ? 'oui' : 'non')
  listeners.forEach((tell) => tell())
}

/** Whether this browser says that something happened, while the application is open in another tab. */
export function BrowserNews() {
  const choice = useSyncExternalStore<Choice>(subscribe, choiceNow, () => 'unknown')
  if (choice === 'unknown') return null
  if (choice === 'refused') {
    return (
      <p className="text-ink-soft">
        Ce navigateur refuse les notifications de ce site{'\u00a0'}: changez-le dans ses réglages pour en recevoir.
      </p>
    )
  }
  return (
    <div className="space-y-2">
      <p className="text-ink-soft">
        {choice === 'on'
          ? 'Ce navigateur vous prévient quand l’application est ouverte dans un autre onglet. Il dit combien il y a de nouveautés, et rien d’autre.'
          : 'Ce navigateur peut vous prévenir quand l’application est ouverte dans un autre onglet. Il dit combien il y a de nouveautés, et rien d’autre.'}
      </p>
      <Button type="button" variant="secondary" onClick={() => void choose(choice !== 'on')}>
        {choice === 'on' ? 'Ne plus me prévenir ici' : 'Me prévenir dans ce navigateur'}
      </Button>
    </div>
  )
}
