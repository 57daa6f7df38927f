import { levelOn, reachOf } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'

export type RdvForPolicy = {
  readonly organisationId: number
  readonly serviceId: number
  readonly agentIds: readonly number[]
  readonly isMasked: boolean
}

export const mayWriteRdv = (actor: Actor, rdv: RdvForPolicy): boolean =>
  !rdv.isMasked && levelOn(reachOf(actor), rdv) === 'write'

/** An agent places RDVs in the organisations they belong to. */
export const mayCreateRdv = (actor: Actor, organisationId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((membership) => membership.organisationId === organisationId)
