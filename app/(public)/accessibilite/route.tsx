import { publicPage } from '@/app/_lib/public-page'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'

export const GET = publicPage('Accessibilité : non conforme', () => (
  <PageShell>
    <StepTitle>Déclaration d’accessibilité</StepTitle>
    <div className="prose">
      <p>
        RDV Territoires s’engage à rendre son site accessible, conformément à l’article 47 de la loi n° 2005-102 du 11
        février 2005. Cette déclaration s’applique aux pages publiques et à l’espace des agents.
      </p>
      <h2>État de conformité</h2>
      <p>
        Le site est <strong>non conforme</strong> avec le référentiel général d’amélioration de l’accessibilité (RGAA,
        version 4.1) : il n’a pas encore été audité.
      </p>
      <h2>Ce qui est déjà vérifié</h2>
      <ul>
        <li>chaque page publique est contrôlée automatiquement, sur un téléphone et sur un ordinateur ;</li>
        <li>la prise de rendez-vous se fait entièrement au clavier, et sans JavaScript ;</li>
        <li>les textes restent lisibles sur un écran de 320 pixels de large, et agrandis à 200 % ;</li>
        <li>les erreurs sont résumées en haut de la page, et chacune mène à sa question.</li>
      </ul>
      <p>Ces contrôles ne remplacent pas un audit : un contrôle automatique ne voit qu’une partie des difficultés.</p>
      <h2>Retour d’information et contact</h2>
      <p>
        Si vous n’arrivez pas à accéder à un contenu ou à un service, dites-le à l’accueil du service : vous serez
        orienté vers une alternative accessible ou obtiendrez le contenu sous une autre forme. La page{' '}
        <a href="/aide">Aide et signalement</a> dit comment faire.
      </p>
      <h2>Voies de recours</h2>
      <p>
        Si vous n’obtenez pas de réponse satisfaisante, vous pouvez écrire au Défenseur des droits, contacter son
        délégué dans votre région, ou lui envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse
        71120, 75342 Paris CEDEX 07.
      </p>
    </div>
  </PageShell>
))
