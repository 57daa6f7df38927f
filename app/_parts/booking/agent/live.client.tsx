'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect } from 'react'
import * as z from 'zod'
import { useTRPC } from '@/app/_lib/trpc.client'

const changedSchema = z.union([z.literal('any'), z.array(z.number())])

/** How often a page that is looked at is drawn again for the line of the hour. */
const MINUTE_MS = 60_000

/**
 * Calls `onChange` when one of these agendas changed elsewhere, and when something may have been missed: the connection
 * came back, the page is looked at again. Only a visible page listens.
 */
function useAgendaChanges(agentIds: readonly number[], onChange: () => void) {
  const watched = agentIds.join(',')
  useEffect(() => {
    const ids = new Set(watched.split(',').map(Number))
    let source: EventSource | null = null
    let hasHeard = false
    function listen() {
      source = new EventSource('/api/agenda/live')
      source.addEventListener('pret', () => {
        if (hasHeard) onChange()
        hasHeard = true
      })
      source.addEventListener('agendas', ({ data }) => {
        const changed = changedSchema.safeParse(JSON.parse(String(data)))
        if (changed.success && (changed.data === 'any' || changed.data.some((id) => ids.has(id)))) onChange()
      })
    }
    function follow() {
      source?.close()
      source = null
      if (document.visibilityState === 'visible') listen()
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      source?.close()
    }
  }, [watched, onChange])
}

/**
 * Keeps a page about these agendas as they are: the lists kept here and, with `isDrawnAgain`, what the server drew, each
 * minute too. A page on which something may wait for the network is not drawn again: another build of the site would
 * have it loaded anew.
 */
export function LiveAgendas({
  agentIds,
  isDrawnAgain = false,
}: {
  agentIds: readonly number[]
  isDrawnAgain?: boolean
}) {
  const router = useRouter()
  const client = useQueryClient()
  const trpc = useTRPC()
  const again = useCallback(() => {
    if (isDrawnAgain) router.refresh()
    void client.invalidateQueries({ queryKey: trpc.booking.listMyRdvs.pathKey() })
    void client.invalidateQueries({ queryKey: trpc.booking.getBoard.pathKey() })
  }, [router, client, trpc, isDrawnAgain])
  useAgendaChanges(agentIds, again)
  useEffect(() => {
    if (!isDrawnAgain) return
    const timer = setInterval(() => document.visibilityState === 'visible' && router.refresh(), MINUTE_MS)
    return () => clearInterval(timer)
  }, [router, isDrawnAgain])
  return null
}
