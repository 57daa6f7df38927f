'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'

/** Takes the absence away, in two presses: its hours open at once. */
export function DeleteAbsence({ absenceId, returnTo }: { absenceId: number; returnTo: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    ...trpc.scheduling.deleteAbsence.mutationOptions(),
    onSuccess: () => {
      router.push(`${returnTo}${returnTo.includes('?') ? '&' : '?'}avis=supprimee`)
      router.refresh()
    },
  })
  if (!isAsked)
    return (
      <Button type="button" variant="danger" onClick={() => setAsked(true)}>
        Supprimer cette absence
      </Button>
    )
  return (
    <Notice tone="warn" title="Supprimer cette absence ?" isLive>
      <p>Ces heures redeviennent réservables là où une plage est ouverte.</p>
      {remove.isError && <p>La suppression n’a pas abouti. Réessayez.</p>}
      <div className="flex flex-wrap gap-3">
        <Button type="button" variant="danger" disabled={remove.isPending} onClick={() => remove.mutate({ absenceId })}>
          Supprimer
        </Button>
        <Button type="button" variant="quiet" onClick={() => setAsked(false)}>
          Garder
        </Button>
      </div>
    </Notice>
  )
}
