import type { PersonOnRdv, Reachable } from './agent-views'

/** One way to reach somebody. `from` tells apart what was given for this RDV and what the file holds; null: no need to. */
export type ContactLine = { kind: 'phone' | 'email'; value: string; from: 'rdv' | 'file' | null }

const KINDS = ['phone', 'email'] as const

/** How to reach somebody, best first: an older number of their file may be a former partner's (decision 10). */
export function contactLines({ given, ...file }: Reachable): ContactLine[] {
  const line = (kind: ContactLine['kind'], value: string | null, from: ContactLine['from']): ContactLine[] =>
    value === null ? [] : [{ kind, value, from }]
  return [
    ...KINDS.flatMap((kind) => line(kind, given?.[kind] ?? null, given?.[kind] === file[kind] ? null : 'rdv')),
    ...KINDS.flatMap((kind) => (given?.[kind] === file[kind] ? [] : line(kind, file[kind], given ? 'file' : null))),
  ]
}

/** The one an agent tries first: what was given for this RDV, whoever gave it; else a phone, the person's own before their responsable's. */
export function firstContact(person: PersonOnRdv | undefined): ContactLine | null {
  const people = [person, person?.responsible].filter((somebody) => somebody != null)
  const giver = people.find(({ given }) => given !== null)
  if (giver) return contactLines(giver)[0] ?? null
  return people.flatMap(contactLines).find(({ kind }) => kind === 'phone') ?? null
}
