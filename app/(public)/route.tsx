import { publicPage } from '@/app/_lib/public-page'
import { AddressForm } from '@/app/_parts/booking/address-form'
import { Icon, type IconName } from '@/app/_ui/icon'
import { PublicFooter, PublicHeader } from '@/app/_ui/page-shell'

const STEPS: { icon: IconName; title: string; text: string }[] = [
  { icon: 'pin', title: 'Votre commune', text: 'Elle suffit pour trouver les services près de chez vous.' },
  { icon: 'calendar', title: 'Un jour et une heure', text: 'Vous choisissez parmi les horaires vraiment libres.' },
  {
    icon: 'check',
    title: 'C’est réservé',
    text: 'Un message vous donne un lien pour le revoir, le déplacer ou l’annuler.',
  },
]

export const GET = publicPage(
  { title: { isWhole: 'RDV Territoires\u00a0: prendre rendez-vous avec votre département' }, script: 'communes' },
  () => (
    <>
      <PublicHeader />
      <main id="contenu" tabIndex={-1} className="w-full">
        <div className="border-b border-line bg-accent-soft">
          <div className="mx-auto grid max-w-5xl items-start gap-6 px-4 py-7 sm:px-6 sm:py-12 lg:grid-cols-[minmax(0,1fr)_25rem] lg:gap-14 lg:py-20">
            <div className="space-y-3">
              <h1 className="text-[1.75rem] leading-tight tracking-tight sm:text-4xl lg:text-5xl">
                Prenez rendez-vous avec les services de votre département
              </h1>
              <p className="max-w-prose text-lg lg:text-xl">
                Service social, protection maternelle et infantile, centre de planification, handicap, insertion.
              </p>
            </div>
            <div className="rounded-card border border-line bg-card p-4 shadow-card sm:p-6">
              <AddressForm />
            </div>
          </div>
        </div>
        <div className="mx-auto max-w-5xl space-y-10 px-4 py-8 sm:px-6 sm:py-12">
          <section aria-labelledby="comment">
            <h2 id="comment" className="text-xl sm:text-2xl">
              Deux minutes, sans créer de compte
            </h2>
            <ol className="mt-5 grid gap-5 sm:grid-cols-3 sm:gap-8">
              {STEPS.map((step) => (
                <li key={step.title} className="flex gap-3 sm:flex-col">
                  <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
                    <Icon name={step.icon} />
                  </span>
                  <span>
                    <span className="block font-bold">{step.title}</span>
                    <span className="block text-ink-soft">{step.text}</span>
                  </span>
                </li>
              ))}
            </ol>
          </section>
          <section aria-labelledby="deja" className="grid gap-x-10 gap-y-6 border-t border-line pt-8 sm:grid-cols-2">
            <div className="space-y-1.5">
              <h2 id="deja" className="text-lg">
                Vous avez déjà un rendez-vous
              </h2>
              <p>Ouvrez le lien reçu par SMS ou par e-mail, ou retrouvez-le avec votre numéro de mobile.</p>
              <p>
                <a href="/mes-rdv" className="link inline-flex min-h-11 items-center font-semibold">
                  Retrouver mon rendez-vous
                </a>
              </p>
            </div>
            <div className="space-y-1.5">
              <h2 className="text-lg">Vous travaillez dans un service</h2>
              <p>
                <a href="/connexion" className="link inline-flex min-h-11 items-center font-semibold">
                  Se connecter à l’espace des agents
                </a>
              </p>
            </div>
          </section>
        </div>
      </main>
      <PublicFooter />
    </>
  ),
)
