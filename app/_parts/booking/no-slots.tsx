import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PhoneLink } from '@/app/_ui/phone-link'
import { noSlotWords } from '@/app/_words/booking'
import type { NoSlotReason } from '@/server/booking/rules/tunnel'

/** Nothing to choose: why, and every way on. */
export function NoSlots({
  firstHref,
  reasons,
  phone,
  waitHref,
  otherPlacesHref,
  otherMotifsHref,
}: {
  /** The first slots, when the page asked for lies beyond the last. */
  firstHref: string | null
  reasons: readonly { reason: NoSlotReason; count: number }[]
  phone: string | null
  /** Where to ask to be told of a slot; null where nobody may. */
  waitHref: string | null
  otherPlacesHref: string | null
  otherMotifsHref: string | null
}) {
  return (
    <Notice
      tone="warn"
      title={firstHref ? 'Aucun créneau à partir de ce jour' : 'Aucun créneau en ligne pour le moment'}
    >
      {reasons.length > 0 && (
        <>
          <p>Voici pourquoi :</p>
          <ul className="list-disc pl-5">
            {reasons.map(({ reason }) => (
              <li key={reason}>{noSlotWords[reason]}</li>
            ))}
          </ul>
        </>
      )}
      {phone && (
        <p>
          Appelez le <PhoneLink number={phone} />
          &nbsp;: un rendez-vous peut parfois se prendre par téléphone.
        </p>
      )}
      <p>
        {waitHref
          ? 'Des créneaux se libèrent régulièrement\u00a0: laissez vos coordonnées, et vous recevrez un message.'
          : 'De nouveaux créneaux s’ouvrent régulièrement\u00a0: revenez dans quelques jours.'}
      </p>
      <div className="flex flex-col gap-2 pt-1 sm:flex-row">
        {firstHref && <ButtonLink href={firstHref}>Revenir aux premiers créneaux</ButtonLink>}
        {waitHref && <ButtonLink href={waitHref}>Me prévenir d’un créneau</ButtonLink>}
        {otherPlacesHref && (
          <ButtonLink href={otherPlacesHref} variant={(firstHref ?? waitHref) ? 'secondary' : 'primary'}>
            Voir les autres lieux
          </ButtonLink>
        )}
        {otherMotifsHref && (
          <ButtonLink href={otherMotifsHref} variant="secondary">
            Choisir un autre motif
          </ButtonLink>
        )}
      </div>
    </Notice>
  )
}
