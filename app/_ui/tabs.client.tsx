'use client'

import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from './icon'

export type TabOf<Id extends string> = {
  readonly id: Id
  readonly title: string
  readonly content: ReactNode
  /** Something in it is to be mended. */
  readonly isFaulty?: boolean
}

/**
 * Parts of one form, one shown at a time; what is hidden stays in the form (WAI-ARIA's tabs: the arrows go from one to
 * the next).
 */
export function Tabs<Id extends string>({
  label,
  tabs,
  shown,
  onShow,
}: {
  label: string
  tabs: readonly TabOf<Id>[]
  shown: Id
  onShow: (id: Id) => void
}) {
  const list = useRef<HTMLDivElement>(null)

  function step(event: KeyboardEvent) {
    const index = tabs.findIndex(({ id }) => id === shown)
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key]
    const next = to === undefined ? undefined : tabs.at(to % tabs.length)
    if (!next) return
    event.preventDefault()
    onShow(next.id)
    list.current?.querySelector<HTMLElement>(`#onglet-${next.id}`)?.focus()
  }

  return (
    <div>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={step}
        className="flex flex-wrap gap-x-1 border-b border-line-strong"
      >
        {tabs.map(({ id, title, isFaulty }) => (
          <button
            key={id}
            id={`onglet-${id}`}
            type="button"
            role="tab"
            aria-selected={id === shown}
            aria-controls={`partie-${id}`}
            tabIndex={id === shown ? 0 : -1}
            onClick={() => onShow(id)}
            className="inline-flex min-h-12 shrink-0 items-center gap-1.5 border-b-[3px] border-transparent px-3 text-ink-soft hover:text-ink focus-visible:-outline-offset-3 aria-selected:border-accent aria-selected:font-bold aria-selected:text-accent"
          >
            {isFaulty && (
              <>
                <Icon name="warning" className="text-bad" />
                <span className="sr-only">À corriger : </span>
              </>
            )}
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ id, content }) => (
        <div
          key={id}
          id={`partie-${id}`}
          role="tabpanel"
          aria-labelledby={`onglet-${id}`}
          hidden={id !== shown}
          className="space-y-5 rounded-b-card border border-t-0 border-line bg-card p-4 sm:p-6"
        >
          {content}
        </div>
      ))}
    </div>
  )
}
