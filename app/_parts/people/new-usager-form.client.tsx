'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { dayOf } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { DateField, Field } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import { usagerErrorWords, usagerFieldWords, usagerRefusalWords } from '@/app/_words/placing'
import {
  judgeUsager,
  USAGER_FIELDS,
  type UsagerAnswers,
  type UsagerErrors,
  type UsagerField,
} from '@/server/people/rules/new-usager'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { PersonFacts } from './person-facts'

type Props = {
  organisationId: number
  /** Whose proche it is. */
  responsible: FoundUsager | null
  onCancel: () => void
  /** `isNew`: their file was just opened. */
  onChosen: (person: FoundUsager, isNew: boolean) => void
}

/** The numbering plans stay on the server: here a number need only look like one. */
const asNumber = (typed: string) => (/^[+\d][\d\s.()-]{7,}$/.test(typed) ? { e164: typed, isMobile: true } : null)

const COMPLETE = { phone: { type: 'tel' }, email: { type: 'email' } } as const

/** Opens a file on the fly. Somebody perhaps known is shown first, to be chosen instead. */
export function NewUsagerForm({ organisationId, responsible, onCancel, onChosen }: Props) {
  const trpc = useTRPC()
  const [errors, setErrors] = useState<UsagerErrors>({})
  const [message, setMessage] = useState<string | null>(null)
  const [answers, setAnswers] = useState<UsagerAnswers>({})
  const create = useMutation(trpc.people.createUsager.mutationOptions())
  const doubles = useMutation(trpc.people.findDoubles.mutationOptions())
  const isProche = responsible !== null
  const fields = USAGER_FIELDS.filter((field) => !isProche || ['firstName', 'lastName', 'bornOn'].includes(field))

  async function save(given: UsagerAnswers, acknowledged: 'double'[]) {
    const input = { organisationId, responsibleId: responsible?.id ?? null, answers: given, acknowledged }
    setMessage(null)
    try {
      const outcome = await create.mutateAsync(input)
      if (outcome.ok) return onChosen(newcomer(outcome.value.usagerId, given, responsible), true)
      if (outcome.reason === 'invalid-fields') return setErrors({ phone: 'not-a-phone' })
      setMessage(usagerRefusalWords[outcome.reason])
      if (outcome.reason === 'maybe-known' || outcome.reason === 'email-taken') await doubles.mutateAsync(input)
    } catch {
      setMessage('La fiche n’est pas enregistrée\u00a0: le service n’a pas répondu. Réessayez.')
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = answersOf(new FormData(event.currentTarget))
    const judged = judgeUsager(given, { today: dayOf(new Date(), 'Europe/Paris'), isProche }, asNumber)
    setAnswers(given)
    doubles.reset()
    setErrors(judged.ok ? {} : judged.errors)
    if (judged.ok) void save(given, [])
  }

  const told = USAGER_FIELDS.flatMap((field) => {
    const error = errors[field]
    return error ? [{ name: nameOf(field), message: usagerErrorWords(field, error) }] : []
  })
  return (
    <form onSubmit={submit} noValidate className="space-y-5 rounded-card border border-line bg-card p-4 sm:p-5">
      <h2 className="text-lg">{responsible ? `Enfant ou proche de ${nameWords(responsible)}` : 'Nouvelle fiche'}</h2>
      <ErrorSummary key={told.map(({ message: words }) => words).join()} errors={told} />
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map((field) => {
          const error = errors[field]
          const common = {
            name: nameOf(field),
            label: usagerFieldWords[field],
            error: error && usagerErrorWords(field, error),
          }
          if (field === 'bornOn')
            return (
              <DateField key={field} {...common} hint={'Facultative. Exemple\u00a0: 3 2 1990'} value={answers.bornOn} />
            )
          return (
            <Field
              key={field}
              {...common}
              {...(field in COMPLETE && COMPLETE[field as keyof typeof COMPLETE])}
              isOptional={field !== 'firstName' && field !== 'lastName'}
              autoComplete="off"
              {...(field === 'firstName' && { autoFocus: true })}
            />
          )
        })}
      </div>
      {message && (
        <Notice tone="warn" isLive title={message}>
          {doubles.data && doubles.data.length > 0 && (
            <ul className="space-y-2">
              {doubles.data.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    onClick={() => onChosen(person, false)}
                    className="flex min-h-14 w-full cursor-pointer items-center gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-2 text-left hover:border-accent"
                  >
                    <span className="min-w-0 flex-1">
                      <PersonFacts person={person} />
                    </span>
                    <span className="link shrink-0 font-semibold">Choisir</span>
                    <Icon name="next" className="shrink-0 text-accent" />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button disabled={create.isPending}>Enregistrer la fiche</Button>
        {create.data?.ok === false && create.data.reason === 'maybe-known' && (
          <Button
            type="button"
            variant="secondary"
            disabled={create.isPending}
            onClick={() => void save(answers, ['double'])}
          >
            C’est quelqu’un d’autre
          </Button>
        )}
        <Button type="button" variant="quiet" onClick={onCancel}>
          Annuler
        </Button>
      </div>
    </form>
  )
}

const nameOf = (field: UsagerField) => `usager-${field}`

function answersOf(form: FormData): UsagerAnswers {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const [year, month, day] = ['annee', 'mois', 'jour'].map((part) => text(`${nameOf('bornOn')}-${part}`))
  const isBornGiven = [year, month, day].some((part) => part !== '')
  const bornOn = isBornGiven ? `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}` : ''
  return {
    ...Object.fromEntries(USAGER_FIELDS.map((field) => [field, text(nameOf(field))])),
    bornOn,
  }
}

/** Whoever was just typed, as a search would find them. */
const newcomer = (id: number, given: UsagerAnswers, responsible: FoundUsager | null): FoundUsager => ({
  id,
  firstName: given.firstName ?? '',
  lastName: given.lastName ?? '',
  born: given.bornOn || null,
  phone: responsible ? responsible.phone : given.phone || null,
  email: responsible ? responsible.email : given.email || null,
  address: responsible ? responsible.address : given.address || null,
  responsible: responsible && { firstName: responsible.firstName, lastName: responsible.lastName },
  isMasked: false,
})
