import { fold } from '@/server/kernel/text'

/** « 41 rue de Lille, 62400 Béthune ». */
const ADDRESS = /^(.*),\s*\d{5}\s+([^,]+)$/

const joined = (...parts: (string | null)[]): string => parts.filter(Boolean).join(', ')

/**
 * A lieu in fewer and fewer words: its name and address; without the post code; its name and commune; its name. Without a
 * name, its address stays.
 */
export function placeFormsOf(name: string | null, address: string | null): [string, ...string[]] {
  const [, street = address, town = null] = ADDRESS.exec(address ?? '') ?? []
  if (name === null) return [joined(address), joined(street, town)]
  const isTownSaid = town !== null && ` ${fold(name)} `.includes(` ${fold(town)} `)
  return [
    joined(name, address),
    joined(name, street, isTownSaid ? null : town),
    joined(name, isTownSaid ? null : town),
    name,
  ]
}
