'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { AddressField, type Position } from '@/app/_parts/form/address-field.client'
import { Button } from '@/app/_ui/button'
import { FormEnd } from '@/app/_ui/form-end'
import { TextAreaField } from '@/app/_ui/controls'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { catalogueFaultSentence, lieuRefusalWords } from '@/app/_words/catalogue'
import { lieuSettingsSchema } from '@/server/directory/schema/catalogue'

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
  const [errors, setErrors] = useState<readonly { name: string; message: string }[]>([])
  const [tries, setTries] = useState(0)

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
      <AddressField
        name="address"
        label="Adresse"
        hint="Numéro, rue, code postal et commune. Une adresse inconnue de la base des adresses est gardée telle quelle."
        value={address}
        position={position}
        error={errorOf('address')}
        onChange={(typed, known) => {
          setAddress(typed)
          setPosition(known)
        }}
      />
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
      <FormEnd
        failure={save.isError ? 'Le lieu n’est pas enregistré\u00a0: le service n’a pas répondu. Réessayez.' : null}
        returnTo={returnTo}
      >
        <Button disabled={save.isPending}>Enregistrer</Button>
      </FormEnd>
    </form>
  )
}
