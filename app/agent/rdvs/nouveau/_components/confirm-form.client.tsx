'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import { WarningNotice } from '@/app/_parts/booking/agent/warning-list'
import { Button, buttonClass } from '@/app/_ui/button'
import { CheckField, TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import { createRefusalWords } from '@/app/_words/placing'
import type { Placement } from '@/server/booking/rules/placing'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { placingHref, type Placing } from './placing'
import { useKept } from './use-kept.client'

/** The whole once more: what one is warned of, whom messages go to, the context; then one button. */
export function ConfirmForm({ placing, placement }: { placing: Placing; placement: Placement }) {
  const { motif, people, agents } = placement
  const warnings = placement.warnings ?? []
  const trpc = useTRPC()
  const router = useRouter()
  const key = placingHref(placing)
  const isRow = placing.inARow && people.length > 1
  const [context, setContext, forgetContext] = useKept(`${key} contexte`, '')
  const [homeAddress, setHomeAddress, forgetAddress] = useKept(`${key} adresse`, people[0]?.address ?? '')
  const everybody = motif.notifies ? people.map(({ id }) => id) : []
  const [lifecycleIds, setLifecycleIds] = useState<readonly number[]>(everybody)
  const [reminderIds, setReminderIds] = useState<readonly number[]>(everybody)
  const create = useMutation({
    ...(isRow ? trpc.booking.createInARow.mutationOptions() : trpc.booking.createRdv.mutationOptions()),
    ...retried,
    onSuccess: (outcome) => {
      if (!outcome.ok) return router.refresh()
      forgetContext()
      forgetAddress()
      router.push(
        `/agent/rdvs/${outcome.value.rdvId}?place=${outcome.value.isNew ? (isRow ? 'suite' : 'cree') : 'deja'}`,
      )
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const { motif: motifId, startAt } = placing
    if (motifId === null || startAt === null) return
    create.mutate({
      motifId,
      startAt,
      lieuId: motif.locationType === 'public_office' ? placing.lieu : null,
      ...(motif.locationType === 'home' && { homeAddress }),
      ...(placing.durationMin !== null && { durationMin: placing.durationMin }),
      agentIds: [...placing.agents],
      usagerIds: [...placing.usagers],
      context,
      told: { lifecycleIds: [...lifecycleIds], reminderIds: [...reminderIds] },
      acknowledged: [...new Set(warnings.map(({ kind }) => kind))],
    })
  }

  const names = {
    agentOf: (agentId: number) => agents.find(({ id }) => id === agentId)?.name ?? 'Un agent',
    usagerOf: (usagerId: number) => nameOf(people.find(({ id }) => id === usagerId)),
    zone: motif.zone,
  }
  const refusal = create.data?.ok === false ? create.data.reason : null
  return (
    <form onSubmit={submit} className="space-y-6">
      {refusal && (
        <Notice tone="bad" isLive>
          <p>{createRefusalWords[refusal]}</p>
        </Notice>
      )}
      {create.isError && (
        <Notice tone="bad" isLive>
          <p>Le RDV n’est pas enregistré{'\u00a0'}: le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <WarningNotice warnings={warnings} names={names} />
      {motif.locationType === 'home' && (
        <Field
          name="adresse"
          label="Adresse où l’agent se rend"
          required
          maxLength={300}
          value={homeAddress}
          onChange={({ target }) => setHomeAddress(target.value)}
          autoComplete="off"
        />
      )}
      <fieldset className="space-y-3">
        <legend className="font-bold">Messages</legend>
        {people.map((person) => (
          <div key={person.id} className="rounded-card border border-line bg-card px-4 py-2">
            <p className="pt-1 font-semibold">{nameWords(person)}</p>
            {person.phone === null && person.email === null ? (
              <p className="pb-1 text-ink-soft">Ni téléphone, ni e-mail{'\u00a0'}: personne ne sera prévenu.</p>
            ) : (
              <div className="flex flex-wrap gap-x-6">
                <CheckField
                  name={`suivi-${person.id}`}
                  label={
                    <>
                      Prévenir des changements<span className="sr-only">{`\u00a0: ${nameWords(person)}`}</span>
                    </>
                  }
                  checked={lifecycleIds.includes(person.id)}
                  onChange={({ target }) => setLifecycleIds(toggled(lifecycleIds, person.id, target.checked))}
                />
                <CheckField
                  name={`rappel-${person.id}`}
                  label={
                    <>
                      Rappeler avant le RDV<span className="sr-only">{`\u00a0: ${nameWords(person)}`}</span>
                    </>
                  }
                  checked={reminderIds.includes(person.id)}
                  onChange={({ target }) => setReminderIds(toggled(reminderIds, person.id, target.checked))}
                />
              </div>
            )}
          </div>
        ))}
      </fieldset>
      {motif.takesContext && (
        <TextAreaField
          name="contexte"
          label="Contexte"
          isOptional
          hint="Lu par les agents qui ont accès à ce RDV, jamais par l’usager."
          maxLength={2000}
          value={context}
          onChange={({ target }) => setContext(target.value)}
        />
      )}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button disabled={create.isPending}>
          {warnings.length > 0 ? 'Confirmer en le sachant' : 'Confirmer le rendez-vous'}
        </Button>
        {warnings.length > 0 && (
          <a href={placingHref(placing, { step: 'horaire' })} className={buttonClass({ variant: 'secondary' })}>
            Changer d’horaire
          </a>
        )}
      </div>
    </form>
  )
}

const nameOf = (person: FoundUsager | undefined): string => (person ? nameWords(person) : 'Cette personne')

const toggled = (ids: readonly number[], id: number, isIn: boolean): number[] =>
  isIn ? [...ids.filter((one) => one !== id), id] : ids.filter((one) => one !== id)
