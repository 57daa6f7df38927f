import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { civilDay, createdAt, id, instant, isOneOf, ref } from '../columns'
import { agents } from './access'
import { accounts } from './access-accounts'
import { organisations, territories } from './directory'

export const CREATED_THROUGH = [
  'unknown',
  'agent_creation',
  'user_sign_up',
  'franceconnect_sign_up',
  'user_relative_creation',
  'agent_creation_api',
  'prescripteur',
  'online_booking',
] as const
const AFFILIATION_FUNDS = ['aucune', 'caf', 'msa'] as const
const FAMILY_SITUATIONS = ['single', 'in_a_relationship', 'divorced'] as const
const ACCESSIBILITY_NEEDS = ['wheelchair', 'low-vision', 'hard-of-hearing', 'companion'] as const
const HOUSINGS = ['sdf', 'heberge', 'en_accession_propriete', 'proprietaire', 'autre', 'locataire'] as const

/** A person's file in one territory. With a responsable, the person is a proche and their contact is the responsable's. */
export const usagers = pgTable(
  'usagers',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    responsibleId: ref(),
    accountId: ref().references(() => accounts.id, { onDelete: 'set null' }),
    firstName: text().notNull(),
    lastName: text().notNull(),
    birthName: text(),
    bornOn: civilDay(),
    email: text(),
    phone: text(),
    phoneE164: text(),
    /** An agent wrote it, or its person proved it here: it opens the whole file. One the public typed does not. */
    phoneConfirmed: boolean().notNull().default(false),
    emailConfirmed: boolean().notNull().default(false),
    address: text(),
    addressDetails: text(),
    cityCode: text(),
    cityName: text(),
    postCode: text(),
    affiliationFund: text({ enum: AFFILIATION_FUNDS }),
    affiliationNumber: text(),
    familySituation: text({ enum: FAMILY_SITUATIONS }),
    childrenCount: smallint(),
    housing: text({ enum: HOUSINGS }),
    caseNumber: text(),
    notes: text(),
    /** What receiving this person asks for: near to health data, for whoever may open the file and nobody else. */
    interpreterLanguage: text(),
    accessibilityNeeds: text({ enum: ACCESSIBILITY_NEEDS })
      .array()
      .notNull()
      .default(sql`'{}'`),
    accessibilityNote: text(),
    notifyBySms: boolean().notNull().default(true),
    notifyByEmail: boolean().notNull().default(true),
    createdThrough: text({ enum: CREATED_THROUGH }).notNull().default('unknown'),
    /** The file this one may double: set when an online booking left a doubt, cleared by an agent. */
    maybeSameAsId: ref(),
    version: integer().notNull().default(1),
    foldedName: text()
      .notNull()
      .generatedAlwaysAs(sql`fold(last_name || ' ' || first_name)`),
    deletedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('usagers_wall').on(t.territoryId, t.id),
    uniqueIndex('usagers_email_unique')
      .on(t.territoryId, t.email)
      .where(sql`deleted_at is null and maybe_same_as_id is null`),
    index('usagers_phone').on(t.territoryId, t.phoneE164),
    // By its bytes, so that its beginning is found too, whatever the collation.
    index('usagers_email').on(t.territoryId, t.email.op('text_pattern_ops')),
    // Somebody who proves a contact has files in whatever territory.
    index('usagers_phone_anywhere').on(t.phoneE164),
    index('usagers_email_anywhere').on(t.email),
    index('usagers_responsible').on(t.territoryId, t.responsibleId),
    index('usagers_name_search').using('gin', sql`${t.foldedName} gin_trgm_ops`),
    index('usagers_account').on(t.accountId),
    foreignKey({
      name: 'usagers_responsible_wall',
      columns: [t.territoryId, t.responsibleId],
      foreignColumns: [t.territoryId, t.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'usagers_maybe_same_wall',
      columns: [t.territoryId, t.maybeSameAsId],
      foreignColumns: [t.territoryId, t.id],
    }).onDelete('restrict'),
    check('usagers_not_own_responsible', sql`${t.responsibleId} <> ${t.id}`),
    check('usagers_children_count', sql`${t.childrenCount} >= 0`),
    check(
      'usagers_accessibility_needs',
      sql.raw(`accessibility_needs <@ array[${ACCESSIBILITY_NEEDS.map((need) => `'${need}'`).join(', ')}]`),
    ),
    check('usagers_needs_said', sql`${t.interpreterLanguage} <> '' and ${t.accessibilityNote} <> ''`),
    check('usagers_phone_confirmed', sql`${t.phoneE164} is not null or not ${t.phoneConfirmed}`),
    check('usagers_email_confirmed', sql`${t.email} is not null or not ${t.emailConfirmed}`),
    check('usagers_email_folded', sql`${t.email} = lower(${t.email})`),
    check('usagers_created_through', isOneOf('created_through', CREATED_THROUGH)),
    check('usagers_affiliation_fund', isOneOf('affiliation_fund', AFFILIATION_FUNDS)),
    check('usagers_family_situation', isOneOf('family_situation', FAMILY_SITUATIONS)),
    check('usagers_housing', isOneOf('housing', HOUSINGS)),
  ],
)

/** An usager's membership of an organisation. */
export const usagerOrganisations = pgTable(
  'usager_organisations',
  { territoryId: ref().notNull(), usagerId: ref().notNull(), organisationId: ref().notNull(), createdAt: createdAt() },
  (t) => [
    primaryKey({ columns: [t.usagerId, t.organisationId] }),
    index('usager_organisations_organisation').on(t.organisationId),
    foreignKey({
      name: 'usager_organisations_usager_wall',
      columns: [t.territoryId, t.usagerId],
      foreignColumns: [usagers.territoryId, usagers.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'usager_organisations_organisation_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
  ],
)

/** The agents who follow an usager. */
export const referents = pgTable(
  'referents',
  {
    usagerId: ref()
      .notNull()
      .references(() => usagers.id, { onDelete: 'cascade' }),
    agentId: ref()
      .notNull()
      .references(() => agents.id, { onDelete: 'restrict' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.usagerId, t.agentId] }), index('referents_agent').on(t.agentId)],
)
