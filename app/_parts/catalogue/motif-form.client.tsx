'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef, useState, type FormEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { FormEnd } from '@/app/_ui/form-end'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { Tabs } from '@/app/_ui/tabs.client'
import { catalogueFaultSentence, MOTIF_OPTIONS, motifRefusalWords } from '@/app/_words/catalogue'
import type { MotifRefusal, MotifSettings } from '@/server/directory/rules/motif-settings'
import { motifSettingsSchema } from '@/server/directory/schema/catalogue'
import {
  MOTIF_PARTS,
  MotifFields,
  motifPartOf,
  OWN_REMINDERS,
  type CatalogueChoices,
  type MotifPart,
} from './motif-fields'

export type MotifDraft = MotifSettings & { readonly serviceName: string; readonly categoryName: string | null }

/** Under which field a refusal is told; those that need more than a field stand apart. */
const FIELD_OF = {
  'name-taken': 'name',
  'kind-frozen': 'locationType',
  'service-frozen': 'serviceId',
  'confidentiality-frozen': 'isConfidential',
  'service-not-offered': 'serviceId',
  'not-for-this-organisation': 'bookableBy',
} as const satisfies Record<Exclude<MotifRefusal, 'changed-meanwhile'>, keyof MotifSettings>

type Meanwhile = { version: number; by: string; changes: readonly string[] }

const PARTS = Object.entries(MOTIF_PARTS) as [MotifPart, string][]

const CHECKS = [
  'isCollective',
  'isForSecretariat',
  'isFollowUp',
  'isConfidential',
  'usagerMayMove',
  'usagerMayCancel',
  'asksBirthDate',
] as const

/** What the form holds, as its schema reads it; what is frozen is not posted, and stays. */
function readFields(form: HTMLFormElement, { motif, isKindFrozen }: { motif: MotifDraft; isKindFrozen: boolean }) {
  const data = new FormData(form)
  const fields = Object.fromEntries(data)
  const checks = Object.fromEntries(CHECKS.map((name) => [name, data.has(name)]))
  const numbers = Object.fromEntries(
    (['durationMin', 'minLeadMin', 'maxLeadMin'] as const).map((name) => {
      const typed = data.get(name)
      return [name, typeof typed === 'string' && /^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN]
    }),
  )
  const { serviceId, locationType, isCollective } = motif
  const leads = [...data.keys()].flatMap((name) => (name.startsWith('rappel-') ? Number(name.slice(7)) : []))
  const reminderLeadsMin = data.get('rappels') === OWN_REMINDERS ? leads : null
  const frozen = isKindFrozen ? { serviceId, locationType, isCollective } : {}
  return { ...fields, ...checks, ...numbers, ...frozen, reminderLeadsMin, categoryId: data.get('categoryId') || null }
}

/** A motif, new or changed, with every option. What is typed stays until it is saved, whoever changed it meanwhile. */
export function MotifForm({
  motif,
  motifId,
  version,
  isKindFrozen,
  choices,
  returnTo,
}: {
  motif: MotifDraft
  /** Null: a new one. */
  motifId: number | null
  version: number | null
  isKindFrozen: boolean
  choices: CatalogueChoices
  returnTo: string
}) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<readonly { name: string; message: string }[]>([])
  const [tries, setTries] = useState(0)
  const [shownPart, setShownPart] = useState<MotifPart>('general')
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null)

  const save = useMutation({
    ...trpc.catalogue.saveMotif.mutationOptions(),
    onSuccess: async (outcome) => {
      if (outcome.ok) {
        router.push(`${returnTo}?avis=motif-enregistre`)
        router.refresh()
      } else if (outcome.reason === 'changed-meanwhile' && motifId !== null) setMeanwhile(await readMeanwhile(motifId))
      else if (outcome.reason !== 'changed-meanwhile')
        tell([{ name: FIELD_OF[outcome.reason], message: motifRefusalWords[outcome.reason] }])
    },
  })

  async function readMeanwhile(id: number): Promise<Meanwhile> {
    const now = await queries.fetchQuery({ ...trpc.catalogue.getMotif.queryOptions({ motifId: id }), staleTime: 0 })
    const changes = MOTIF_OPTIONS.flatMap(({ title, words }) =>
      words(now) === words(motif)
        ? []
        : [`${title}\u00a0: «\u00a0${words(motif)}\u00a0» → «\u00a0${words(now)}\u00a0»`],
    )
    return { version: now.version, by: now.lastChange?.by || 'Quelqu’un', changes }
  }

  function tell(faults: readonly { name: string; message: string }[]) {
    setErrors(faults)
    setTries((count) => count + 1)
    if (faults[0]) setShownPart(motifPartOf(faults[0].name))
  }

  function send(readVersion: number | null) {
    if (!form.current) return
    const typed = motifSettingsSchema.safeParse(readFields(form.current, { motif, isKindFrozen }))
    if (!typed.success) {
      const faults = typed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message }))
      tell(
        faults.map(({ name, message }) => ({
          name,
          message: catalogueFaultSentence(name === 'durationMin' ? 'not-a-duration' : message),
        })),
      )
      return
    }
    setErrors([])
    const { publicName, smsLabel, restriction, instructions, cancelWarning, ...rest } = typed.data
    const texts = {
      publicName: publicName ?? '',
      smsLabel: smsLabel ?? '',
      restriction: restriction ?? '',
      instructions: instructions ?? '',
      cancelWarning: cancelWarning ?? '',
    }
    save.mutate({
      organisationId: choices.organisationId,
      motifId,
      version: readVersion,
      settings: { ...rest, ...texts },
    })
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(version)
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-5">
      {errors.length > 0 && (
        <ErrorSummary key={tries} errors={errors} onGo={(name) => flushSync(() => setShownPart(motifPartOf(name)))} />
      )}
      {meanwhile && (
        <Notice tone="warn" title={`${meanwhile.by} a modifié ce motif entre-temps`} isLive>
          <ul className="list-disc pl-5">
            {meanwhile.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
          <p>Rien n’est encore enregistré de votre côté, et ce que vous avez écrit est gardé ci-dessous.</p>
          <Button type="button" variant="secondary" disabled={save.isPending} onClick={() => send(meanwhile.version)}>
            Enregistrer ma version
          </Button>
        </Notice>
      )}
      <Tabs
        label="Parties du motif"
        shown={shownPart}
        onShow={setShownPart}
        tabs={PARTS.map(([id, title]) => ({
          id,
          title,
          isFaulty: errors.some(({ name }) => motifPartOf(name) === id),
          content: (
            <MotifFields
              part={id}
              motif={motif}
              choices={choices}
              isKindFrozen={isKindFrozen}
              errorOf={(field) => errors.find(({ name }) => name === field)?.message}
            />
          ),
        }))}
      />
      <FormEnd
        failure={save.isError ? 'Le motif n’est pas enregistré\u00a0: le service n’a pas répondu. Réessayez.' : null}
        returnTo={returnTo}
      >
        <Button disabled={save.isPending}>Enregistrer</Button>
      </FormEnd>
    </form>
  )
}
