/** The mark: a ring with an opening, the free slot in a full day. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    // Its size without the stylesheet too: on a poor network the page is read before it comes.
    <svg aria-hidden="true" focusable="false" viewBox="0 0 32 32" width="32" height="32" className={className}>
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M16 9.5a6.5 6.5 0 1 1-6.5 6.5" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}

export const PRODUCT = 'RDV Territoires'
