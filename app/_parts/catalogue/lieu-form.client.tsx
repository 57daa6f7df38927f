'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/controls'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { catalogueFaultSentence, lieuRefusalWords } from '@/app/_words/catalogue'
import { lieuSettingsSchema, type SaveLieu } from '@/server/directory/schema/catalogue'

type Position = NonNullable<SaveLieu['settings']['position']>
export type LieuDraft = {
  readonly id: number
  readonly version: number
  readonly name: string
  readonly address: string
  readonly cityCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly phone: string | null
  readonly hours: string | null
  readonly accessibilityNote: string | null
}

function positionOf(lieu: LieuDraft | null): Position | null {
  if (lieu?.cityCode == null || lieu.latitude === null || lieu.longitude === null) return null
  return { cityCode: lieu.cityCode, latitude: lieu.latitude, longitude: lieu.longitude }
}

/** Enough to look an address up. */
const LEAST_TYPED = 5

/** A lieu, new or changed. What is typed stays until it is saved. */
export function LieuForm({
  organisationId,
  lieu,
  returnTo,
}: {
  organisationId: number
  lieu: LieuDraft | null
  returnTo: string
}) {
  const trpc = useTRPC()
  const router = useRouter()
  const [address, setAddress] = useState(lieu?.address ?? '')
  const [position, setPosition] = useState(positionOf(lieu))
  const [asked, setAsked] = useState('')
  const [errors, setErrors] = useState<readonly { name: string; message: string }[]>([])
  const [tries, setTries] = useState(0)

  const found = useQuery({
    ...trpc.sectorisation.searchAddresses.queryOptions({ q: asked }),
    enabled: asked.length >= LEAST_TYPED,
  })
  const save = useMutation({
    ...trpc.catalogue.saveLieu.mutationOptions(),
    onSuccess: (outcome) => {
      if (outcome.ok) {
        router.push(`${returnTo}?avis=lieu-enregistre`)
        router.refresh()
        return
      }
      if (outcome.reason !== 'changed-meanwhile')
        tell([
          { name: outcome.reason === 'phone-unknown' ? 'phone' : 'name', message: lieuRefusalWords[outcome.reason] },
        ])
    },
  })
  const isOutdated = save.data?.ok === false && save.data.reason === 'changed-meanwhile'

  function tell(faults: readonly { name: string; message: string }[]) {
    setErrors(faults)
    setTries((count) => count + 1)
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(event.currentTarget))
    const typed = lieuSettingsSchema.safeParse({ ...fields, address, position })
    if (!typed.success) {
      tell(
        typed.error.issues.map(({ path, message }) => ({
          name: String(path[0]),
          message: catalogueFaultSentence(message),
        })),
      )
      return
    }
    setErrors([])
    const settings = {
      ...typed.data,
      hours: typed.data.hours ?? '',
      accessibilityNote: typed.data.accessibilityNote ?? '',
    }
    save.mutate({ organisationId, lieuId: lieu?.id ?? null, version: lieu?.version ?? null, settings })
  }

  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message
  const addresses = found.data?.status === 'answered' ? found.data.addresses : []
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      {errors.length > 0 && <ErrorSummary key={tries} errors={errors} />}
      {isOutdated && (
        <Notice tone="warn" title={lieuRefusalWords['changed-meanwhile']} isLive>
          <p>
            Rien n’est enregistré, et ce que vous avez écrit est gardé ici. Ouvrez la page dans un autre onglet pour
            voir ce qui a changé.
          </p>
        </Notice>
      )}
      <Field
        name="name"
        label="Nom"
        defaultValue={lieu?.name}
        maxLength={100}
        autoComplete="off"
        error={errorOf('name')}
      />
      <div className="space-y-2">
        <Field
          name="address"
          label="Adresse"
          hint="Numéro, rue, code postal et commune."
          value={address}
          maxLength={300}
          autoComplete="off"
          error={errorOf('address')}
          onChange={({ target }) => {
            setAddress(target.value)
            setPosition(null)
          }}
        />
        <Button
          type="button"
          variant="secondary"
          disabled={address.trim().length < LEAST_TYPED}
          onClick={() => setAsked(address.trim())}
        >
          Chercher cette adresse
        </Button>
        <div role="status" className="space-y-2">
          {addresses.length > 0 && asked === address.trim() && !position && (
            <ul aria-label="Adresses proposées" className="rounded-card border-[1.5px] border-line-strong bg-card p-1">
              {addresses.map(({ label, ...given }) => (
                <li key={label}>
                  <button
                    type="button"
                    className="min-h-12 w-full rounded-card px-3.5 py-2.5 text-left hover:bg-accent-soft"
                    onClick={() => {
                      setAddress(label)
                      setPosition(given)
                    }}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p className="text-ink-soft">
            {position
              ? 'Adresse reconnue\u00a0: sa position est connue.'
              : found.data && asked === address.trim() && addresses.length === 0
                ? 'La base des adresses ne la connaît pas\u00a0: elle sera gardée telle que vous l’écrivez.'
                : 'Une adresse inconnue de la base des adresses est gardée telle que vous l’écrivez.'}
          </p>
        </div>
      </div>
      <Field
        name="phone"
        label="Téléphone"
        isOptional
        type="tel"
        defaultValue={lieu?.phone ?? ''}
        maxLength={30}
        autoComplete="off"
        error={errorOf('phone')}
        hint="S’il est vide, les messages donnent celui de l’organisation."
      />
      <TextAreaField
        name="hours"
        label="Horaires d’ouverture"
        isOptional
        defaultValue={lieu?.hours ?? ''}
        maxLength={500}
        error={errorOf('hours')}
      />
      <TextAreaField
        name="accessibilityNote"
        label="Accessibilité"
        isOptional
        hint="Rampe, ascenseur, boucle magnétique, arrêt de bus…"
        defaultValue={lieu?.accessibilityNote ?? ''}
        maxLength={1000}
        error={errorOf('accessibilityNote')}
      />
      {save.isError && (
        <Notice tone="bad" isLive>
          <p>Le lieu n’est pas enregistré&nbsp;: le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button disabled={save.isPending}>Enregistrer</Button>
        <a href={returnTo} className="link inline-flex min-h-12 items-center justify-center px-2">
          Annuler
        </a>
      </div>
    </form>
  )
}
