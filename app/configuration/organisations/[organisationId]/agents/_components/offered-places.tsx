import { formatDateTime } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Field } from '@/app/_ui/field'
import { Tag } from '@/app/_ui/tag'
import { roleChoiceWords } from '@/app/_words/administration'
import type { OfferedPlaces } from '@/server/access/rules/members'

type Props = { offered: OfferedPlaces; path: string; zone: string; now: Date }

/** Places offered to people of other territories: until when, the address of their answer, and what may be done meanwhile. */
export function OfferedPlacesList({ offered: { places, url }, path, zone, now }: Props) {
  if (places.length === 0) return null
  return (
    <section aria-labelledby="invitations" className="space-y-3">
      <h2 id="invitations" className="text-xl">
        Invitations à accepter
      </h2>
      <Field
        name="lien"
        label="Lien des invitations"
        hint={'Si l’e-mail s’est perdu, transmettez ce lien\u00a0: connectée, la personne accepte ou refuse.'}
        value={url}
        readOnly
      />
      <ul className="grid gap-2">
        {places.map(({ agentId, email, role, expiresAt }) => (
          <li key={agentId}>
            <Card className="space-y-3">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-bold break-all">{email ?? 'Sans adresse e-mail'}</span>
                <Tag tone={expiresAt <= now ? 'bad' : 'warn'}>{expiresAt <= now ? 'Expirée' : 'En attente'}</Tag>
                <span>{roleChoiceWords[role].label}</span>
              </p>
              {expiresAt > now && <p>Valable jusqu’au {formatDateTime(expiresAt, zone)}</p>}
              <div className="flex flex-col gap-3 sm:flex-row">
                <form method="post" action={`${path}/${agentId}/relancer`}>
                  <input type="hidden" name="offre" value="1" />
                  <Button variant="secondary" isFull aria-label={`Renvoyer l’invitation à ${email ?? ''}`}>
                    Renvoyer l’invitation
                  </Button>
                </form>
                <form method="post" action={`${path}/${agentId}/annuler`}>
                  <Button variant="danger" isFull aria-label={`Annuler l’invitation de ${email ?? ''}`}>
                    Annuler l’invitation
                  </Button>
                </form>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
