import { formatDateTime } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { Section } from '@/app/_ui/section'
import type { EarlierSlot } from '@/server/booking/rules/waitlist'

type Props = { slot: EarlierSlot; rdvId: number; zone: string; mayWrite: boolean }

/** Whether its people wait for an earlier slot, what they are offered, and putting them there or taking them off. */
export function Waitlist({ slot, rdvId, zone, mayWrite }: Props) {
  const { isWaiting, offer } = slot
  if (!isWaiting && (slot.whyNot || !mayWrite)) return null
  return (
    <Section title="File d’attente">
      <div className="space-y-3">
        <p>
          {isWaiting
            ? 'En attente d’un créneau plus tôt.'
            : 'Si un créneau plus tôt se libère, il peut être proposé à la personne par message.'}
        </p>
        {offer && (
          <p>
            Créneau proposé{'\u00a0'}: {formatDateTime(offer.startAt, zone)},{' '}
            {offer.isHeld ? `gardé jusqu’au ${formatDateTime(offer.untilAt, zone)}.` : 'au premier qui répond.'}
          </p>
        )}
        {mayWrite && (
          <form method="post" action={`/agent/rdvs/${rdvId}/attente`}>
            <input type="hidden" name="geste" value={isWaiting ? 'quitter' : 'attendre'} />
            <Button variant="secondary" className="w-full sm:w-auto">
              {isWaiting ? 'Retirer de la file d’attente' : 'Mettre sur la file d’attente'}
            </Button>
          </form>
        )}
      </div>
    </Section>
  )
}
