import { formatDateTime } from '@/app/_lib/dates'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PhoneLink } from '@/app/_ui/phone-link'
import { moveRefusalWords } from '@/app/_words/booking'
import type { RdvForUsager } from '@/server/booking/rules/tunnel'

/** Another time for the same RDV, or why not online. */
export function MoveSection({ rdv, path }: { rdv: RdvForUsager; path: string }) {
  return (
    <section aria-labelledby="deplacer" className="space-y-3 border-t border-line pt-5">
      <h2 id="deplacer" className="text-lg">
        Un autre horaire vous conviendrait mieux{'\u202f'}?
      </h2>
      {rdv.whyNotMove ? (
        <p>
          {moveRefusalWords[rdv.whyNotMove]}{' '}
          {rdv.phone && (
            <>
              Téléphone{'\u00a0'}: <PhoneLink number={rdv.phone} />
            </>
          )}
        </p>
      ) : (
        <>
          <p className="text-ink-soft">
            Votre horaire actuel reste à vous tant que vous n’en avez pas confirmé un autre.
          </p>
          <ButtonLink href={`${path}/deplacer`} variant="secondary" className="w-full sm:w-auto">
            Déplacer ce rendez-vous
          </ButtonLink>
        </>
      )}
    </section>
  )
}

export function MovedNotice({ rdv }: { rdv: RdvForUsager }) {
  return (
    <Notice tone="ok" title="Votre rendez-vous est déplacé" isLive>
      <p>
        Il a lieu {formatDateTime(rdv.startAt, rdv.zone)}. S’il est déjà dans votre agenda, ajoutez-le de nouveau
        {'\u00a0'}: il remplacera l’ancien.
      </p>
    </Notice>
  )
}
