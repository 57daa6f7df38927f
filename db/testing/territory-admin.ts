import type { Db } from '../client'
import { territoryRoles } from '../schema'
import { ctxFor, signedInAs } from './booking'
import { makeAgent, makeWorkplace } from './make'

/** A territory of its own, and who administers the whole of it, signed in. */
export async function makeTerritoryAdmin(db: Db) {
  const place = await makeWorkplace(db)
  const { territoryId } = place
  const { id: agentId } = await makeAgent(db, place)
  await db.insert(territoryRoles).values({ agentId, territoryId, isAdmin: true })
  return { territoryId, ctx: ctxFor(db, { actor: await signedInAs(db, agentId) }) }
}
