import { Notice } from '@/app/_ui/notice'
import { statusRefusalWords, statusWords, whoWasFasterWords } from '@/app/_words/agent'
import { STATUS_REFUSALS } from '@/server/booking/rules/agent-views'
import { setStatusSchema } from '@/server/booking/schema'
import { api, ctxOf } from '@/server/api'
import { whenWords } from './told'

/** What the status route wrote in the address it came back to. */
export type PostedSearch = { rdv?: string | string[]; fait?: string | string[]; avis?: string | string[] }

const { rdvId: rdvField, to: statusField } = setStatusSchema.shape

/** What became of a status posted without JavaScript, with the way back from it. */
export async function PostedNotice({ search, returnTo }: { search: PostedSearch; returnTo: string }) {
  const rdvId = rdvField.safeParse(search.rdv)
  if (!rdvId.success) return null
  const given = statusField.safeParse(search.fait)
  if (given.success) return <GivenNotice rdvId={rdvId.data} status={given.data} returnTo={returnTo} />
  const reason = STATUS_REFUSALS.find((one) => one === search.avis)
  if (!reason) return null
  const who = reason === 'changed-meanwhile' ? await whoWasFaster(rdvId.data) : null
  return (
    <Notice tone="warn" isLive>
      <p>{who ? `${who} Votre choix n’a pas été enregistré.` : statusRefusalWords[reason]}</p>
    </Notice>
  )
}

type Status = ReturnType<typeof statusField.parse>

function GivenNotice({ rdvId, status, returnTo }: { rdvId: number; status: Status; returnTo: string }) {
  const stated = { status, phase: 'today', isCollective: false } as const
  return (
    <Notice
      tone="ok"
      isLive
      title={status === 'unknown' ? 'Statut effacé' : `C’est noté\u00a0: ${statusWords(stated)}`}
    >
      <form method="post" action={`/agent/rdvs/${rdvId}/statut`} className="flex flex-wrap gap-x-5">
        <a href={`/agent/rdvs/${rdvId}`} className="link inline-flex min-h-11 items-center">
          Voir le RDV
        </a>
        <input type="hidden" name="from" value={status} />
        <input type="hidden" name="retour" value={returnTo} />
        {status !== 'unknown' && (
          <button name="to" value="unknown" className="link min-h-11 font-semibold">
            Défaire
          </button>
        )}
      </form>
    </Notice>
  )
}

/** Null when the RDV is beyond reach: its history is then nobody's business. */
async function whoWasFaster(rdvId: number): Promise<string | null> {
  const { booking } = await api()
  const history = await booking.listRdvHistory({ rdvId }).catch(() => null)
  if (!history) return null
  const { now } = await ctxOf()
  const rdv = await booking.getRdv({ rdvId })
  return whoWasFasterWords(history, rdv, (at) => whenWords(at, rdv.zone, now))
}
