import { publicPage } from '@/app/_lib/public-page'
import { bandOf } from '@/app/_lib/environment'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'

export const GET = publicPage('Mentions légales', () => (
  <PageShell>
    <StepTitle>Mentions légales</StepTitle>
    {bandOf() && (
      <Notice title="Site de démonstration">
        <p>Les territoires, les lieux, les agents et les rendez-vous affichés ici sont inventés.</p>
      </Notice>
    )}
    <div className="prose">
      <h2>Éditeur</h2>
      <p>
        Chaque département édite le service proposé sur son territoire. Son nom est affiché en haut de chaque page, dès
        que la commune est choisie.
      </p>
      <h2>Directeur ou directrice de la publication</h2>
      <p>Le président ou la présidente du conseil départemental.</p>
      <h2>Hébergement</h2>
      <p>Le site est hébergé en France par le département ou par le prestataire qu’il a choisi.</p>
      <h2>Code source</h2>
      <p>RDV Territoires est un logiciel libre, sous licence MIT.</p>
      <h2>Responsabilité</h2>
      <p>
        Les horaires sont ceux que les services ont ouverts à la réservation. Un rendez-vous peut être annulé par le
        service : vous en êtes alors prévenu.
      </p>
    </div>
  </PageShell>
))
