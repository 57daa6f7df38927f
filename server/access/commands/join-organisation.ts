import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { memberJoined } from '../events/rights'
import { loadServiceIds, type Place } from '../queries/places'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from '../rules/grants'
import { roleOf, type RoleWord } from '../rules/members'
import * as store from '../store/members'

type Joining = { place: Place; agentId: number; role: RoleWord }

/**
 * Gives an agent a place in an organisation, with the rights on their agenda that joining opens (domain §7.5.4). For
 * commands that judged who may.
 */
export const joinOrganisation = (
  ctx: Ctx,
  { place, agentId, role }: Joining,
): Promise<Outcome<null, 'already-member'>> =>
  inTransaction(ctx, async (tx) => {
    if (!(await store.insertRole(tx, place, agentId, roleOf(role)))) return refused('already-member')
    const serviceIds = await loadServiceIds(tx, agentId)
    await store.insertGrants(tx, defaultGrantsOfMember(place, { agentId, serviceIds }))
    await tx.emit(memberJoined(place, agentId, role))
    return done(null)
  })

/** What an organisation opens from its first day, and its first admin: whoever creates it. For commands that judged who may. */
export const openOrganisation = (ctx: Ctx, place: Place, agentId: number): Promise<Outcome<null, 'already-member'>> =>
  inTransaction(ctx, async (tx) => {
    await store.insertGrants(tx, defaultGrantsOfOrganisation(place))
    return joinOrganisation(tx, { place, agentId, role: 'admin' })
  })
