/** The parameters of an address, as its page receives them. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>
export type Search = Promise<SearchParams>

/** One value of the address; a name given twice counts for nothing. */
export const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** « page=2 », from 1. */
export const pageIn = (value: string | string[] | undefined): number => {
  const page = Number(one(value) ?? 1)
  return Number.isInteger(page) && page >= 1 && page <= 1000 ? page : 1
}

/** An id of the address; null when it is none. */
export const idIn = (value: string | string[] | undefined): number | null => {
  const id = Number(one(value))
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** Ids of the address, each once: « agents=3,8 », or the name given several times as a form does. What is none is left out. */
export function idsIn(value: string | string[] | undefined, max: number): number[] {
  const texts = [value ?? []].flat().flatMap((text) => text.split(','))
  return [...new Set(texts.flatMap((text) => idIn(text) ?? []))].slice(0, max)
}
