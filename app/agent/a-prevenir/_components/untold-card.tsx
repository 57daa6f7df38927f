import Link from 'next/link'
import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { ContactLink } from '@/app/_parts/booking/agent/contact-link'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { triesWords, untoldWords } from '@/app/_words/messages'
import type { Untold } from '@/server/messaging/rules/untold'

/** Who is to be told, of what, by which number; why no message could, and the button that says it is done. */
export function UntoldCard({ untold }: { untold: Untold }) {
  const { participationId, rdvId, personName, startAt, zone, motifName, placeName, phone, email } = untold
  return (
    <Card className="space-y-3">
      <div className="space-y-1">
        <h2 className="text-xl">
          <Link href={`/agent/rdvs/${rdvId}`} prefetch={false} className="link inline-flex min-h-11 items-center">
            {personName}
          </Link>
        </h2>
        <p className="font-bold">{untoldWords(untold)}</p>
        <p>
          <time dateTime={isoOf(startAt)}>{formatDateTime(startAt, zone)}</time>
          <span className="block text-ink-soft">{[motifName, placeName].filter(Boolean).join(' · ')}</span>
        </p>
      </div>
      <ul className="text-ink-soft">
        {triesWords(untold).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {phone !== null && <ContactLink contact={{ kind: 'phone', value: phone, from: null }} />}
        {email !== null && <ContactLink contact={{ kind: 'email', value: email, from: null }} />}
        {phone === null && email === null && <p>Ni téléphone, ni e-mail dans la fiche.</p>}
        <form method="post" action="/agent/a-prevenir/fait" className="max-sm:w-full sm:ml-auto">
          <input type="hidden" name="participationId" value={participationId} />
          <Button variant="secondary" isFull aria-label={`C’est fait\u00a0: ${personName} est au courant`}>
            C’est fait
          </Button>
        </form>
      </div>
    </Card>
  )
}
