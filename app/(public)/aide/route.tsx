import { publicPage } from '@/app/_lib/public-page'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'

export const GET = publicPage('Aide et signalement', () => (
  <PageShell>
    <StepTitle>Aide et signalement</StepTitle>
    <div className="prose">
      <h2>Retrouver ou annuler mon rendez-vous</h2>
      <p>
        Ouvrez le lien reçu par SMS ou par e-mail au moment de la réservation. Il mène à votre rendez-vous ; des boutons
        permettent de le déplacer ou de l’annuler. Vous n’avez plus ce message ?{' '}
        <a href="/mes-rdv">Retrouvez-le avec votre numéro de mobile</a>, ou appelez le lieu du rendez-vous : les agents
        le retrouvent avec votre nom.
      </p>
      <h2>Il n’y a aucun créneau</h2>
      <p>
        De nouveaux horaires s’ouvrent chaque semaine. La page des créneaux dit pourquoi il n’y en a pas, propose les
        autres lieux et donne le numéro à appeler : un rendez-vous peut toujours se prendre par téléphone.
      </p>
      <h2>Je n’arrive pas à utiliser ce site</h2>
      <p>
        Le site fonctionne sur un téléphone, même ancien, et sans JavaScript. Si quelque chose vous bloque, un agent
        d’accueil de votre département peut prendre le rendez-vous avec vous, par téléphone ou sur place.
      </p>
      <h2>Signaler un problème</h2>
      <p>
        Dites-le à l’accueil du service, par téléphone ou sur place, en précisant la page, l’heure et ce que vous
        vouliez faire. N’envoyez ni votre numéro de sécurité sociale ni de document médical.
      </p>
      <h2>Danger ou urgence</h2>
      <p>
        Ce site ne traite pas les urgences. En cas de danger, appelez le <a href="tel:112">112</a>. Pour un enfant en
        danger : <a href="tel:119">119</a>. Pour les violences faites aux femmes : <a href="tel:3919">39 19</a>. Par
        SMS, pour les personnes sourdes : <a href="sms:114">114</a>.
      </p>
    </div>
  </PageShell>
))
