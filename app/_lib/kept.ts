import { cookies } from 'next/headers'
import * as z from 'zod'
import { dropCookie, keepCookie } from './form-route'

const NAME = 'saisie'
const KEPT_SEC = 600
/** Browsers keep 4096 bytes of a cookie. */
const MAX_BYTES = 3600

const keptSchema = z.object({
  form: z.string(),
  fields: z.record(z.string(), z.string()),
  faults: z.record(z.string(), z.string()),
})
export type Kept = z.infer<typeof keptSchema>

const NOTHING = { fields: {}, faults: {} } as const

/** What was typed in a form and what is wrong with it, for this browser only and a few minutes: no address says it. */
export async function keepTyped(kept: Kept, isSecure: boolean): Promise<void> {
  const whole = encode(kept)
  const value = whole.length <= MAX_BYTES ? whole : encode({ ...kept, fields: {} })
  await keepCookie(NAME, value, KEPT_SEC, isSecure)
}

/** What was typed in this form, when the page is shown again because of it. */
export async function keptOf(form: string, isAsked: boolean): Promise<Omit<Kept, 'form'>> {
  if (!isAsked) return NOTHING
  const kept = decode((await cookies()).get(NAME)?.value ?? '')
  return kept?.form === form ? kept : NOTHING
}

export const dropTyped = (): Promise<void> => dropCookie(NAME)

const encode = (kept: Kept): string => Buffer.from(JSON.stringify(kept)).toString('base64url')

function decode(value: string): Kept | null {
  try {
    return keptSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
  } catch {
    return null
  }
}
