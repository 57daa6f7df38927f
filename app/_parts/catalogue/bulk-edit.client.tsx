'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import {
  bookableByWords,
  catalogueFaultWords,
  leadWords,
  motifRefusalWords,
  visibilityWords,
} from '@/app/_words/catalogue'
import { MOTIF_COLORS } from '@/server/directory/rules/color'
import { isOpeningOffered, LEADS_MIN, type BookableBy } from '@/server/directory/rules/motif-settings'
import { changeMotifsSchema } from '@/server/directory/schema/catalogue'
import type { CatalogueChoices } from './motif-fields'

const FIELDS = [
  { value: 'bookableBy', label: 'Réservable par' },
  { value: 'minLeadMin', label: 'Délai minimum avant le RDV' },
  { value: 'maxLeadMin', label: 'Délai maximum avant le RDV' },
  { value: 'visibility', label: 'Visibilité et messages' },
  { value: 'color', label: 'Couleur' },
]
const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
const LEADS = LEADS_MIN.map((minutes) => ({ value: String(minutes), label: leadWords(minutes) }))

function valuesOf(field: string, verticale: string) {
  if (field === 'bookableBy')
    return choicesOf(bookableByWords).filter(({ value }) => isOpeningOffered(value as BookableBy, verticale))
  if (field === 'visibility') return choicesOf(visibilityWords)
  return field === 'color' ? choicesOf(MOTIF_COLORS) : LEADS
}

const reasonWords = { ...catalogueFaultWords, ...motifRefusalWords }

/** One value for several motifs at once; each that it does not suit says why. */
export function BulkEdit({ organisation, motifIds }: { organisation: CatalogueChoices; motifIds: readonly number[] }) {
  const trpc = useTRPC()
  const router = useRouter()
  const [field, setField] = useState('bookableBy')
  const change = useMutation({
    ...trpc.catalogue.changeMotifs.mutationOptions(),
    onSuccess: () => router.refresh(),
  })
  const results = change.data?.ok ? change.data.value.results : []
  const kept = results.filter(({ reason }) => reason !== null)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const to = new FormData(event.currentTarget).get('valeur')
    const typed = changeMotifsSchema.safeParse({
      organisationId: organisation.organisationId,
      motifIds,
      change: { field, to: field.endsWith('LeadMin') ? Number(to) : to },
    })
    if (typed.success) change.mutate(typed.data)
  }
  return (
    <form onSubmit={submit} className="space-y-4 rounded-card border-2 border-accent bg-card p-4">
      <h2 className="text-xl">
        {motifIds.length > 1 ? `Modifier les ${motifIds.length} motifs choisis` : 'Modifier le motif choisi'}
      </h2>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="champ"
          label="Ce qui change"
          choices={FIELDS}
          value={field}
          onChange={({ target }) => setField(target.value)}
        />
        <SelectField
          key={field}
          name="valeur"
          label="Nouvelle valeur"
          choices={valuesOf(field, organisation.verticale)}
        />
      </div>
      {results.length > 0 && (
        <Notice tone={kept.length > 0 ? 'warn' : 'ok'} isLive>
          <p>
            {results.length - kept.length} sur {results.length} à jour.
          </p>
          <ul className="list-disc pl-5">
            {kept.map(({ motifId, name, reason }) => (
              <li key={motifId}>
                {name}
                {'\u00a0: '}
                {reason && reasonWords[reason]}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {change.isError && (
        <Notice tone="bad" isLive>
          <p>Rien n’a changé&nbsp;: le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <Button disabled={change.isPending}>Appliquer</Button>
    </form>
  )
}
