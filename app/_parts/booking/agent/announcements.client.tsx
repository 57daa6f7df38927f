'use client'

import Link from 'next/link'
import { useEffect, useSyncExternalStore } from 'react'
import { Icon } from '@/app/_ui/icon'
import type { Status } from '@/server/booking/rules/status'

/** How long an undo stays at hand. Later, the RDV's own page still goes back. */
const TOAST_MS = 10_000

/** What one may want to do next, in a page of its own. */
type NextStep = { href: string; words: string }
type Toast = { id: number; text: string; undo: (() => void) | null; next: NextStep | null }
/** `name`: what the RDV is called. `status`: what it turned out to be, once that is known. */
export type Note = { name: string; tone: 'warn' | 'bad'; text: string; status?: Status | null }
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
export function showToast(text: string, undo: Toast['undo'] = null, next: Toast['next'] = null): number {
  lastId += 1
  change({ toast: { id: lastId, text, undo, next } })
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

const ACT =
  'inline-flex min-h-11 shrink-0 items-center rounded-card px-3 font-bold text-white underline underline-offset-4 hover:bg-white/15 focus-visible:outline-white'

/** What was just done, what may follow, and the way back from it: by its button or by Ctrl+Z. */
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
          className="edge pointer-events-auto flex min-h-14 w-full max-w-xl flex-wrap items-center justify-end gap-x-1 rounded-card bg-ink py-1 pr-2 pl-4 text-white shadow-card"
        >
          <p className="flex min-w-0 flex-1 basis-44 items-center gap-3 py-1.5 leading-snug">
            <Icon name="check" className="shrink-0" />
            {toast.text}
          </p>
          {toast.next && (
            <Link href={toast.next.href} prefetch={false} onClick={() => dropToast(id)} className={ACT}>
              {toast.next.words}
            </Link>
          )}
          {undo && (
            <button
              type="button"
              onClick={() => {
                dropToast(id)
                undo()
              }}
              className={ACT}
            >
              Défaire
            </button>
          )}
        </div>
      )}
    </div>
  )
}
