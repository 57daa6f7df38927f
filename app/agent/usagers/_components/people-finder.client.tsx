'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { NewUsagerForm } from '@/app/_parts/people/new-usager-form.client'
import { usePeopleSearch } from '@/app/_parts/people/people-search.client'
import { PersonFacts } from '@/app/_parts/people/person-facts'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { countWords } from '@/app/_words/booking'
import { nameWords } from '@/app/_words/agent'
import { usagerFacts } from '@/app/_words/placing'
import { MAX_FOUND } from '@/server/people/rules/search'
import type { FoundUsager } from '@/server/people/rules/usager-views'

type Props = { territoryId: number; organisations: readonly { id: number; name: string }[] }

/** Finds people as one types and leads to their files, or opens one. */
export function PeopleFinder({ territoryId, organisations }: Props) {
  const router = useRouter()
  const { typed, setTyped, found, hasFailed } = usePeopleSearch(territoryId)
  const [isCreating, setIsCreating] = useState(false)
  const [organisationId, setOrganisationId] = useState(organisations[0]?.id ?? 0)
  const [elsewhere, setElsewhere] = useState<FoundUsager | null>(null)

  if (isCreating)
    return (
      <div className="space-y-5">
        {organisations.length > 1 && (
          <SelectField
            name="organisation"
            label="Organisation qui reçoit cette personne"
            choices={organisations.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={organisationId}
            onChange={({ target }) => setOrganisationId(Number(target.value))}
          />
        )}
        <NewUsagerForm
          organisationId={organisationId}
          responsible={null}
          onCancel={() => setIsCreating(false)}
          onChosen={(person, isNew) => {
            if (!person.isMasked) return router.push(`/agent/usagers/${person.id}${isNew ? '?avis=creee' : ''}`)
            setElsewhere(person)
            setIsCreating(false)
          }}
        />
      </div>
    )
  return (
    <div className="space-y-5">
      {elsewhere && (
        <Notice tone="warn" isLive title={nameWords(elsewhere)}>
          <p>
            Cette personne est suivie par une autre organisation du territoire. Sa fiche vous sera ouverte dès qu’elle
            aura un RDV dans la vôtre.
          </p>
          <p>
            <a href={placeHref(elsewhere)} className="link inline-flex min-h-11 items-center font-semibold">
              Placer un RDV
            </a>
          </p>
        </Notice>
      )}
      <Field
        name="personne"
        type="search"
        label="Chercher une personne"
        hint="Nom et prénom, date de naissance (03/02/1990), téléphone ou e-mail."
        autoComplete="off"
        autoFocus
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="button" variant="secondary" onClick={() => setIsCreating(true)} className="w-full sm:w-auto">
        Créer une fiche
      </Button>
      <div aria-live="polite" className="space-y-3">
        {hasFailed && (
          <Notice tone="bad">
            <p>La recherche n’a pas abouti. Vérifiez votre connexion, puis réessayez.</p>
          </Notice>
        )}
        {found === null && !hasFailed && (
          <p className="text-ink-soft">
            Tapez au moins deux lettres. Le numéro ou l’e-mail d’un responsable trouve aussi ses proches.
          </p>
        )}
        {found && (
          <p className="text-ink-soft">
            {found.length === 0
              ? 'Personne ne répond à cette recherche. Vérifiez l’orthographe, ou créez une fiche.'
              : found.length < MAX_FOUND
                ? countWords(found.length, 'personne trouvée', 'personnes trouvées')
                : `Les ${MAX_FOUND} premières personnes\u00a0: précisez pour voir les autres.`}
          </p>
        )}
        <ul className="space-y-2">
          {(found ?? []).map((person) => (
            <li key={person.id}>
              <Result person={person} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const placeHref = ({ id }: FoundUsager) => `/agent/rdvs/nouveau?usagers=${id}`

/** Somebody masked leads to no file: to an RDV, which opens it. */
function Result({ person }: { person: FoundUsager }) {
  if (!person.isMasked)
    return (
      <LinkCard href={`/agent/usagers/${person.id}`} title={nameWords(person)}>
        {usagerFacts(person).join(' · ')}
      </LinkCard>
    )
  return (
    <div className="rounded-card border border-line bg-card px-4 py-3">
      <PersonFacts person={person} />
      <a href={placeHref(person)} className="link inline-flex min-h-11 items-center font-semibold">
        Placer un RDV<span className="sr-only"> pour {nameWords(person)}</span>
      </a>
    </div>
  )
}
