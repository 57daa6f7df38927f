import Link from 'next/link'
import { dayOf, formatDateTime, formatDay, isoOf } from '@/app/_lib/dates'
import { waitHref } from '@/app/_parts/booking/agent/wait-href'
import { Button } from '@/app/_ui/button'
import { offerCountWords, offeredWords } from '@/app/_words/waitlist'
import type { ListedWait } from '@/server/booking/rules/waitlist'

/** Somebody who waits: since when, instead of which RDV, what they are offered, and the way to take them off. */
export function WaitLine({ wait }: { wait: ListedWait }) {
  const { entryId, personName, sinceAt, rdvStartAt, zone, offer, mayWrite } = wait
  const href = waitHref(wait)
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 p-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-bold">
          {href === null ? (
            personName
          ) : (
            <Link href={href} prefetch={false} className="link inline-flex min-h-11 items-center">
              {personName}
            </Link>
          )}
        </p>
        <p>
          {rdvStartAt ? (
            <>
              RDV le <time dateTime={isoOf(rdvStartAt)}>{formatDateTime(rdvStartAt, zone)}</time>, à avancer
            </>
          ) : (
            'Sans RDV'
          )}
        </p>
        <p className="text-ink-soft">
          Depuis le <time dateTime={isoOf(sinceAt)}>{formatDay(dayOf(sinceAt, zone))}</time>, {offerCountWords(wait)}
        </p>
        {offer && (
          <p className="mt-1 rounded-lg bg-note-soft px-3 py-1 font-semibold text-note">{offeredWords(offer, zone)}</p>
        )}
      </div>
      {mayWrite && (
        <form method="post" action="/agent/attente/retirer" className="max-sm:w-full">
          <input type="hidden" name="entryId" value={entryId} />
          <Button variant="secondary" isFull aria-label={`Retirer ${personName} de la file d’attente`}>
            Retirer
          </Button>
        </form>
      )}
    </li>
  )
}
