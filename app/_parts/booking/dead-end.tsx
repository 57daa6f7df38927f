import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { PhoneLink } from '@/app/_ui/phone-link'
import { StepTitle } from '@/app/_ui/step-title'
import type { Caller } from '@/server/api'
import type { CommuneChoice, TerritoryFacts } from '@/server/booking/rules/tunnel'
import { orNull } from './ask'
import { STEP_COUNT, type Tunnel } from './tunnel'

/** The commune a tunnel begins with, though no territory serves it; null when there is no such commune. */
export const communeOf = (caller: Caller, { params }: Pick<Tunnel, 'params'>): Promise<CommuneChoice | null> =>
  orNull(caller.sectorisation.getCommune({ code: params.commune ?? '' }))

/** Nothing can be booked online for this commune: why, and whom to call. */
export function DeadEnd({ commune, territory }: { commune: CommuneChoice | null; territory: TerritoryFacts | null }) {
  return (
    <PageShell where={territory?.name}>
      <StepTitle step={1} stepCount={STEP_COUNT}>
        Pas de rendez-vous en ligne {commune ? `à ${commune.name}` : 'dans cette commune'} pour le moment
      </StepTitle>
      {territory ? (
        <p>
          Les services de ce département ({territory.name}) n’ont aucun motif ouvert à la réservation en ligne pour
          cette commune.
        </p>
      ) : (
        <p>Le département de cette commune n’utilise pas encore RDV Territoires.</p>
      )}
      <Notice title="Vous pouvez quand même être reçu">
        {territory?.phone ? (
          <p>
            Appelez l’accueil du département au <PhoneLink number={territory.phone} />
            &nbsp;: un rendez-vous peut se prendre par téléphone.
          </p>
        ) : (
          <p>Appelez l’accueil de votre département ou votre mairie : ils vous diront à qui vous adresser.</p>
        )}
      </Notice>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/prendre-rdv" variant="secondary">
          Changer de commune
        </ButtonLink>
      </div>
    </PageShell>
  )
}
