import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, isOneOf, ref } from '../columns'
import { accounts } from './access-accounts'
import { superAdmins } from './access-super'
import { organisations, services, territories } from './directory'

const NOTIFICATION_LEVELS = ['all', 'others', 'soon', 'none'] as const
const ALL_OR_NONE = ['all', 'none'] as const
const DIGESTS = ['none', 'morning', 'evening'] as const

/** Agents are global: one person, one agenda, whatever the organisations they work for. */
export const agents = pgTable(
  'agents',
  {
    id: id(),
    email: text(),
    firstName: text(),
    lastName: text().notNull(),
    passwordHash: text(),
    rdvNotifications: text({ enum: NOTIFICATION_LEVELS }).notNull().default('others'),
    openingNotifications: text({ enum: NOTIFICATION_LEVELS }).notNull().default('others'),
    absenceNotifications: text({ enum: NOTIFICATION_LEVELS }).notNull().default('others'),
    /** Whether they are told that somebody of an RDV of theirs is in the waiting room. */
    arrivalNotifications: text({ enum: ALL_OR_NONE }).notNull().default('none'),
    /** Whether their day comes by e-mail: that morning, or the evening before. */
    digest: text({ enum: DIGESTS }).notNull().default('none'),
    displaysSaturdays: boolean().notNull().default(false),
    displaysCancelledRdvs: boolean().notNull().default(true),
    externalId: text(),
    calendarUid: text(),
    invitedAt: instant(),
    activatedAt: instant(),
    lastSignInAt: instant(),
    deletedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('agents_email_unique')
      .on(t.email)
      .where(sql`deleted_at is null`),
    unique('agents_external_id_unique').on(t.externalId),
    unique('agents_calendar_uid_unique').on(t.calendarUid),
    check('agents_email_folded', sql`${t.email} = lower(${t.email})`),
    check('agents_rdv_notifications', isOneOf('rdv_notifications', NOTIFICATION_LEVELS)),
    check('agents_opening_notifications', isOneOf('opening_notifications', NOTIFICATION_LEVELS)),
    check('agents_digest', isOneOf('digest', DIGESTS)),
    check('agents_absence_notifications', isOneOf('absence_notifications', NOTIFICATION_LEVELS)),
    check('agents_arrival_notifications', isOneOf('arrival_notifications', ALL_OR_NONE)),
  ],
)

export const agentServices = pgTable(
  'agent_services',
  {
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    serviceId: ref()
      .notNull()
      .references(() => services.id, { onDelete: 'restrict' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.agentId, t.serviceId] }), index('agent_services_service').on(t.serviceId)],
)

/** An agent's place in an organisation. Secretary is a role here, never a service. */
export const agentRoles = pgTable(
  'agent_roles',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    level: text({ enum: ['basic', 'admin', 'intervenant'] })
      .notNull()
      .default('basic'),
    isSecretary: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    unique('agent_roles_once_per_organisation').on(t.agentId, t.organisationId),
    index('agent_roles_organisation').on(t.organisationId),
    foreignKey({
      name: 'agent_roles_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
    check('agent_roles_level', isOneOf('level', ['basic', 'admin', 'intervenant'])),
  ],
)

/** A place offered to somebody who works in another territory: theirs to accept or to refuse, then gone. */
export const placeInvitations = pgTable(
  'place_invitations',
  {
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    level: text({ enum: ['basic', 'admin'] }).notNull(),
    isSecretary: boolean().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.agentId, t.organisationId] }),
    index('place_invitations_organisation').on(t.organisationId),
    foreignKey({
      name: 'place_invitations_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('cascade'),
    check('place_invitations_level', isOneOf('level', ['basic', 'admin'])),
  ],
)

export const territoryRoles = pgTable(
  'territory_roles',
  {
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    isAdmin: boolean().notNull().default(false),
    mayManageGroups: boolean().notNull().default(false),
    mayManageAccess: boolean().notNull().default(false),
    mayInviteAgents: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.agentId, t.territoryId] }), index('territory_roles_territory').on(t.territoryId)],
)

/** Checked at each request: a session revoked is gone at the next click, whatever the cookie says. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    agentId: ref().references(() => agents.id, { onDelete: 'cascade' }),
    accountId: ref().references(() => accounts.id, { onDelete: 'cascade' }),
    superAdminId: ref().references(() => superAdmins.id, { onDelete: 'cascade' }),
    seenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check('sessions_one_owner', sql`num_nonnulls(agent_id, account_id, super_admin_id) = 1`),
    index('sessions_agent').on(t.agentId),
    index('sessions_account').on(t.accountId),
    index('sessions_super_admin').on(t.superAdminId),
    index('sessions_expiry').on(t.expiresAt),
  ],
)

export const LINK_PURPOSES = ['sign-in', 'reset-password', 'invitation', 'email-change'] as const

/** Links sent by e-mail to sign in, choose a password, join or change of address: hashed at rest, single use, short-lived. */
export const loginLinks = pgTable(
  'login_links',
  {
    id: id(),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    purpose: text({ enum: LINK_PURPOSES }).notNull(),
    /** Of a change of e-mail: the address it becomes once the link is followed there. */
    email: text(),
    tokenHash: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('login_links_token_unique').on(t.tokenHash),
    index('login_links_agent').on(t.agentId),
    check('login_links_purpose', isOneOf('purpose', LINK_PURPOSES)),
    check('login_links_email', sql`(${t.purpose} = 'email-change') = (${t.email} is not null)`),
  ],
)
