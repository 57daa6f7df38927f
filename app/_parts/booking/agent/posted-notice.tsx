import { Notice } from '@/app/_ui/notice'
import { REBOOK, statusRefusalWords, statusWords, whoWasFasterWords } from '@/app/_words/agent'
import { STATUS_REFUSALS } from '@/server/booking/rules/agent-views'
import { isCancelled } from '@/server/booking/rules/status'
import { setStatusSchema } from '@/server/booking/schema'
import { api, ctxOf } from '@/server/api'
import { rebookHref } from './rebook'
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

async function GivenNotice({ rdvId, status, returnTo }: { rdvId: number; status: Status; returnTo: string }) {
  const rebooking = isCancelled(status) ? await rebookingOf(rdvId) : null
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
        {rebooking && (
          <a href={rebooking} className="link inline-flex min-h-11 items-center">
            {REBOOK}
          </a>
        )}
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

/** Null as well when the RDV is beyond reach: the address that says it was cancelled may have been typed. */
async function rebookingOf(rdvId: number): Promise<string | null> {
  const rdv = await (await api()).booking.getRdv({ rdvId }).catch(() => null)
  return rdv && isCancelled(rdv.status) ? rebookHref(rdv) : null
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
