'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { Notice } from './notice'

/** The second of two presses that take something away: what it does, then « Garder » beside it. */
export const RemovalQuestion = ({
  words,
  goOn = 'Supprimer',
  hasFailed,
  isReady,
  onGoOn,
  onKeep,
  children,
}: {
  words: string
  goOn?: string
  hasFailed: boolean
  isReady: boolean
  onGoOn: () => void
  onKeep: () => void
  children: ReactNode
}) => (
  <Notice tone="warn" title={`${words}\u00a0?`} isLive>
    <p>{children}</p>
    {hasFailed && <p>La suppression n’a pas abouti. Réessayez.</p>}
    <div className="flex flex-wrap gap-3">
      <Button type="button" variant="danger" disabled={!isReady} onClick={onGoOn}>
        {goOn}
      </Button>
      <Button type="button" variant="quiet" onClick={onKeep}>
        Garder
      </Button>
    </div>
  </Notice>
)
