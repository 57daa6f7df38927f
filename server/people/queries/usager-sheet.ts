import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { certain, done } from '@/server/kernel/outcome'
import { noteAccess } from '@/server/platform/access-log'
import { inTransaction, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { UsagerSheet } from '../rules/usager-sheet'
import { usagersWithin } from './reach'
import type { AgentCtx } from './search'

const MAX_RELATIVES = 50

/** One file within reach, in one statement; not found when beyond it, whatever the reason. */
export async function readUsager({ db }: ReadCtx, actor: AgentActor, usagerId: number): Promise<UsagerSheet> {
  const own = idsSql(actor.memberships.map(({ organisationId }) => organisationId))
  const [row] = await db.execute<UsagerSheet>(sql`
    select u.id::float8 as id, u.territory_id::float8 as "territoryId", t.zone, u.version, u.first_name as "firstName",
           u.last_name as "lastName", u.birth_name as "birthName", u.born_on as "bornOn", u.phone,
           u.phone_e_164 as "phoneE164", u.email, u.phone_confirmed as "phoneConfirmed", u.email_confirmed as "emailConfirmed", u.address, u.city_name as "cityName", u.notes,
           u.interpreter_language as "interpreterLanguage", to_json(u.accessibility_needs) as "accessibilityNeeds",
           u.accessibility_note as "accessibilityNote", u.notify_by_sms as "notifyBySms",
           u.notify_by_email as "notifyByEmail", u.account_id is not null as "hasAccount",
           u.maybe_same_as_id is not null as "isMaybeDouble",
           (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name collate "fr-x-icu", o.id), '[]')
            from usager_organisations place join organisations o on o.id = place.organisation_id
            where place.usager_id = u.id and o.id = any(${own})) as organisations,
           case when g.id is not null then json_build_object(
             'id', g.id, 'firstName', g.first_name, 'lastName', g.last_name, 'phone', coalesce(g.phone_e_164, g.phone),
             'email', g.email, 'address', nullif(concat_ws(', ', g.address, g.city_name), ''),
             'isOpen', g.deleted_at is null and ${usagersWithin(actor, 'g')}) end as responsible,
           (select coalesce(json_agg(json_build_object('id', near.id, 'firstName', near.first_name, 'lastName', near.last_name,
                     'bornOn', near.born_on) order by near.born_on, near.id), '[]')
            from (select r.* from usagers r
                  where r.territory_id = u.territory_id and r.responsible_id = u.id and r.deleted_at is null
                    and ${usagersWithin(actor, 'r')}
                  order by r.id limit ${MAX_RELATIVES}) near) as relatives
    from usagers u join territories t on t.id = u.territory_id left join usagers g on g.id = u.responsible_id
    where u.id = ${usagerId} and u.deleted_at is null and ${usagersWithin(actor)}`)
  return found(row)
}

/** The page of a person; the query itself leaves the trace of who opened their data. */
export async function getUsager(ctx: AgentCtx, { usagerId }: { usagerId: number }): Promise<UsagerSheet> {
  const opened = await inTransaction<UsagerSheet, never>(ctx, async (tx) => {
    const sheet = await readUsager(tx, ctx.actor, usagerId)
    const subject = { kind: 'usager', id: usagerId }
    await noteAccess(tx, { territoryId: sheet.territoryId, subject, purpose: 'usager-page' })
    return done(sheet)
  })
  return certain(opened)
}
