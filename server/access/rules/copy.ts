import type { GrantRow } from './grants'
import { isAtLeast, type Level } from './reach'

/** A grant given to one agent alone. */
export type OwnGrant = GrantRow & { readonly id: number }

/** Everything added and raised, nothing lost; or the same as the other's, whatever was there. */
export const COPY_MODES = ['add', 'replace'] as const
export type CopyMode = (typeof COPY_MODES)[number]

/** What a copy makes of one grant. `grantId`: the one it is told by, the source's but for what is removed. */
export type CopyChange = {
  readonly kind: 'added' | 'raised' | 'lowered' | 'removed'
  readonly grantId: number
  /** The recipient's own, null when there is none yet. */
  readonly ownId: number | null
  readonly from: Level
  readonly to: Level
}

const sorted = (ids: readonly number[] | null) => (ids === null ? null : [...ids].sort((a, b) => a - b))

/** What makes two grants the same but for who has them and how much. */
const aboutOf = (grant: GrantRow): string =>
  JSON.stringify([
    grant.targetKind,
    grant.targetAgentId,
    grant.targetGroupId,
    grant.targetOrganisationId,
    grant.targetServiceId,
    sorted(grant.scopeOrganisationIds),
    sorted(grant.scopeServiceIds),
  ])

/**
 * What copying the accesses of one agent changes for another: `theirs` the source's grants, `own` the recipient's. An
 * access to the recipient's own agenda is nothing to copy.
 */
export function planCopy(
  theirs: readonly OwnGrant[],
  own: readonly OwnGrant[],
  { toAgentId, mode }: { toAgentId: number; mode: CopyMode },
): CopyChange[] {
  const mine = new Map(own.map((grant) => [aboutOf(grant), grant]))
  const copied = theirs.filter(({ targetAgentId }) => targetAgentId !== toAgentId)
  const given = copied.flatMap((grant): CopyChange[] => {
    const current = mine.get(aboutOf(grant))
    if (!current) return [{ kind: 'added', grantId: grant.id, ownId: null, from: 'none', to: grant.level }]
    if (current.level === grant.level) return []
    const isRaised = isAtLeast(grant.level, current.level)
    if (!isRaised && mode === 'add') return []
    const kind = isRaised ? 'raised' : 'lowered'
    return [{ kind, grantId: grant.id, ownId: current.id, from: current.level, to: grant.level }]
  })
  if (mode === 'add') return given
  const kept = new Set(copied.map(aboutOf))
  const removed = own
    .filter((grant) => !kept.has(aboutOf(grant)))
    .map((grant): CopyChange => ({
      kind: 'removed',
      grantId: grant.id,
      ownId: grant.id,
      from: grant.level,
      to: 'none',
    }))
  return [...given, ...removed]
}

export type CopyRefusal = 'same-agent' | 'nothing-to-copy' | 'changed-meanwhile'
export type UndoRefusal = 'changed-meanwhile'
