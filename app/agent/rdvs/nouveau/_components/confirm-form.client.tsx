'use client'

import { useState, type FormEvent } from 'react'
import { formatDateTime } from '@/app/_lib/dates'
import { WarningNotice } from '@/app/_parts/booking/agent/warning-list'
import { Button, buttonClass } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import { createRefusalWords } from '@/app/_words/placing'
import { changedDates, isOfItsDate, type KnownDates, type SeriesJudgement } from '@/server/booking/rules/rdv-series'
import type { Placement } from '@/server/booking/rules/placing'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { keptMessages, MessagesFields, usualMessages } from './messages-fields'
import { OneOffFields, useOneOff } from './one-off-fields.client'
import { keptAs, placingHref, type Placing } from './placing'
import { SeriesDates } from './series-dates.client'
import { useKept, useKeptChoice } from './use-kept.client'
import { usePlace } from './use-place.client'

type Props = { placing: Placing; placement: Placement; series: SeriesJudgement | null }

const NO_DATE: KnownDates = new Map()

const keptDates = (kept: unknown): number[] | null =>
  Array.isArray(kept) ? kept.filter((ms): ms is number => typeof ms === 'number') : null

/** The whole once more: what one is warned of, the dates, whom messages go to, the context; then one button. */
export function ConfirmForm({ placing, placement, series }: Props) {
  const { motif, people, agents } = placement
  const [context, setContext, forgetContext] = useKept(keptAs(placing, 'contexte'), '')
  const [homeAddress, setHomeAddress, forgetAddress] = useKept(keptAs(placing, 'adresse'), people[0]?.address ?? '')
  const oneOff = useOneOff(keptAs(placing, 'lieu'))
  // Hidden from its person, an RDV must stay so whatever reloads the page: the first message leaves at once.
  const [messages, setMessages, forgetMessages] = useKeptChoice(
    keptAs(placing, 'messages'),
    usualMessages(placement),
    keptMessages,
  )
  const [untickedMs, setUntickedMs, forgetUnticked] = useKeptChoice(keptAs(placing, 'dates'), [], keptDates)
  const unticked = new Set(untickedMs)
  const [sent, setSent] = useState(NO_DATE)
  const isRow = placing.inARow && people.length > 1
  const place = usePlace({ isRow, isSeries: series !== null }, () => {
    forgetContext()
    forgetAddress()
    forgetMessages()
    forgetUnticked()
    oneOff.forget()
  })

  const ticked = series?.dates.filter(({ startAt }) => !unticked.has(startAt.getTime())) ?? []
  // Of the dates kept alone; what is known of the person is the same at each, and said once.
  const toKnow = series ? ticked.flatMap(({ warnings }) => warnings) : (placement.warnings ?? [])
  const atTheTop = series ? (ticked[0]?.warnings ?? []).filter((one) => !isOfItsDate(one)) : toKnow

  function submit(event: FormEvent) {
    event.preventDefault()
    const { motif: motifId, startAt, lieu } = placing
    if (motifId === null || startAt === null) return
    const isOnSite = motif.locationType === 'public_office'
    const { isShown, lifecycleIds, reminderIds } = messages
    const same = {
      motifId,
      lieuId: isOnSite && lieu !== 'one-off' ? lieu : null,
      ...(isOnSite && lieu === 'one-off' && { oneOffLieu: { name: oneOff.name, address: oneOff.address } }),
      ...(motif.locationType === 'home' && { homeAddress }),
      ...(placing.durationMin !== null && { durationMin: placing.durationMin }),
      agentIds: [...placing.agents],
      usagerIds: [...placing.usagers],
      context,
      showsToUsager: isShown,
      told: { lifecycleIds: [...lifecycleIds], reminderIds: [...reminderIds] },
    }
    if (!series) return place.one({ ...same, startAt, acknowledged: [...new Set(toKnow.map(({ kind }) => kind))] })
    const dates = ticked.map((date) => ({
      startAt: date.startAt,
      acknowledged: [...new Set(date.warnings.map(({ kind }) => kind))],
    }))
    setSent(new Map(dates.map((date) => [date.startAt.getTime(), date.acknowledged])))
    place.series({ ...same, dates })
  }

  const names = {
    agentOf: (agentId: number) => agents.find(({ id }) => id === agentId)?.name ?? 'Un agent',
    usagerOf: (usagerId: number) => nameOf(people.find(({ id }) => id === usagerId)),
    zone: motif.zone,
  }
  const changed = changedDates(ticked, sent).map(({ startAt }) =>
    formatDateTime(startAt, motif.zone, { withYear: true }),
  )
  return (
    <form onSubmit={submit} className="space-y-6">
      {place.refusal && (
        <Notice tone="bad" isLive>
          {changed.length > 0 ? (
            <p>
              Rien n’est placé{'\u00a0'}: la situation vient de changer pour {changed.join(', ')}. Décochez
              {changed.length > 1 ? ' ces dates' : ' cette date'}, ou confirmez en le sachant.
            </p>
          ) : (
            <p>{createRefusalWords[place.refusal]}</p>
          )}
        </Notice>
      )}
      {place.isError && (
        <Notice tone="bad" isLive>
          <p>Rien n’est enregistré{'\u00a0'}: le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <WarningNotice warnings={atTheTop} names={names} />
      {series && (
        <SeriesDates
          series={series}
          unticked={unticked}
          onUntick={(dates) => setUntickedMs([...dates])}
          names={names}
        />
      )}
      {placing.lieu === 'one-off' && <OneOffFields keptAs={keptAs(placing, 'lieu')} />}
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
      <MessagesFields
        placement={placement}
        value={messages}
        onChange={setMessages}
        rdvCount={series ? ticked.length : 1}
      />
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
        <Button disabled={place.isPending || (series !== null && ticked.length === 0)}>
          {confirmWords(series && ticked.length, toKnow.length > 0)}
        </Button>
        {toKnow.length > 0 && (
          <a href={placingHref(placing, { step: 'horaire' })} className={buttonClass({ variant: 'secondary' })}>
            Changer d’horaire
          </a>
        )}
      </div>
    </form>
  )
}

/** `count`: of the dates of a series; null when there is but one. */
function confirmWords(count: number | null, isWarned: boolean): string {
  if (count === null) return isWarned ? 'Confirmer en le sachant' : 'Confirmer le rendez-vous'
  if (count === 0) return 'Cochez au moins une date'
  const rdvs = count > 1 ? `les ${count}\u00a0rendez-vous` : 'le rendez-vous'
  return `Confirmer ${rdvs}${isWarned ? ' en le sachant' : ''}`
}

const nameOf = (person: FoundUsager | undefined): string => (person ? nameWords(person) : 'Cette personne')
