'use client'

import { useId, type FormEvent, type ReactNode, type ToggleEvent } from 'react'
import { Button } from '@/app/_ui/button'
import { SHEET } from '@/app/_ui/sheet'
import { WHO_CANCELS, consequenceWords, contactFromWords, moveWords, rdvName } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { firstContact } from '@/server/booking/rules/contacts'
import { isCancelled, STATUSES, type Status } from '@/server/booking/rules/status'
import { ContactLink } from './contact-link'

type Props = {
  rdv: AgentRdv
  moves: readonly Status[]
  onChoose: (to: Status) => void
  /** The page to come back to when the form is posted without JavaScript. */
  returnTo: string
  /** Whether this RDV is the one to fill in now: its first answer then stands out. */
  isProminent?: boolean
  /** Whether each consequence is spelled out beside its button. */
  isExplained?: boolean
}

const isStatus = (value: string): value is Status => STATUSES.some((status) => status === value)

/**
 * One tap a status. A plain form before and without scripts: the same buttons post to the RDV's own address, and the
 * two ways of cancelling sit in a popover, which browsers open by themselves.
 */
export function StatusForm({ rdv, moves, onChoose, returnTo, isProminent = false, isExplained = false }: Props) {
  const direct = moves.filter((to) => !isCancelled(to))
  const cancelling = moves.filter(isCancelled)
  if (moves.length === 0) return null

  function choose(event: FormEvent<HTMLFormElement>) {
    const { submitter } = event.nativeEvent as SubmitEvent
    if (!(submitter instanceof HTMLButtonElement) || !isStatus(submitter.value)) return
    event.preventDefault()
    submitter.closest<HTMLElement>('[popover]')?.hidePopover()
    onChoose(submitter.value)
  }

  const isLoneCancel = direct.length === 0 && !isExplained
  return (
    <form
      method="post"
      action={`/agent/rdvs/${rdv.id}/statut`}
      onSubmit={choose}
      className={formLook(direct.length, isExplained)}
    >
      <input type="hidden" name="from" value={rdv.status} />
      <input type="hidden" name="retour" value={returnTo} />
      {direct.map((to) => (
        <Explained key={to} words={isExplained && consequenceWords(to, rdv)}>
          <Button
            name="to"
            value={to}
            variant={to === 'seen' && isProminent ? 'primary' : 'secondary'}
            isFull={isExplained}
            className="px-2! sm:min-w-28"
          >
            {moveWords(to, rdv)}
            <span className="sr-only"> : {rdvName(rdv)}</span>
          </Button>
        </Explained>
      ))}
      {cancelling.length > 0 && (
        <Explained words={isExplained && WHO_CANCELS}>
          <Cancelling rdv={rdv} ways={cancelling} isFull={isExplained} isQuiet={isLoneCancel} />
        </Explained>
      )}
    </form>
  )
}

function formLook(directCount: number, isExplained: boolean): string {
  if (isExplained) return 'grid gap-3'
  if (directCount === 0) return '-mr-1.5 -mb-0.5'
  return `grid gap-2 sm:flex ${directCount === 1 ? 'grid-cols-2' : 'grid-cols-3'}`
}

function Explained({ words, children }: { words: string | false; children: ReactNode }) {
  if (!words) return children
  return (
    <div className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[15rem_1fr]">
      {children}
      <p className="text-ink-soft">{words}</p>
    </div>
  )
}

/** The browser heeds `autofocus` in what the server drew alone. */
function focusFirstWay({ newState, currentTarget }: ToggleEvent<HTMLElement>) {
  if (newState === 'open') currentTarget.querySelector<HTMLElement>('button[name="to"]')?.focus()
}

/** Who cancels changes what is counted: asked each time, in a sheet under the thumb. */
function Cancelling({
  rdv,
  ways,
  isFull,
  isQuiet,
}: {
  rdv: AgentRdv
  ways: readonly Status[]
  isFull: boolean
  isQuiet: boolean
}) {
  const id = useId()
  const contact = rdv.phase === 'past' || rdv.isCollective ? null : firstContact(rdv.people[0])
  return (
    <>
      <Button
        type="button"
        variant={isQuiet ? 'quiet' : 'secondary'}
        popoverTarget={id}
        className={`px-2! ${isFull ? 'w-full' : isQuiet ? '' : 'sm:min-w-28'}`}
      >
        {rdv.phase === 'past' ? 'Annulé…' : 'Annuler…'}
        <span className="sr-only"> : {rdvName(rdv)}</span>
      </Button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-titre`}
        onToggle={focusFirstWay}
        className={SHEET}
      >
        <div className="grid gap-4">
          <h3 id={`${id}-titre`} className="text-xl">
            {rdv.phase === 'past' ? 'Qui a annulé' : 'Annuler'} : {rdvName(rdv)}
          </h3>
          {rdv.phase !== 'past' && ways.length > 1 && <p>Qui annule ?</p>}
          {ways.map((to, index) => (
            <div key={to} className="grid gap-1">
              <Button name="to" value={to} variant="secondary" isFull autoFocus={index === 0}>
                {moveWords(to, rdv)}
              </Button>
              <p className="text-ink-soft">{consequenceWords(to, rdv)}</p>
            </div>
          ))}
          {contact && (
            <p>
              {contact.kind === 'phone' ? 'Appeler' : 'Écrire à'} l’usager{'\u00a0: '}
              <ContactLink contact={contact} />{' '}
              {contact.from && <span className="inline-block text-ink-soft">{contactFromWords[contact.from]}</span>}
            </p>
          )}
          <Button type="button" variant="quiet" popoverTarget={id} popoverTargetAction="hide">
            {rdv.phase === 'past' ? 'Fermer' : 'Ne pas annuler'}
          </Button>
        </div>
      </div>
    </>
  )
}
