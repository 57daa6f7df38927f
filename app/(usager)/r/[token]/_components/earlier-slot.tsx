import { formatDateTime } from '@/app/_lib/dates'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { offerDelayWords, waitRefusalWords } from '@/app/_words/waitlist'
import type { EarlierSlot } from '@/server/booking/rules/waitlist'

export type Slot = EarlierSlot & { offerPath: string | null; isEarlierFree: boolean }

/** To be told of a slot that is freed before this RDV, to answer one, or to be told no more. Nothing where nobody may. */
export function EarlierSlotSection({ slot, path, zone }: { slot: Slot; path: string; zone: string }) {
  if (slot.whyNot) return null
  return (
    <section aria-labelledby="attente" className="space-y-3 border-t border-line pt-5">
      <h2 id="attente" className="text-lg">
        Un créneau plus tôt{'\u202f'}?
      </h2>
      {slot.offer && slot.offerPath && (
        <Notice tone="note" title={`Un créneau vous est proposé\u00a0: ${formatDateTime(slot.offer.startAt, zone)}`}>
          <p>{offerDelayWords(slot.offer, zone)}</p>
          <ButtonLink href={slot.offerPath}>Voir ce créneau et répondre</ButtonLink>
        </Notice>
      )}
      {slot.isEarlierFree && (
        <p>
          Des créneaux plus tôt sont déjà libres{'\u00a0'}:{' '}
          <a href={`${path}/deplacer`} className="link inline-flex min-h-11 items-center">
            en choisir un
          </a>
          . Si aucun ne vous convient, vous serez prévenu de ceux qui se libèrent ensuite.
        </p>
      )}
      <form method="post" action={`${path}/attente`} className="space-y-3">
        <input type="hidden" name="geste" value={slot.isWaiting ? 'quitter' : 'attendre'} />
        <p className="text-ink-soft">
          {slot.isWaiting
            ? 'Vous êtes sur la file d’attente. Si un créneau se libère avant votre rendez-vous, vous recevrez un message\u00a0: vous pourrez l’accepter, ou garder votre date.'
            : 'Si quelqu’un annule, vous recevrez un message. Vous pourrez accepter ce créneau, ou garder votre date.'}
        </p>
        <Button variant="secondary" className="w-full sm:w-auto">
          {slot.isWaiting ? 'Ne plus être prévenu' : 'Me prévenir si un créneau se libère'}
        </Button>
      </form>
    </section>
  )
}

/** What came of asking, told at the top of the page. */
export function WaitNotice({ suite, slot }: { suite: string | string[] | undefined; slot: Slot | null }) {
  if (suite === 'attente' && slot?.isWaiting) {
    return (
      <Notice tone="ok" title="Vous êtes sur la file d’attente" isLive>
        <p>Votre rendez-vous reste à sa date tant que vous n’acceptez pas un autre créneau.</p>
      </Notice>
    )
  }
  if (suite === 'plus-attente' && slot && !slot.isWaiting) {
    return <Notice tone="ok" title="Vous n’êtes plus sur la file d’attente" isLive />
  }
  if (suite === 'refus-attente' && slot?.whyNot) {
    return <Notice tone="warn" title={waitRefusalWords[slot.whyNot]} isLive />
  }
  if (suite === 'plus-tot') {
    return (
      <Notice tone="ok" title="Ce créneau est à vous" isLive>
        <p>Voici votre rendez-vous. Si vous l’aviez ajouté à votre agenda, ajoutez-le de nouveau.</p>
      </Notice>
    )
  }
  return null
}
