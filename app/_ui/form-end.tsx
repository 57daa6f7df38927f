import type { ReactNode } from 'react'
import { Notice } from './notice'

/** How a form ends: what went wrong when it was sent, its button, and the way out without saving. */
export const FormEnd = ({
  failure,
  returnTo,
  children,
}: {
  failure: string | null
  returnTo: string
  children: ReactNode
}) => (
  <>
    {failure !== null && (
      <Notice tone="bad" isLive>
        <p>{failure}</p>
      </Notice>
    )}
    <div className="flex flex-col gap-3 sm:flex-row">
      {children}
      <a href={returnTo} className="link inline-flex min-h-12 items-center justify-center px-2">
        Annuler
      </a>
    </div>
  </>
)
