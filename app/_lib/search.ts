export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>

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
