'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { NewUsagerForm } from '@/app/_parts/people/new-usager-form.client'
import { PersonFacts } from '@/app/_parts/people/person-facts'
import { usePeopleSearch } from '@/app/_parts/people/people-search.client'
import { Button, buttonClass } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import { countWords } from '@/app/_words/booking'
import { MAX_IN_A_ROW } from '@/server/booking/schema'
import type { Placement } from '@/server/booking/rules/placing'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { placingHref, type Placing } from './placing'

/** Finds people as one types, or opens a file; whoever is chosen goes into the address. */
export function PeoplePicker({ placing, placement }: { placing: Placing; placement: Placement }) {
  const router = useRouter()
  const [chosen, setChosen] = useState(placement.people)
  const [creating, setCreating] = useState<{ responsible: FoundUsager | null } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const { territoryId, organisationId } = placement.motif
  const { typed, setTyped, found, hasFailed } = usePeopleSearch(territoryId)

  function choose(people: FoundUsager[]) {
    setChosen(people)
    setTyped('')
    setCreating(null)
    const usagers = people.map(({ id }) => id)
    router.replace(placingHref(placing, { usagers, step: 'personnes' }), { scroll: false })
  }
  const add = (person: FoundUsager) => {
    choose([...chosen.filter(({ id }) => id !== person.id), person])
    field.current?.focus()
  }
  const ids = chosen.map(({ id }) => id)
  const others = (found ?? []).filter(({ id }) => chosen.every((person) => person.id !== id))

  return (
    <div className="space-y-5">
      {chosen.length > 0 && (
        <ul aria-label="Personnes choisies" className="space-y-2">
          {chosen.map((person) => (
            <li key={person.id} className="rounded-card border-[1.5px] border-accent bg-accent-soft px-4 py-2">
              <PersonFacts person={person} />
              <p className="flex flex-wrap gap-x-5">
                {!person.responsible && !person.isMasked && (
                  <button
                    type="button"
                    className="link min-h-11 font-semibold"
                    onClick={() => setCreating({ responsible: person })}
                  >
                    Ajouter son enfant ou un proche<span className="sr-only"> de {nameWords(person)}</span>
                  </button>
                )}
                <button
                  type="button"
                  className="link min-h-11 font-semibold"
                  onClick={() => choose(chosen.filter(({ id }) => id !== person.id))}
                >
                  Retirer<span className="sr-only"> {nameWords(person)}</span>
                </button>
              </p>
            </li>
          ))}
        </ul>
      )}
      {creating ? (
        <NewUsagerForm
          organisationId={organisationId}
          responsible={creating.responsible}
          onCancel={() => setCreating(null)}
          onChosen={(person) =>
            // The RDV is the proche's: the responsable is told of it as such.
            choose([...chosen.filter(({ id }) => id !== creating.responsible?.id && id !== person.id), person])
          }
        />
      ) : (
        <>
          <Field
            ref={field}
            name="personne"
            type="search"
            label={chosen.length === 0 ? 'Chercher une personne' : 'Ajouter une autre personne'}
            hint="Nom et prénom, date de naissance (03/02/1990), téléphone ou e-mail."
            autoComplete="off"
            autoFocus={chosen.length === 0}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <div aria-live="polite" className="space-y-2">
            {hasFailed && (
              <Notice tone="bad">
                <p>La recherche n’a pas abouti. Vérifiez votre connexion, puis réessayez.</p>
              </Notice>
            )}
            {found && (
              <p className="text-ink-soft">
                {others.length === 0
                  ? 'Personne ne répond à cette recherche.'
                  : countWords(others.length, 'personne trouvée', 'personnes trouvées')}
              </p>
            )}
            <ul className="space-y-2">
              {others.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    onClick={() => add(person)}
                    className="flex min-h-14 w-full cursor-pointer items-center gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-2 text-left hover:border-accent hover:bg-accent-soft"
                  >
                    <span className="min-w-0 flex-1">
                      <PersonFacts person={person} />
                    </span>
                    <Icon name="next" className="shrink-0 text-accent" />
                  </button>
                </li>
              ))}
            </ul>
          </div>
          {chosen.length > 1 && chosen.length <= MAX_IN_A_ROW && (
            <CheckField
              name="suite"
              label="Un RDV pour chacun, l’un après l’autre"
              hint="Sinon, tous sont reçus ensemble."
              checked={placing.inARow}
              onChange={({ target }) =>
                router.replace(placingHref(placing, { usagers: ids, inARow: target.checked, step: 'personnes' }), {
                  scroll: false,
                })
              }
            />
          )}
          <div className="flex flex-col gap-3 sm:flex-row">
            {chosen.length > 0 && (
              <a href={placingHref(placing, { usagers: ids })} className={buttonClass()}>
                Continuer
              </a>
            )}
            <Button type="button" variant="secondary" onClick={() => setCreating({ responsible: null })}>
              Créer une fiche
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
