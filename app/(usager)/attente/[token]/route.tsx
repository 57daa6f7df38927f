import { formatDuration } from '@/app/_lib/dates'
import { oneClick } from '@/app/_lib/one-click'
import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { PhoneLink } from '@/app/_ui/phone-link'
import { StepTitle } from '@/app/_ui/step-title'
import { locationWords } from '@/app/_words/booking'
import { waitEndWords } from '@/app/_words/waitlist'
import type { WaitForUsager } from '@/server/booking/rules/waitlist'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Votre attente', isPersonal: true }, async ({ params }) => {
  const link = linkSchema.safeParse(params)
  if (!link.success) throw new AppError('not-found')
  const wait = await (await api()).waitlist.getWait(link.data)
  const { endedBy } = wait
  return (
    <PageShell where={wait.territoryName}>
      <StepTitle>{endedBy === null ? 'Vous serez prévenu d’un créneau' : 'Votre attente est terminée'}</StepTitle>
      <Awaited wait={wait} />
      {endedBy === null ? <Waiting wait={wait} path={`/attente/${link.data.token}`} /> : <Ended wait={wait} />}
    </PageShell>
  )
})

/** Of the mails whose address was typed to wait: who wants none of them waits no more. */
export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const link = linkSchema.safeParse(await context.params)
  if (!link.success) return new Response(null, { status: 404 })
  return oneClick(request, async () => (await api()).waitlist.leave(link.data))
}

function Awaited({ wait }: { wait: WaitForUsager }) {
  const isOnSite = wait.locationType === 'public_office'
  const place = isOnSite
    ? [wait.placeName, wait.placeAddress].filter(Boolean).join(', ')
    : locationWords[wait.locationType]
  return (
    <div className="rounded-card border border-line bg-card px-4 py-3 sm:px-6">
      {wait.motifName && <p className="font-semibold">{wait.motifName}</p>}
      <p>{place}</p>
    </div>
  )
}

function Waiting({ wait, path }: { wait: WaitForUsager; path: string }) {
  return (
    <>
      <p>
        Dès qu’un créneau est libre, il vous est proposé à votre tour, par SMS ou par e-mail
        {wait.holdMin !== null && `, et gardé ${formatDuration(wait.holdMin)} pour vous`}. Trois créneaux au plus vous
        seront proposés.
      </p>
      <form method="post" action={`${path}/quitter`}>
        <Button variant="secondary" className="w-full sm:w-auto">
          Quitter la file d’attente
        </Button>
      </form>
    </>
  )
}

function Ended({ wait }: { wait: WaitForUsager }) {
  const { endedBy, phone } = wait
  const isServed = endedBy === 'served'
  return (
    <>
      {endedBy && <p>{waitEndWords[endedBy]}</p>}
      <ButtonLink href={isServed ? '/mes-rdv' : '/prendre-rdv'}>
        {isServed ? 'Retrouver mes rendez-vous' : 'Prendre un rendez-vous'}
      </ButtonLink>
      {phone && (
        <p>
          Une question{'\u202f'}? Appelez le <PhoneLink number={phone} />
        </p>
      )}
    </>
  )
}
