import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import type { AccountRdv } from '@/server/booking/rules/account-rdvs'
import { AccountNotice } from './_components/account-notice'
import { AccountRdvCard } from './_components/account-rdv-card'
import { orSignIn } from './_components/or-sign-in'
import { CONTACTS } from './_components/steps'

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

export const GET = publicPage({ title: 'Mes rendez-vous', isPersonal: true }, async ({ search }) => {
  const own = await orSignIn((caller) => caller.account.listRdvs())
  const { toCome, past, firstNames, asksName, provesNothing, isPartial, isForServiceToCheck } = own
  return (
    <PageShell>
      <StepTitle intro={firstNames.length > 0 && `Pour ${LIST.format([...firstNames, 'vos proches'])}.`}>
        Mes rendez-vous
      </StepTitle>
      <AccountNotice avis={search.avis} />
      {asksName && <SharedContact />}
      {toCome.length === 0 && provesNothing && <ProveContact />}
      {!asksName && toCome.length === 0 && !provesNothing && <Nothing isNew={past.length === 0} />}
      {toCome.length > 0 && <RdvList title="À venir" rdvs={toCome} />}
      {isPartial && (isForServiceToCheck ? <AskTheService /> : <ProveTheOther />)}
      {past.length > 0 && (
        <details className="rounded-card border border-line bg-card">
          <summary className="flex min-h-12 cursor-pointer items-center px-4 font-semibold sm:px-5">
            <Icon name="plus" className="mr-2 text-accent" />
            Passés ({past.length})
          </summary>
          <div className="space-y-4 border-t border-line p-4">
            <RdvList title="Passés" rdvs={past} isPast />
          </div>
        </details>
      )}
      <div className="flex flex-col gap-3 border-t border-line pt-5 sm:flex-row sm:flex-wrap">
        {toCome.length > 0 && <ButtonLink href="/prendre-rdv">Prendre un autre rendez-vous</ButtonLink>}
        <ButtonLink href={CONTACTS} variant="secondary">
          Mes coordonnées
        </ButtonLink>
        <form method="post" action="/mes-rdv/sortir">
          <Button variant="secondary" className="w-full sm:w-auto">
            Me déconnecter
          </Button>
        </form>
      </div>
      <p className="text-ink-soft">
        Sur un appareil partagé, déconnectez-vous. Sans cela, cette page se ferme d’elle-même après une demi-heure.
      </p>
    </PageShell>
  )
})

function RdvList({ title, rdvs, isPast = false }: { title: string; rdvs: readonly AccountRdv[]; isPast?: boolean }) {
  return (
    <section aria-label={title} className="space-y-3">
      <h2 className="text-lg">{title}</h2>
      <ul className="space-y-3">
        {rdvs.map((rdv) => (
          <li key={rdv.linkPath}>
            <AccountRdvCard rdv={rdv} isPast={isPast} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Nothing({ isNew }: { isNew: boolean }) {
  return (
    <div className="space-y-4 rounded-card border border-line bg-card px-4 py-8 text-center sm:px-6">
      <span className="mx-auto grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon name="calendar" />
      </span>
      <div className="space-y-1">
        <p className="text-lg font-bold">Aucun rendez-vous à venir</p>
        <p className="text-ink-soft">
          {isNew
            ? 'Vous en avez un ? Le service connaît peut-être un autre numéro, ou une autre adresse.'
            : 'Les rendez-vous que vous prendrez apparaîtront ici.'}
        </p>
      </div>
      <ButtonLink href="/prendre-rdv">Prendre un rendez-vous</ButtonLink>
    </div>
  )
}

/**
 * FranceConnect says who they are, and they have proven no contact yet: a file without a birth date is theirs only by one.
 * What they typed at FranceConnect's, somebody else of their name could have typed.
 */
function ProveContact() {
  return (
    <section
      aria-labelledby="confirmer"
      className="space-y-4 rounded-card border-[1.5px] border-accent bg-accent-soft p-4 sm:p-6"
    >
      <h2 id="confirmer" className="text-lg">
        Retrouver mes rendez-vous
      </h2>
      <p>
        FranceConnect nous a dit qui vous êtes. Pour trouver tous vos rendez-vous, confirmez aussi le numéro de mobile
        ou l’adresse e-mail que le service connaît{'\u00a0'}: personne d’autre ne peut le faire à votre place.
      </p>
      <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        <ButtonLink href={`${CONTACTS}#email`}>Confirmer mon adresse e-mail</ButtonLink>
        <ButtonLink href={`${CONTACTS}#mobile`} variant="secondary">
          Confirmer mon mobile
        </ButtonLink>
        <ButtonLink href="/prendre-rdv" variant="quiet">
          Prendre un rendez-vous
        </ButtonLink>
      </div>
    </section>
  )
}

/** A file of theirs holds another number or address: what was placed by it is told once they have proven it too. */
const ProveTheOther = () => (
  <div className="space-y-1 rounded-card border border-line bg-card p-4">
    <p>
      <strong>Il manque un rendez-vous{'\u202f'}?</strong> Ceux que vous avez pris avec une autre coordonnée, ou que le
      service a pris pour vous, apparaissent une fois votre mobile et votre adresse e-mail confirmés tous les deux.
    </p>
    <a href={CONTACTS} className="link inline-flex min-h-11 items-center font-semibold">
      Confirmer mes coordonnées
    </a>
  </div>
)

/** A file of theirs holds a contact that cannot be proven here: a landline, or one they no longer have. */
const AskTheService = () => (
  <p className="rounded-card border border-line bg-card p-4">
    <strong>Il manque un rendez-vous{'\u202f'}?</strong> Appelez le service{'\u00a0'}: il vérifie vos coordonnées avec
    vous.
  </p>
)

/** Since they signed in, somebody of another name gave the same contact: nothing shows until they say who they are. */
function SharedContact() {
  return (
    <div className="space-y-3 rounded-card border border-line bg-card p-4 sm:p-6">
      <p>Plusieurs familles ont donné ce numéro ou cette adresse. Reconnectez-vous pour dire laquelle est la vôtre.</p>
      <form method="post" action="/mes-rdv/sortir">
        <Button>Me reconnecter</Button>
      </form>
    </div>
  )
}
