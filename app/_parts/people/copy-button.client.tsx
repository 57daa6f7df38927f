'use client'

import { showToast } from '@/app/_parts/booking/agent/announcements.client'

/** Copies a contact; says so, or what it was when the browser would not. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => showToast('Copié'),
      () => showToast(text),
    )
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="link no-print min-h-11 cursor-pointer font-normal print:hidden"
    >
      Copier<span className="sr-only"> {name}</span>
    </button>
  )
}
