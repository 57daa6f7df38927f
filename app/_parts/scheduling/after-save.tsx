import { capitalise, formatDay, formatTime } from '@/app/_lib/dates'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { rdvName } from '@/app/_words/agent'
import { cancelledWords, movedWords, toMoveWords } from '@/app/_words/planning'
import { rdvsToMoveSchema } from '@/server/booking/schema'
import { api } from '@/server/api'

export type SavedSearch = Partial<Record<'avis' | 'annules' | 'deplaces' | 'deplacer', string | string[]>>

/** How many an address says; none when it makes no sense. */
function countIn(typed: SavedSearch['annules']): number {
  const many = Number(typed)
  return Number.isSafeInteger(many) && many > 0 ? many : 0
}

/** What a save just did, and the RDVs it left to move, each a link to where it is moved. */
export async function AfterSave({
  search,
  notices,
}: {
  search: SavedSearch
  notices: Readonly<Record<string, string>>
}) {
  const notice = Object.entries(notices).find(([key]) => key === search.avis)?.[1]
  const [moved, cancelled] = [countIn(search.deplaces), countIn(search.annules)]
  const typed = rdvsToMoveSchema.safeParse({
    rdvIds: String(search.deplacer ?? '')
      .split('.')
      .filter(Boolean),
  })
  const rdvIds = typed.success ? typed.data.rdvIds : []
  const rdvs = rdvIds.length === 0 ? [] : await (await api()).booking.listRdvsToMove({ rdvIds })
  return (
    <>
      {notice && (
        <Notice tone="ok" isLive>
          <p>{notice}</p>
          {moved > 0 && <p>{movedWords(moved)}</p>}
          {cancelled > 0 && <p>{cancelledWords(cancelled)}</p>}
        </Notice>
      )}
      {rdvs.length > 0 && (
        <section aria-labelledby="a-deplacer" className="space-y-2">
          <h2 id="a-deplacer" className="text-xl">
            {toMoveWords(rdvs.length)}
          </h2>
          <ul className="grid gap-2">
            {rdvs.map((rdv) => (
              <li key={rdv.id}>
                <LinkCard href={`/agent/rdvs/${rdv.id}/deplacer`} title={rdvName(rdv)}>
                  <span className="block">
                    {capitalise(formatDay(rdv.onDay, { withYear: true }))} à {formatTime(rdv.startAt, rdv.zone)}
                  </span>
                  {rdvName(rdv) !== rdv.motifName && <span className="block">{rdv.motifName}</span>}
                </LinkCard>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
