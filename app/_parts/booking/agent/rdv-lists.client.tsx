'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/app/_lib/trpc.client'
import type { AgentRdv } from '@/server/booking/rules/agent-views'

export type Range = { fromDay: string; toDay: string }

/** My RDVs of some days: the server's to begin with, then kept fresh whenever the page is looked at again. */
export function useMyRdvs(range: Range, read: readonly AgentRdv[], readAtMs: number): readonly AgentRdv[] {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.booking.listMyRdvs.queryOptions(range, { initialData: [...read], initialDataUpdatedAt: readAtMs }),
  )
  return data
}
