import { publicPage } from '@/app/_lib/public-page'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { COOKIES_OF_AGENTS, COOKIES_OF_PEOPLE, SECURE_PREFIX } from '@/app/_words/cookies'

const Cookies = ({ of }: { of: typeof COOKIES_OF_PEOPLE }) => (
  <ul>
    {of.map(({ name, why, howLong }) => (
      <li key={name}>
        <strong className="break-words">{name}</strong>
        {'\u00a0'}: {why}. Durée{'\u00a0'}: {howLong}.
      </li>
    ))}
  </ul>
)

export const GET = publicPage('Données personnelles', () => (
  <PageShell>
    <StepTitle>Vos données personnelles</StepTitle>
    <div className="prose">
      <p>
        Le département est responsable de ces données. Il s’en sert pour organiser vos rendez-vous avec ses services,
        dans le cadre de sa mission d’intérêt public.
      </p>
      <h2>Ce qui est demandé, et pourquoi</h2>
      <ul>
        <li>votre nom et votre prénom, pour vous accueillir ;</li>
        <li>un téléphone ou un e-mail, pour confirmer le rendez-vous et vous prévenir d’un changement ;</li>
        <li>une date de naissance ou une adresse, seulement quand le motif du rendez-vous l’exige.</li>
      </ul>
      <h2>Qui les lit</h2>
      <p>
        Les agents du service qui vous reçoit, et eux seuls. Elles ne sont ni vendues, ni croisées avec d’autres
        fichiers, ni lues par un service de publicité ou de mesure d’audience : il n’y en a pas sur ce site.
      </p>
      <h2>Combien de temps</h2>
      <p>
        Ce que vous écrivez sans confirmer est effacé environ une heure après. Après un rendez-vous, vos données sont
        conservées le temps fixé par le département, deux ans au plus après le dernier rendez-vous, puis effacées.
      </p>
      <h2>Témoins de connexion (cookies)</h2>
      <p>
        Le site n’en dépose que pour fonctionner{'\u00a0'}: aucun n’est utilisé pour vous suivre, et aucun autre site ne
        les lit. Prendre un rendez-vous ne demande que le premier{'\u00a0'}; les autres servent à se connecter.
      </p>
      <Cookies of={COOKIES_OF_PEOPLE} />
      <p>Et pour les agents{'\u00a0'}:</p>
      <Cookies of={COOKIES_OF_AGENTS} />
      <p>
        Devant certains noms, votre navigateur affiche «{'\u00a0'}
        {SECURE_PREFIX}
        {'\u00a0'}»{'\u00a0'}: ce cookie n’est alors envoyé que par une connexion chiffrée.
      </p>
      <h2>Vos droits</h2>
      <p>
        Vous pouvez demander à voir vos données, à les corriger ou à les effacer, et vous opposer à leur usage, auprès
        du service qui vous reçoit ou de la personne déléguée à la protection des données de votre département. Si la
        réponse ne vous convient pas, vous pouvez saisir la CNIL.
      </p>
    </div>
  </PageShell>
))
