'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { motifRefusalWords, usedByWords } from '@/app/_words/catalogue'

type Motif = {
  readonly id: number
  readonly hasRdvs: boolean
  readonly openings: readonly { readonly title: string; readonly agent: string }[]
}

const Unreachable = () => (
  <Notice tone="bad" isLive>
    <p>Rien n’a changé&nbsp;: le service n’a pas répondu. Réessayez.</p>
  </Notice>
)

/** Copies of a motif in other organisations: each is told apart. */
export function CopyMotif({
  motifId,
  siblings,
}: {
  motifId: number
  siblings: readonly { readonly organisationId: number; readonly name: string }[]
}) {
  const trpc = useTRPC()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const copy = useMutation(trpc.catalogue.duplicateMotif.mutationOptions())
  if (siblings.length === 0) return null
  const results = copy.data?.ok ? copy.data.value.results : []
  return (
    <section aria-labelledby="copier" className="space-y-3 border-t border-line pt-5">
      <h2 id="copier" className="text-xl">
        Copier vers d’autres organisations
      </h2>
      <div className="grid gap-2 sm:grid-cols-2">
        {siblings.map(({ organisationId, name }) => (
          <CheckField
            key={organisationId}
            name={`copie-${organisationId}`}
            label={name}
            checked={chosen.includes(organisationId)}
            onChange={({ target }) =>
              setChosen((ids) =>
                target.checked ? [...ids, organisationId] : ids.filter((one) => one !== organisationId),
              )
            }
          />
        ))}
      </div>
      {results.length > 0 && (
        <Notice tone={results.some(({ reason }) => reason) ? 'warn' : 'ok'} isLive>
          <ul>
            {results.map(({ organisationId, name, reason }) => (
              <li key={organisationId}>
                {name}
                {'\u00a0: '}
                {reason ? motifRefusalWords[reason] : 'copié'}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {copy.isError && <Unreachable />}
      <Button
        type="button"
        variant="secondary"
        disabled={chosen.length === 0 || copy.isPending}
        onClick={() => copy.mutate({ motifId, organisationIds: [...chosen] })}
      >
        Copier
      </Button>
    </section>
  )
}

/** Taking a motif away, once what uses it is said. */
export function DeleteMotif({ motif, returnTo }: { motif: Motif; returnTo: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const [isAsked, setAsked] = useState(false)
  const erase = useMutation({
    ...trpc.catalogue.deleteMotif.mutationOptions(),
    onSuccess: (outcome) => {
      router.push(`${returnTo}?avis=${outcome.ok && outcome.value.isKept ? 'motif-retire' : 'motif-supprime'}`)
      router.refresh()
    },
  })
  const use = usedByWords({ openingCount: motif.openings.length })
  return (
    <section aria-labelledby="supprimer" className="space-y-3 border-t border-line pt-5">
      <h2 id="supprimer" className="text-xl">
        Supprimer ce motif
      </h2>
      <p className="max-w-prose">
        {use ? `${use} le propose${motif.openings.length > 1 ? 'nt' : ''}.` : 'Aucune plage d’ouverture ne le propose.'}{' '}
        {motif.hasRdvs
          ? 'Des RDV existent\u00a0: ils restent, et le motif n’est plus proposé.'
          : 'Aucun RDV n’a été pris\u00a0: il est effacé pour de bon.'}
      </p>
      {motif.openings.length > 0 && (
        <ul className="list-disc pl-5">
          {motif.openings.map(({ title, agent }, index) => (
            <li key={index}>
              {title}, {agent}
            </li>
          ))}
        </ul>
      )}
      {erase.isError && <Unreachable />}
      {isAsked ? (
        <div className="flex flex-col gap-3 sm:flex-row">
          <Button
            type="button"
            variant="danger"
            disabled={erase.isPending}
            onClick={() => erase.mutate({ motifId: motif.id })}
          >
            Supprimer
          </Button>
          <Button type="button" variant="quiet" onClick={() => setAsked(false)}>
            Garder
          </Button>
        </div>
      ) : (
        <Button type="button" variant="danger" onClick={() => setAsked(true)}>
          Supprimer ce motif
        </Button>
      )}
    </section>
  )
}
