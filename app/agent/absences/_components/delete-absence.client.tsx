'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { useLeave } from '@/app/_parts/scheduling/fates.client'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { RemovalQuestion } from '@/app/_ui/removal-question.client'
import { planningRefusalWords } from '@/app/_words/planning'
import type { DeleteAbsence as Deletion } from '@/server/scheduling/schema'

/** Takes an absence away, or some of its dates, in two presses: its hours open at once. */
export function DeleteAbsence({
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
  const remove = useMutation({
    ...trpc.scheduling.deleteAbsence.mutationOptions(),
    onSuccess: (outcome) => {
      if (!outcome.ok) return
      leave('supprimee', [])
    },
  })
  if (!isAsked)
    return (
      <Button type="button" variant="danger" onClick={() => setAsked(true)}>
        {words}
      </Button>
    )
  if (remove.data?.ok === false)
    return (
      <Notice tone="bad" title={planningRefusalWords['changed-meanwhile']} isLive>
        <p>Rien n’est supprimé. Rechargez la page pour la voir comme elle est maintenant.</p>
      </Notice>
    )
  return (
    <RemovalQuestion
      words={words}
      hasFailed={remove.isError}
      isReady={!remove.isPending}
      onGoOn={() => remove.mutate({ target })}
      onKeep={() => setAsked(false)}
    >
      Ces heures redeviennent réservables là où une plage est ouverte.
    </RemovalQuestion>
  )
}
