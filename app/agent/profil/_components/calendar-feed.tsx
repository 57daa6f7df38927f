import { formatDateTime } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { api } from '@/server/api'

const CHECK = 'flex min-h-11 items-center gap-3'
const BOX = 'size-5 shrink-0 accent-accent'

/** The secret address by which another calendar shows one's RDVs: made, renewed, copied. */
export async function CalendarFeed({ zone }: { zone: string }) {
  const feed = await (await api()).booking.getCalendarFeed()
  return (
    <section className="space-y-3" aria-labelledby="calendrier">
      <h2 id="calendrier" className="text-xl">
        Mon agenda dans un autre calendrier
      </h2>
      <Card className="space-y-3">
        <p>
          Une adresse secrète montre vos RDV dans Outlook, Thunderbird ou le calendrier de votre téléphone. Elle ne dit
          jamais le nom des personnes, ni le motif et le lieu d’un RDV confidentiel.
        </p>
        {feed && (
          <div>
            <label htmlFor="adresse-calendrier" className="block font-bold">
              Votre adresse, à copier
            </label>
            <input
              id="adresse-calendrier"
              readOnly
              value={feed.url}
              className="mt-1 block min-h-12 w-full rounded-card border-[1.5px] border-line-strong bg-paper px-3"
            />
            <p className="pt-1 text-ink-soft">Créée le {formatDateTime(feed.createdAt, zone)}</p>
          </div>
        )}
        <form method="post" action="/agent/profil/calendrier" className="space-y-2">
          <label className={CHECK}>
            <input
              type="checkbox"
              name="plages"
              value="oui"
              defaultChecked={feed?.includesOpenings ?? false}
              className={BOX}
            />
            Avec mes plages d’ouverture
          </label>
          <label className={CHECK}>
            <input
              type="checkbox"
              name="absences"
              value="oui"
              defaultChecked={feed?.includesAbsences ?? true}
              className={BOX}
            />
            Avec mes absences
          </label>
          <Button variant="secondary">{feed ? 'Renouveler l’adresse' : 'Créer l’adresse'}</Button>
          {feed && <p className="text-ink-soft">L’adresse actuelle ne marchera plus, sur aucun appareil.</p>}
        </form>
      </Card>
    </section>
  )
}
