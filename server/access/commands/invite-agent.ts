import { sql, type SQL } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { actorId } from '@/server/kernel/actor'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { violatedConstraint } from '@/server/platform/sql'
import { agentLinkRequested } from '../events'
import { memberInvited } from '../events/rights'
import { areOffered, findAdministered } from '../queries/places'
import { roleOf, type InvitedHow, type InviteRefusal } from '../rules/members'
import type { InviteAgent } from '../schema/administration'
import * as sharedStore from '../store'
import * as store from '../store/members'
import { joinOrganisation } from './join-organisation'

type Invited = { agentId: number; how: InvitedHow }

/**
 * Brings somebody into an organisation: by a mailed link that opens their account for a week, or at once when their e-mail
 * has one, which is done only knowingly (`attaches`) and leaves their name and services as they are (domain §1.5). Whoever
 * works in other territories alone is asked instead: nothing of theirs is opened before they accept.
 */
export async function inviteAgent(ctx: Ctx, input: InviteAgent): Promise<Outcome<Invited, InviteRefusal>> {
  await consume(ctx, LIMITS.invitationsPerAgent, String(actorId(ctx.actor)))
  try {
    return await invite(ctx, input)
  } catch (error) {
    // Somebody else invited the same person at this moment.
    if (violatedConstraint(error) === 'agents_email_unique') return refused('known-agent')
    throw error
  }
}

const invite = (
  ctx: Ctx,
  { organisationId, role, attaches, ...person }: InviteAgent,
): Promise<Outcome<Invited, InviteRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<Invited, InviteRefusal>> => {
    const place = await findAdministered(tx, organisationId)
    if (!(await areOffered(tx, place.territoryId, person.serviceIds))) return refused('service-not-offered')
    const worksIn = (where: SQL) => sql`exists (select from agent_roles r where r.agent_id = a.id and ${where})`
    const [known] = await tx.db.execute<{ id: number; isMember: boolean; isAbroad: boolean }>(sql`
      select a.id::float8 as id, ${worksIn(sql`r.organisation_id = ${organisationId}`)} as "isMember",
             ${worksIn(sql`true`)} and not ${worksIn(sql`r.territory_id = ${place.territoryId}`)} as "isAbroad"
      from agents a where a.email = ${person.email} and a.deleted_at is null for no key update of a`)
    if (known?.isMember) return refused('already-member')
    if (known && !attaches) return refused('known-agent')
    if (known?.isAbroad) {
      await store.offerPlace(tx, place, known.id, roleOf(role))
      await tx.emit(memberInvited(place, known.id))
      return done({ agentId: known.id, how: 'asked' })
    }
    const agentId = known?.id ?? (await store.insertAgent(tx, person))
    const joined = await joinOrganisation(tx, { place, agentId, role })
    if (!joined.ok) return joined
    if (!known) {
      const linkId = await sharedStore.insertLink(tx, agentId, 'invitation')
      await Promise.all([
        tx.emit(memberInvited(place, agentId)),
        tx.emit(agentLinkRequested(agentId, linkId, 'invitation')),
      ])
    }
    return done({ agentId, how: known ? 'attached' : 'by-link' })
  })
