'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { Icon } from '@/app/_ui/icon'
import type { Status } from '@/server/booking/rules/status'

/** How long an undo stays at hand. Later, the RDV's own page still goes back. */
const TOAST_MS = 10_000

type Toast = { id: number; text: string; undo: (() => void) | null }
/** `status`: what the RDV turned out to be, once that is known. */
export type Note = { tone: 'warn' | 'bad'; text: string; status?: Status | null }
type Announcements = { toast: Toast | null; notes: ReadonlyMap<number, Note> }

// In memory only, outside React: an answer that arrives after the page was left is still told on the next one.
const NOTHING: Announcements = { toast: null, notes: new Map() }
let current = NOTHING
let lastId = 0
const listeners = new Set<() => void>()

function change(next: Partial<Announcements>) {
  current = { ...current, ...next }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const useAnnouncements = () =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => NOTHING,
  )

/** Answers the toast's id, to take it back should it turn out untrue. */
export function showToast(text: string, undo: (() => void) | null = null): number {
  lastId += 1
  change({ toast: { id: lastId, text, undo } })
  return lastId
}

export function dropToast(id: number) {
  if (current.toast?.id === id) change({ toast: null })
}

/** What an RDV's card must say until the person has read it. */
export const setNote = (rdvId: number, note: Note) => change({ notes: new Map(current.notes).set(rdvId, note) })

export function dropNote(rdvId: number) {
  if (!current.notes.has(rdvId)) return
  const notes = new Map(current.notes)
  notes.delete(rdvId)
  change({ notes })
}

export const useNotes = () => useAnnouncements().notes

/** What was just done, and the way back from it: by its button or by Ctrl+Z. */
export function Toasts() {
  const { toast } = useAnnouncements()
  const undo = toast?.undo
  const id = toast?.id ?? 0

  useEffect(() => {
    if (!toast) return
    const timer = setInterval(() => {
      const isHeld = document.querySelector('[data-toast]:is(:hover, :focus-within)') !== null
      if (!isHeld) dropToast(toast.id)
    }, TOAST_MS)
    return () => clearInterval(timer)
  }, [toast])

  useEffect(() => {
    if (!undo) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      dropToast(id)
      undo()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [undo, id])

  return (
    <div
      role="status"
      className="no-print pointer-events-none fixed inset-x-0 bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-50 flex justify-center px-3 md:bottom-6"
    >
      {toast && (
        <div
          key={toast.id}
          data-toast=""
          className="edge pointer-events-auto flex min-h-14 w-full max-w-md items-center gap-3 rounded-card bg-ink py-1 pr-2 pl-4 text-white shadow-card"
        >
          <Icon name="check" className="shrink-0" />
          <p className="min-w-0 flex-1 py-1 leading-snug">{toast.text}</p>
          {undo && (
            <button
              type="button"
              onClick={() => {
                dropToast(id)
                undo()
              }}
              className="min-h-11 shrink-0 rounded-card px-3 font-bold underline underline-offset-4 hover:bg-white/15 focus-visible:outline-white"
            >
              Défaire
            </button>
          )}
        </div>
      )}
    </div>
  )
}
