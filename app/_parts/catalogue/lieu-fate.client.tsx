'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { lieuRefusalWords, usedByWords } from '@/app/_words/catalogue'

type Lieu = {
  readonly id: number
  readonly availability: 'enabled' | 'disabled' | 'single_use'
  readonly openingCount: number
  readonly futureRdvCount: number
  readonly isUsed: boolean
}

/** Closing a lieu, opening it again, erasing one that never served. */
export function LieuFate({ lieu, returnTo }: { lieu: Lieu; returnTo: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const leave = (avis: string) => {
    router.push(`${returnTo}?avis=${avis}`)
    router.refresh()
  }
  const set = useMutation({
    ...trpc.catalogue.setLieuAvailability.mutationOptions(),
    onSuccess: (outcome) => outcome.ok && leave('lieu-enregistre'),
  })
  const erase = useMutation({
    ...trpc.catalogue.deleteLieu.mutationOptions(),
    onSuccess: (outcome) => outcome.ok && leave('lieu-supprime'),
  })
  const refusal = [set.data, erase.data].flatMap((outcome) => (outcome?.ok === false ? [outcome.reason] : []))[0]
  const isOpen = lieu.availability === 'enabled'
  const use = usedByWords(lieu)
  return (
    <section aria-labelledby="devenir" className="space-y-3 border-t border-line pt-5">
      <h2 id="devenir" className="text-xl">
        {isOpen ? 'Fermer ce lieu' : 'Ce lieu est désactivé'}
      </h2>
      <p className="max-w-prose">
        {use
          ? `Il est utilisé par ${use}. Désactivé, il n’est plus proposé\u00a0: ce qui existe reste, à vous de le déplacer.`
          : 'Aucune plage ni aucun RDV à venir ne l’utilise.'}
      </p>
      {refusal && (
        <Notice tone="warn" isLive>
          <p>{lieuRefusalWords[refusal]}.</p>
        </Notice>
      )}
      {(set.isError || erase.isError) && (
        <Notice tone="bad" isLive>
          <p>Rien n’a changé&nbsp;: le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button
          type="button"
          variant="secondary"
          disabled={set.isPending}
          onClick={() => set.mutate({ lieuId: lieu.id, to: isOpen ? 'disabled' : 'enabled' })}
        >
          {isOpen ? 'Désactiver' : 'Réactiver'}
        </Button>
        {!lieu.isUsed && (
          <Button
            type="button"
            variant="danger"
            disabled={erase.isPending}
            onClick={() => erase.mutate({ lieuId: lieu.id })}
          >
            Supprimer
          </Button>
        )}
      </div>
    </section>
  )
}
