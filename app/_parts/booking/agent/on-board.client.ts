'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Board, BoardRdv } from '@/server/booking/rules/board'
import { drawnKey, withStatus } from './on-board'
import { usePending } from './set-status.client'

/** A board as the person left it: the same one as long as nothing changed. */
export function useBoardAsLeft(board: Board | undefined): Board | undefined {
  const pending = usePending()
  return useMemo(() => {
    if (!board || pending.size === 0) return board
    const rdvs = board.rdvs.map((rdv) => {
      const change = pending.get(rdv.rdvId)
      return change ? withStatus(rdv, change.to) : rdv
    })
    return { ...board, rdvs }
  }, [board, pending])
}

/** An RDV that the server drew at that time, as the person left it; until the server draws it again. */
export function useDrawnAsLeft(read: BoardRdv, readAtMs: number): BoardRdv {
  const { data } = useQuery({
    queryKey: drawnKey(read.rdvId, readAtMs),
    queryFn: () => read,
    initialData: read,
    enabled: false,
  })
  const change = usePending().get(read.rdvId)
  return change ? withStatus(data, change.to) : data
}
