import { sql } from 'drizzle-orm'
import type { SuperAdminActor } from '@/server/kernel/actor'
import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError, found } from '@/server/kernel/errors'
import { takesMails } from '@/server/platform/mail-in/addresses'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { holdsWordsSql } from '@/server/platform/sql'
import type { OrganisationLine, OrganisationSheet } from '../rules/organisation'
import type { SendingRules } from '../rules/sending'
import type { MailIdentity, MailIdentitySheet, TerritoryLine } from '../rules/territory'
import type { OrganisationSearch } from '../schema/territories'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

const LISTED = 200
const PAGE_SIZE = 50

const columns = sql`t.id::float8 as "territoryId", t.name, t.department_number as "departmentNumber", t.zone,
  t.allows_impersonated_writes as "allowsImpersonatedWrites",
  (select count(*)::integer from organisations o where o.territory_id = t.id) as "organisationCount",
  (select count(distinct r.agent_id)::integer from agent_roles r join organisations o on o.id = r.organisation_id
   where o.territory_id = t.id) as "agentCount"`

/** Every territory, by name, counted. */
export const listTerritories = (ctx: SuperCtx): Promise<TerritoryLine[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<TerritoryLine>(
      sql`select ${columns} from territories t order by t.name collate "fr-x-icu", t.id limit ${LISTED}`,
    )
    return [...rows]
  })

/** One territory, counted. */
export const getTerritory = (ctx: SuperCtx, { territoryId }: { territoryId: number }): Promise<TerritoryLine> =>
  inRead(ctx, async ({ db }) => {
    const [territory] = await db.execute<TerritoryLine>(
      sql`select ${columns} from territories t where t.id = ${territoryId}`,
    )
    return found(territory)
  })

const organisationColumns = sql`o.id::float8 as "organisationId", o.name, t.id::float8 as "territoryId", t.name as territory,
  (select count(*)::integer from agent_roles r join agents a on a.id = r.agent_id
   where r.organisation_id = o.id and a.deleted_at is null) as "agentCount",
  (select count(*)::integer from motifs m where m.organisation_id = o.id and m.deleted_at is null) as "motifCount",
  (select count(*)::integer from lieux l where l.organisation_id = o.id and l.availability = 'enabled') as "lieuCount"`

/** Organisations of every territory or of one, by name; those whose name, or whose territory's, holds every word. */
export const searchOrganisations = (
  ctx: SuperCtx,
  { search, territoryId, page }: OrganisationSearch,
): Promise<{ organisations: OrganisationLine[]; hasMore: boolean }> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<OrganisationLine>(sql`
      select ${organisationColumns} from organisations o join territories t on t.id = o.territory_id
      where ${holdsWordsSql(sql`concat_ws(' ', o.name, t.name)`, search)}
        and ${territoryId === null ? sql`true` : sql`o.territory_id = ${territoryId}`}
      order by o.name collate "fr-x-icu", o.id
      limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}`)
    return { organisations: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE }
  })

/** One organisation: what it is, what it offers, counted. */
export const getOrganisationSheet = (
  ctx: SuperCtx,
  { organisationId }: { organisationId: number },
): Promise<OrganisationSheet> =>
  inRead(ctx, async ({ db }) => {
    const [organisation] = await db.execute<OrganisationSheet>(sql`
      select ${organisationColumns}, o.phone, o.email, o.website,
             coalesce((select json_agg(s.name order by s.name collate "fr-x-icu") from services s
               where exists (select from motifs m
                 where m.organisation_id = o.id and m.service_id = s.id and m.deleted_at is null)), '[]') as services
      from organisations o join territories t on t.id = o.territory_id where o.id = ${organisationId}`)
    return found(organisation)
  })

/** When the messages of a territory leave, for its admins. Beyond reach is not found. */
export async function getSendingRules(ctx: Ctx, { territoryId }: { territoryId: number }): Promise<SendingRules> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const [row] = await inRead(ctx, ({ db }) =>
    db.execute<SendingRules>(sql`
      select sends_from_min as "fromMin", sends_until_min as "untilMin", sends_on as weekdays,
             reminder_leads_min as "leadsMin"
      from territories where id = ${territoryId}`),
  )
  return found(row)
}

/** Who the e-mails of a territory are from, for its admins. Beyond reach is not found. */
export async function getMailIdentity(ctx: Ctx, { territoryId }: { territoryId: number }): Promise<MailIdentitySheet> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const [row] = await inRead(ctx, ({ db }) =>
    db.execute<MailIdentity>(sql`
      select mail_sender_name as "senderName", mail_reply_to as "replyTo" from territories where id = ${territoryId}`),
  )
  return { ...found(row), takesAnswers: takesMails() }
}

/** How long a freed slot is kept for who waits for one, for the admins of the territory; null: for nobody. */
export async function getWaitlistHold(
  ctx: Ctx,
  { territoryId }: { territoryId: number },
): Promise<{ holdMin: number | null }> {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  const [row] = await inRead(ctx, ({ db }) =>
    db.execute<{ holdMin: number | null }>(
      sql`select waitlist_hold_min as "holdMin" from territories where id = ${territoryId}`,
    ),
  )
  return found(row)
}
