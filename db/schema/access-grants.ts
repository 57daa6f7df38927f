import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id, isOneOf, ref } from '../columns'
import { agents } from './access'
import { organisations, services, territories } from './directory'

/** A team, for rights and searches: who belongs to it changes what it may, at once. */
export const agentGroups = pgTable(
  'agent_groups',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    name: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('agent_groups_name_unique').on(t.territoryId, t.name),
    unique('agent_groups_wall').on(t.territoryId, t.id),
  ],
)

export const agentGroupMembers = pgTable(
  'agent_group_members',
  {
    groupId: ref()
      .notNull()
      .references(() => agentGroups.id, { onDelete: 'cascade' }),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.agentId] }), index('agent_group_members_agent').on(t.agentId)],
)

const GRANTEES = ['agent', 'group', 'colleagues', 'secretaries', 'admins'] as const
const TARGETS = ['agent', 'group', 'everyone'] as const
const GRANT_LEVELS = ['none', 'busy', 'read', 'write'] as const

/** Each kind with its own references, and no other. */
const oneGrantee = sql`case grantee_kind
  when 'agent' then grantee_agent_id is not null and num_nonnulls(grantee_group_id, grantee_organisation_id, grantee_service_id) = 0
  when 'group' then grantee_group_id is not null and num_nonnulls(grantee_agent_id, grantee_organisation_id, grantee_service_id) = 0
  when 'colleagues' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id) = 0
  when 'secretaries' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id, grantee_service_id) = 0
  when 'admins' then grantee_organisation_id is not null and num_nonnulls(grantee_agent_id, grantee_group_id, grantee_service_id) = 0
  else false end`
const oneTarget = sql`case target_kind
  when 'agent' then target_agent_id is not null and num_nonnulls(target_group_id, target_organisation_id, target_service_id) = 0
  when 'group' then target_group_id is not null and num_nonnulls(target_agent_id, target_organisation_id, target_service_id) = 0
  when 'everyone' then target_organisation_id is not null and num_nonnulls(target_agent_id, target_group_id) = 0
  else false end`

/** A right on agendas: who, whose, how much, and of which RDVs (docs/decisions/0015). */
export const grants = pgTable(
  'grants',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    granteeKind: text({ enum: GRANTEES }).notNull(),
    granteeAgentId: ref().references(() => agents.id, { onDelete: 'cascade' }),
    granteeGroupId: ref(),
    granteeOrganisationId: ref(),
    granteeServiceId: ref().references(() => services.id, { onDelete: 'cascade' }),
    targetKind: text({ enum: TARGETS }).notNull(),
    targetAgentId: ref().references(() => agents.id, { onDelete: 'cascade' }),
    targetGroupId: ref(),
    targetOrganisationId: ref(),
    targetServiceId: ref().references(() => services.id, { onDelete: 'cascade' }),
    level: text({ enum: GRANT_LEVELS }).notNull(),
    /** Null: of every organisation of the territory. */
    scopeOrganisationIds: bigint({ mode: 'number' }).array(),
    /** Null: of every service. */
    scopeServiceIds: bigint({ mode: 'number' }).array(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('grants_unique')
      .on(
        t.territoryId,
        t.granteeKind,
        t.granteeAgentId,
        t.granteeGroupId,
        t.granteeOrganisationId,
        t.granteeServiceId,
        t.targetKind,
        t.targetAgentId,
        t.targetGroupId,
        t.targetOrganisationId,
        t.targetServiceId,
        t.scopeOrganisationIds,
        t.scopeServiceIds,
      )
      .nullsNotDistinct(),
    index('grants_grantee_agent').on(t.granteeAgentId),
    index('grants_grantee_group').on(t.granteeGroupId),
    index('grants_grantee_organisation').on(t.granteeOrganisationId),
    index('grants_target_agent').on(t.targetAgentId),
    foreignKey({
      name: 'grants_grantee_group_wall',
      columns: [t.territoryId, t.granteeGroupId],
      foreignColumns: [agentGroups.territoryId, agentGroups.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'grants_grantee_organisation_wall',
      columns: [t.territoryId, t.granteeOrganisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'grants_target_group_wall',
      columns: [t.territoryId, t.targetGroupId],
      foreignColumns: [agentGroups.territoryId, agentGroups.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'grants_target_organisation_wall',
      columns: [t.territoryId, t.targetOrganisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('cascade'),
    check('grants_level', isOneOf('level', GRANT_LEVELS)),
    // What a place gives is kept when taken away, for nobody could give it back; the rest is deleted.
    check('grants_none_of_place', sql`level <> 'none' or grantee_kind in ('colleagues', 'secretaries', 'admins')`),
    check('grants_grantee', oneGrantee),
    check('grants_target', oneTarget),
    check('grants_scope', sql`cardinality(scope_organisation_ids) > 0 and cardinality(scope_service_ids) > 0`),
  ],
)
