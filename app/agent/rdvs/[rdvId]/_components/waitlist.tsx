import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { Section } from '@/app/_ui/section'
import { offeredWords } from '@/app/_words/waitlist'
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
            : 'Si un créneau plus tôt se libère, il peut être proposé à la personne par message.'}{' '}
          <Link href="/agent/attente" prefetch={false} className="link inline-flex min-h-11 items-center">
            Voir la file d’attente
          </Link>
        </p>
        {offer && <p>{offeredWords(offer, zone)}.</p>}
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
