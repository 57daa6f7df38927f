'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { useFates, useLeave } from '@/app/_parts/scheduling/fates.client'
import { Judgement } from '@/app/_parts/scheduling/judgement.client'
import { Button } from '@/app/_ui/button'
import { RemovalQuestion } from '@/app/_ui/removal-question.client'
import { leftOutWords } from '@/app/_words/opening'
import { goOnWords } from '@/app/_words/planning'
import type { ChosenFate } from '@/server/booking/rules/impact'
import { mayGoOn } from '@/server/booking/rules/planning-views'
import type { DeleteOpening as Deletion } from '@/server/scheduling/schema'

/** Takes an opening away, or some of its dates, once the RDVs it would leave behind are shown. */
export function DeleteOpening({
  target,
  words,
  returnTo,
}: {
  target: Deletion['target']
  words: string
  returnTo: string
}) {
  const trpc = useTRPC()
  const leave = useLeave(returnTo)
  const [isAsked, setAsked] = useState(false)
  const [tried, setTried] = useState<ChosenFate[]>([])
  const judged = useQuery({
    ...trpc.booking.judgeOpeningDeletion.queryOptions({ target, known: null, fates: tried }),
    enabled: isAsked,
    staleTime: 0,
    // What was chosen stays in sight while the answer to it comes.
    ...(tried.length > 0 && { placeholderData: keepPreviousData }),
  })
  const fates = useFates(judged.data)
  const remove = useMutation({
    ...trpc.booking.deleteOpening.mutationOptions(),
    onSuccess: (outcome) => {
      if (!outcome.ok) {
        setTried(fates.wereRefused())
        return void judged.refetch()
      }
      leave('supprimee', fates.chosen)
    },
  })
  if (!isAsked)
    return (
      <Button type="button" variant="danger" onClick={() => setAsked(true)}>
        {words}
      </Button>
    )
  const isReady = judged.data !== undefined && mayGoOn(judged.data)
  return (
    <div className="space-y-4">
      {judged.data && <Judgement judgement={judged.data} fates={fates} hurtWords={leftOutWords} />}
      <RemovalQuestion
        words={words}
        goOn={goOnWords('Supprimer', fates.counts)}
        hasFailed={remove.isError || judged.isError}
        isReady={isReady && !remove.isPending}
        onGoOn={() => remove.mutate({ target, known: judged.data?.known ?? null, fates: fates.chosen })}
        onKeep={() => setAsked(false)}
      >
        Ces heures ne seront plus proposées à la réservation.
      </RemovalQuestion>
    </div>
  )
}
