import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { instantSql } from '@/server/platform/sql'
import { roleWord, type MyInvitation, type OfferedPlaces, type RoleChoice } from '../rules/members'
import { findAdministered } from './places'

const MAX_LISTED = 200

type Row = RoleChoice & {
  agentId: number
  email: string | null
  organisationId: number
  organisation: string
  territory: string
  expiresMs: number
}

const readOffers = ({ db }: ReadCtx, which: SQL) =>
  db.execute<Row>(sql`
    select i.agent_id::float8 as "agentId", a.email, i.organisation_id::float8 as "organisationId", o.name as organisation,
           t.name as territory, i.level, i.is_secretary as "isSecretary",
           extract(epoch from i.expires_at)::float8 * 1000 as "expiresMs"
    from place_invitations i join agents a on a.id = i.agent_id join organisations o on o.id = i.organisation_id
    join territories t on t.id = i.territory_id
    where a.deleted_at is null and ${which} order by i.expires_at, i.agent_id, i.organisation_id limit ${MAX_LISTED}`)

/** Places offered and not answered yet, too late or not, for those who administer the organisation. */
export const listInvitations = (ctx: Ctx, { organisationId }: { organisationId: number }): Promise<OfferedPlaces> =>
  inRead(ctx, async (read) => {
    await findAdministered(read, organisationId)
    const rows = await readOffers(read, sql`i.organisation_id = ${organisationId}`)
    const places = rows.map((row) => ({
      agentId: row.agentId,
      email: row.email,
      role: roleWord(row),
      expiresAt: new Date(row.expiresMs),
    }))
    return { url: `${env().APP_URL}/agent/invitations`, places }
  })

/** Places offered to the agent that they may still accept. */
export const listMyInvitations = (ctx: Ctx & { readonly actor: AgentActor }): Promise<MyInvitation[]> =>
  inRead(ctx, async (read) => {
    const mine = sql`i.agent_id = ${ctx.actor.agentId} and i.expires_at > ${instantSql(ctx.now)}`
    const rows = await readOffers(read, mine)
    return rows.map((row) => ({
      organisationId: row.organisationId,
      organisation: row.organisation,
      territory: row.territory,
      role: roleWord(row),
      expiresAt: new Date(row.expiresMs),
    }))
  })

/** What the mail about a place offered says; null once it is answered, or too late. */
export async function findOffer(
  ctx: Ctx,
  { agentId, organisationId }: { agentId: number; organisationId: number },
): Promise<{ email: string; organisation: string; territory: string } | null> {
  const which = sql`i.agent_id = ${agentId} and i.organisation_id = ${organisationId} and i.expires_at > ${instantSql(ctx.now)}`
  const [row] = await inRead(ctx, (read) => readOffers(read, which))
  return row?.email ? { email: row.email, organisation: row.organisation, territory: row.territory } : null
}
