import { levelOn, reachOf, type RdvInReach } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'

export const mayWriteRdv = (actor: Actor, rdv: RdvInReach): boolean => levelOn(reachOf(actor), rdv) === 'write'

/** An agent places RDVs in the organisations they belong to. */
export const mayCreateRdv = (actor: Actor, organisationId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((membership) => membership.organisationId === organisationId)
