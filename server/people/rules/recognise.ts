import { sameName } from '@/server/kernel/text'

/** Who somebody says they are, without an account. */
export type Identity = { firstName: string; lastName: string; bornOn: string | null }

export type KnownPerson = Identity & { id: number }

/** `doubt`: a new file, flagged as perhaps the same as `maybeSameAsId`, for an agent to settle. */
export type Recognition =
  { kind: 'known'; usagerId: number } | { kind: 'new' } | { kind: 'doubt'; maybeSameAsId: number }

const sameNames = (a: Identity, b: Identity) => sameName(a.firstName, b.firstName) && sameName(a.lastName, b.lastName)

/** Birth dates agree unless both are given and differ. */
const birthAgrees = (a: Identity, b: Identity) => a.bornOn === null || b.bornOn === null || a.bornOn === b.bornOn

/**
 * Whether the person is one of those who share their phone or e-mail in this territory: same folded names, and birth
 * date when both give one. The same contact under another name, or two birth dates, is a doubt, and a doubt never
 * opens an existing file (experience §2). Several identical files: the oldest.
 */
export function recognise(person: Identity, sameContact: readonly KnownPerson[]): Recognition {
  const byAge = [...sameContact].sort((a, b) => a.id - b.id)
  const same = byAge.find((known) => sameNames(person, known) && birthAgrees(person, known))
  if (same) return { kind: 'known', usagerId: same.id }
  const [oldest] = byAge
  return oldest ? { kind: 'doubt', maybeSameAsId: oldest.id } : { kind: 'new' }
}

/** The proche meant, among the responsable's: same names and agreeing birth date; null when it is a new one. */
export function recogniseRelative(person: Identity, relatives: readonly KnownPerson[]): number | null {
  const same = relatives.filter((known) => sameNames(person, known) && birthAgrees(person, known))
  return same.length === 0 ? null : Math.min(...same.map(({ id }) => id))
}
