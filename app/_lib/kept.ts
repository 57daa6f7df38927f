import { cookies } from 'next/headers'
import * as z from 'zod'
import { sealTyped, unsealTyped } from '@/server/api'
import { dropCookie, keepCookie, TYPED_COOKIE } from './form-route'

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

/** What was typed in a form and what is wrong with it, for this session only and a few minutes: no address says it, and the browser cannot read it. */
export async function keepTyped(kept: Kept, isSecure: boolean): Promise<void> {
  const whole = await sealTyped(JSON.stringify(kept))
  const value = whole.length <= MAX_BYTES ? whole : await sealTyped(JSON.stringify({ ...kept, fields: {} }))
  await keepCookie(TYPED_COOKIE, value, KEPT_SEC, isSecure)
}

/** What was typed in this form, when the page is shown again because of it. */
export async function keptOf(form: string, isAsked: boolean): Promise<Omit<Kept, 'form'>> {
  if (!isAsked) return NOTHING
  const kept = await decode((await cookies()).get(TYPED_COOKIE)?.value ?? '')
  return kept?.form === form ? kept : NOTHING
}

export const dropTyped = (): Promise<void> => dropCookie(TYPED_COOKIE)

async function decode(value: string): Promise<Kept | null> {
  const text = await unsealTyped(value)
  if (text === null) return null
  try {
    return keptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
