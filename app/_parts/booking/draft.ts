import { cookies } from 'next/headers'
import * as z from 'zod'
import { dayFrom } from '@/app/_lib/day-field'
import { keepCookie, type Posted } from '@/app/_lib/form-route'
import { tunnelFrom, type Tunnel } from './tunnel'
import { DRAFT_FIELDS, type DraftAnswers } from '@/server/booking/schema'

/** Names the draft on this browser: the only thing about a person that travels, and it says nothing. */
export const DRAFT_COOKIE = 'brouillon'
const DRAFT_MAX_AGE_SEC = 3600

/** The draft of this browser, when its cookie makes sense. */
export async function currentDraftId(): Promise<string | null> {
  const jar = await cookies()
  const parsed = z.uuid().safeParse(jar.get(DRAFT_COOKIE)?.value)
  return parsed.success ? parsed.data : null
}

const DATE_FIELDS: readonly string[] = ['bornOn', 'relativeBornOn']

/** The posted coordinates as the draft keeps them; a date's three boxes become 'YYYY-MM-DD', right or wrong. */
function answersFrom(fields: Readonly<Record<string, string>>): DraftAnswers {
  const answers: DraftAnswers = {}
  for (const field of DRAFT_FIELDS) {
    const typed = DATE_FIELDS.includes(field) ? dayFrom(fields, field) : fields[field]
    if (typed !== undefined) answers[field] = typed
  }
  return answers
}

/** Keeps the coordinates a form posted, right or wrong, under this browser's draft. */
export async function keepAnswers({
  fields,
  caller,
  isSecure,
}: Posted): Promise<{ draftId: string; isValid: boolean; tunnel: Tunnel }> {
  const tunnel = tunnelFrom(fields)
  const draftId = await currentDraftId()
  const draft = await caller.booking.saveDraft({
    ...(draftId && { draftId }),
    tunnel: tunnel.params,
    answers: answersFrom(fields),
  })
  await keepCookie(DRAFT_COOKIE, draft.draftId, DRAFT_MAX_AGE_SEC, isSecure)
  return { ...draft, tunnel }
}
