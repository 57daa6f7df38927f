'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import type { CreateRefusal } from '@/server/booking/rules/placing'
import type { CreateRdv } from '@/server/booking/schema'
import type { CreateSeries } from '@/server/booking/schema/series'

type Answer = { ok: true; value: { rdvId: number; isNew: boolean } } | { ok: false; reason: CreateRefusal }

type Placed = {
  one: (input: CreateRdv) => void
  series: (input: CreateSeries) => void
  isPending: boolean
  isError: boolean
  refusal: CreateRefusal | null
}

/** Places one RDV, one after the other, or on several dates, then goes to its page. Refused, the page is read again. */
export function usePlace({ isRow, isSeries }: { isRow: boolean; isSeries: boolean }, forget: () => void): Placed {
  const trpc = useTRPC()
  const router = useRouter()
  const onSuccess = (outcome: Answer) => {
    if (!outcome.ok) return router.refresh()
    forget()
    const what = isSeries ? 'serie' : isRow ? 'suite' : 'cree'
    router.push(`/agent/rdvs/${outcome.value.rdvId}?place=${outcome.value.isNew ? what : 'deja'}`)
  }
  const one = useMutation({
    ...(isRow ? trpc.booking.createInARow.mutationOptions() : trpc.booking.createRdv.mutationOptions()),
    ...retried,
    onSuccess,
  })
  const series = useMutation({ ...trpc.booking.createSeries.mutationOptions(), ...retried, onSuccess })
  const used = isSeries ? series : one
  return {
    one: one.mutate,
    series: series.mutate,
    isPending: used.isPending,
    isError: used.isError,
    refusal: used.data?.ok === false ? used.data.reason : null,
  }
}
