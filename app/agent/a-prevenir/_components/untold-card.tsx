import Link from 'next/link'
import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { ContactLink } from '@/app/_parts/booking/agent/contact-link'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { waitHref } from '@/app/_parts/booking/agent/wait-href'
import { triesWords, untoldWaitWords, untoldWords } from '@/app/_words/messages'
import type { Untold, UntoldWait } from '@/server/messaging/rules/untold'

/** Who is to be told, of what, by which number; why no message could, and the button that says it is done. */
export function UntoldCard({ untold }: { untold: Untold }) {
  const { participationId, rdvId, personName, startAt, zone, motifName, placeName } = untold
  return (
    <Card className="space-y-3">
      <div className="space-y-1">
        <PersonLink href={`/agent/rdvs/${rdvId}`} name={personName} />
        <p className="font-bold">{untoldWords(untold)}</p>
        <p>
          <time dateTime={isoOf(startAt)}>{formatDateTime(startAt, zone)}</time>
          <span className="block text-ink-soft">{[motifName, placeName].filter(Boolean).join(' · ')}</span>
        </p>
      </div>
      <Tries tries={untold.tries} />
      <Todo person={untold} action="/agent/a-prevenir/fait" field={['participationId', participationId]} />
    </Card>
  )
}

/** The same of somebody who waits for a slot: it may still be theirs, or the next may be. */
export function UntoldWaitCard({ wait }: { wait: UntoldWait }) {
  const { entryId, personName, motifName, placeName } = wait
  const { what, todo } = untoldWaitWords(wait)
  return (
    <Card className="space-y-3">
      <div className="space-y-1">
        <PersonLink href={waitHref(wait)} name={personName} />
        <p className="font-bold">{what}</p>
        <p>
          {todo}
          <span className="block text-ink-soft">{[motifName, placeName].filter(Boolean).join(' · ')}</span>
        </p>
      </div>
      <Tries tries={wait.tries} />
      <Todo person={wait} action="/agent/a-prevenir/attente-faite" field={['entryId', entryId]} />
    </Card>
  )
}

function PersonLink({ href, name }: { href: string | null; name: string }) {
  return (
    <h2 className="text-xl">
      {href === null ? (
        name
      ) : (
        <Link href={href} prefetch={false} className="link inline-flex min-h-11 items-center">
          {name}
        </Link>
      )}
    </h2>
  )
}

function Tries({ tries }: Pick<Untold, 'tries'>) {
  return (
    <ul className="text-ink-soft">
      {triesWords({ tries }).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )
}

type TodoProps = {
  person: Pick<Untold, 'personName' | 'phone' | 'email'>
  action: string
  field: [name: string, value: number]
}

function Todo({ person: { personName, phone, email }, action, field: [name, value] }: TodoProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      {phone !== null && <ContactLink contact={{ kind: 'phone', value: phone, from: null }} />}
      {email !== null && <ContactLink contact={{ kind: 'email', value: email, from: null }} />}
      {phone === null && email === null && <p>Ni téléphone, ni e-mail dans la fiche.</p>}
      <form method="post" action={action} className="max-sm:w-full sm:ml-auto">
        <input type="hidden" name={name} value={value} />
        <Button variant="secondary" isFull aria-label={`C’est fait\u00a0: ${personName} est au courant`}>
          C’est fait
        </Button>
      </form>
    </div>
  )
}
