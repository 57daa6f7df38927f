export type GroupRefusal = 'name-taken' | 'not-of-territory'

export type GroupLine = { readonly groupId: number; readonly name: string; readonly memberCount: number }

/** A choice of a form: somebody, or something of the territory. */
export type Named = { readonly id: number; readonly name: string }

/** What a right may speak of in a territory. */
export type Parties = {
  readonly agents: readonly Named[]
  readonly groups: readonly Named[]
  readonly organisations: readonly Named[]
  readonly services: readonly Named[]
}
