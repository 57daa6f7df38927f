import * as z from 'zod'

/** Where what somebody answered stands in what a gateway posts: names of fields, or paths in its JSON. */
type Places = { from: string; text: string }

const bodySchema = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
const saidSchema = z.union([z.string(), z.number()]).transform(String)

/** What stands at a path, when it is a text or a number; null otherwise. */
export function valueAt(body: unknown, path: string): string | null {
  const found = path.split('.').reduce<unknown>((inner, name) => {
    const known = bodySchema.safeParse(inner)
    return known.success && Object.hasOwn(known.data, name) ? (known.data as Record<string, unknown>)[name] : undefined
  }, body)
  const said = saidSchema.safeParse(found)
  return said.success ? said.data : null
}

/** A form, or JSON, as its gateway writes it; null of what is neither. */
export function bodyIn(contentType: string, text: string): unknown {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Who answered, and what; null when it is not there. `contentType`: as the gateway gave it. */
export function smsReplyOf(
  { contentType, text }: { contentType: string; text: string },
  places: Places,
): { from: string; text: string } | null {
  const body = bodyIn(contentType, text)
  const [from, said] = [valueAt(body, places.from), valueAt(body, places.text)]
  return from === null || said === null ? null : { from, text: said }
}
