import { sql } from 'drizzle-orm'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentLinkRequested } from '../events'
import { memberAdministersSet, memberInvited } from '../events/rights'
import type { Place } from '../queries/places'
import * as sharedStore from '../store'
import * as store from '../store/members'
import { openOrganisation } from './join-organisation'

type Person = { readonly email: string; readonly firstName: string; readonly lastName: string }

/**
 * The first admin of a new territory and of its first organisation: invited by mail, or the agent who has this e-mail
 * already, as they are. For commands that judged who may (domain §7.4).
 */
export const foundOrganisation = (ctx: Ctx, place: Place, person: Person): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const [known] = await tx.db.execute<{ id: number }>(sql`
      select id::float8 as id from agents where email = ${person.email} and deleted_at is null for no key update`)
    const agentId = known?.id ?? (await store.insertAgent(tx, { ...person, serviceIds: [] }))
    const opened = await openOrganisation(tx, place, agentId)
    if (!opened.ok) throw new Error('a new organisation has somebody')
    await store.setTerritoryAdmin(tx, place.territoryId, agentId, true)
    await tx.emit(memberAdministersSet(place.territoryId, agentId, true))
    if (!known) {
      const linkId = await sharedStore.insertLink(tx, agentId, 'invitation')
      await tx.emit(memberInvited(place, agentId))
      await tx.emit(agentLinkRequested(agentId, linkId, 'invitation'))
    }
    return done(null)
  })
