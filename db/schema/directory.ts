import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  doublePrecision,
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
import { createdAt, id, instant, isOneOf, ref } from '../columns'

/** From an hour to three weeks before, three at most: the choices of server/directory/rules/sending.ts are among them. */
const areReminders = (column: string) =>
  sql.raw(`cardinality(${column}) <= 3 and 60 <= all(${column}) and 30240 >= all(${column})`)

/** Usually one département. Several territories may share a département number. */
export const territories = pgTable(
  'territories',
  {
    id: id(),
    departmentNumber: text().notNull(),
    name: text().notNull(),
    zone: text().notNull(),
    phone: text(),
    phoneE164: text(),
    smsProvider: text(),
    smsConfiguration: text(),
    /** Who its SMS are from; null: the platform's name. */
    smsSender: text(),
    /** What one SMS costs it, in thousandths of a euro; null: not said. */
    smsPriceMillis: integer(),
    /** Under which name its e-mails leave; null: the platform's. */
    mailSenderName: text(),
    /** Where people answer them; null: nowhere. */
    mailReplyTo: text(),
    /** Where the territory holds its video RDVs: each gets a room of its own there. Null: none is offered online. */
    videoBaseUrl: text(),
    /** When messages leave, on its clocks: from a minute of the day to another, on these ISO weekdays. */
    sendsFromMin: smallint().notNull().default(480),
    sendsUntilMin: smallint().notNull().default(1200),
    sendsOn: smallint()
      .array()
      .notNull()
      .default(sql`'{1,2,3,4,5,6}'`),
    /** How long before an RDV its people are reminded of it; a motif may say otherwise. */
    reminderLeadsMin: integer()
      .array()
      .notNull()
      .default(sql`'{2880}'`),
    /** How long a slot that was freed is kept for who waits for one, in minutes; null: nobody may wait. */
    waitlistHoldMin: smallint().default(120),
    maxOpenRdvsPerMotif: smallint().notNull().default(2),
    cancelNoticeMin: integer().notNull().default(240),
    usagersVisibleThroughout: boolean().notNull().default(false),
    enablesNotes: boolean().notNull().default(false),
    enablesAffiliation: boolean().notNull().default(false),
    enablesFamilySituation: boolean().notNull().default(false),
    enablesChildrenCount: boolean().notNull().default(false),
    enablesCaseNumber: boolean().notNull().default(false),
    enablesAddressDetails: boolean().notNull().default(false),
    enablesHousing: boolean().notNull().default(false),
    enablesContext: boolean().notNull().default(false),
    enablesWaitingRoomMail: boolean().notNull().default(false),
    enablesWaitingRoomColor: boolean().notNull().default(false),
    /** Whether a super-admin in an agent's place may write there (docs/decisions/0020). */
    allowsImpersonatedWrites: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    unique('territories_name_unique').on(t.name),
    index('territories_department').on(t.departmentNumber),
    check('territories_sms_sender', sql`${t.smsSender} ~ '^[A-Za-z0-9][A-Za-z0-9 ]{1,9}[A-Za-z0-9]$'`),
    check('territories_sms_price', sql`${t.smsPriceMillis} between 0 and 1000`),
    check('territories_mail_sender_name', sql`${t.mailSenderName} <> '' and length(${t.mailSenderName}) <= 60`),
    check(
      'territories_mail_reply_to',
      sql`${t.mailReplyTo} = lower(${t.mailReplyTo}) and ${t.mailReplyTo} like '%_@_%'`,
    ),
    check('territories_video_base_url', sql`${t.videoBaseUrl} ~ '^https://[^ ]+[^/ ]$'`),
    check(
      'territories_sending_hours',
      sql`0 <= ${t.sendsFromMin} and ${t.sendsFromMin} < ${t.sendsUntilMin} and ${t.sendsUntilMin} <= 1440`,
    ),
    check(
      'territories_sending_days',
      sql`cardinality(${t.sendsOn}) > 0 and ${t.sendsOn} <@ '{1,2,3,4,5,6,7}'::smallint[]`,
    ),
    check('territories_reminders', areReminders('reminder_leads_min')),
    check('territories_waitlist_hold', sql`${t.waitlistHoldMin} between 15 and 1440`),
    check('territories_open_rdvs_positive', sql`${t.maxOpenRdvsPerMotif} > 0`),
    check('territories_cancel_notice_positive', sql`${t.cancelNoticeMin} >= 0`),
  ],
)

export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    name: text().notNull(),
    hours: text(),
    phone: text(),
    phoneE164: text(),
    email: text(),
    website: text(),
    externalId: text(),
    verticale: text({ enum: ['rdv_insertion', 'rdv_solidarites', 'rdv_aide_numerique', 'rdv_mairie'] })
      .notNull()
      .default('rdv_solidarites'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('organisations_name_unique').on(t.territoryId, t.name),
    unique('organisations_external_id_unique').on(t.territoryId, t.externalId),
    unique('organisations_wall').on(t.territoryId, t.id),
    check(
      'organisations_verticale',
      isOneOf('verticale', ['rdv_insertion', 'rdv_solidarites', 'rdv_aide_numerique', 'rdv_mairie']),
    ),
  ],
)

/** Global list: PMI, CPEF, service social… A territory activates those it uses. */
export const services = pgTable(
  'services',
  { id: id(), name: text().notNull(), shortName: text().notNull(), createdAt: createdAt() },
  (t) => [
    uniqueIndex('services_name_unique').on(sql`lower(${t.name})`),
    uniqueIndex('services_short_name_unique').on(sql`lower(${t.shortName})`),
  ],
)

export const territoryServices = pgTable(
  'territory_services',
  {
    territoryId: ref()
      .notNull()
      .references(() => territories.id, { onDelete: 'restrict' }),
    serviceId: ref()
      .notNull()
      .references(() => services.id, { onDelete: 'restrict' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.territoryId, t.serviceId] })],
)

/** Groups motifs across organisations, for invitations. */
export const motifCategories = pgTable(
  'motif_categories',
  { id: id(), name: text().notNull(), shortName: text().notNull(), createdAt: createdAt() },
  (t) => [
    unique('motif_categories_name_unique').on(t.name),
    unique('motif_categories_short_name_unique').on(t.shortName),
  ],
)

export const LOCATION_TYPES = ['public_office', 'phone', 'home', 'visio'] as const
export const BOOKABLE_BY = [
  'agents',
  'agents_and_prescripteurs',
  'agents_and_prescripteurs_and_invited_users',
  'everyone',
] as const
export const VISIBILITIES = ['visible_and_notified', 'visible_and_not_notified', 'invisible'] as const
export const SECTORISATION_LEVELS = ['departement', 'organisation', 'agent'] as const

/** An appointment type of one organisation, tied to one service (domain §1.9). */
export const motifs = pgTable(
  'motifs',
  {
    id: id(),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    serviceId: ref()
      .notNull()
      .references(() => services.id, { onDelete: 'restrict' }),
    categoryId: ref().references(() => motifCategories.id, { onDelete: 'set null' }),
    name: text().notNull(),
    publicName: text(),
    smsLabel: text(),
    color: text().notNull(),
    durationMin: smallint().notNull().default(30),
    locationType: text({ enum: LOCATION_TYPES }).notNull().default('public_office'),
    isCollective: boolean().notNull().default(false),
    bookableBy: text({ enum: BOOKABLE_BY }).notNull().default('agents'),
    minLeadMin: integer().notNull().default(30),
    maxLeadMin: integer().notNull().default(129_600),
    restriction: text(),
    instructions: text(),
    cancelWarning: text(),
    isForSecretariat: boolean().notNull().default(false),
    isFollowUp: boolean().notNull().default(false),
    visibility: text({ enum: VISIBILITIES }).notNull().default('visible_and_notified'),
    isConfidential: boolean().notNull().default(false),
    sectorisationLevel: text({ enum: SECTORISATION_LEVELS }).notNull().default('departement'),
    usagerMayMove: boolean().notNull().default(true),
    usagerMayCancel: boolean().notNull().default(true),
    asksBirthDate: boolean().notNull().default(false),
    /** When its RDVs are reminded of; null as its territory says, empty never. */
    reminderLeadsMin: integer().array(),
    /** One more at each change: who saves an older one is told. */
    version: integer().notNull().default(1),
    deletedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('motifs_wall').on(t.territoryId, t.id),
    uniqueIndex('motifs_name_unique')
      .on(t.organisationId, t.serviceId, t.locationType, t.name)
      .where(sql`deleted_at is null`),
    index('motifs_bookable')
      .on(t.territoryId, t.bookableBy)
      .where(sql`deleted_at is null`),
    foreignKey({
      name: 'motifs_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
    check('motifs_location_type', isOneOf('location_type', LOCATION_TYPES)),
    check('motifs_bookable_by', isOneOf('bookable_by', BOOKABLE_BY)),
    check('motifs_visibility', isOneOf('visibility', VISIBILITIES)),
    check('motifs_sectorisation_level', isOneOf('sectorisation_level', SECTORISATION_LEVELS)),
    check('motifs_duration_bounded', sql`${t.durationMin} between 1 and 1440`),
    check(
      'motifs_lead_ordered',
      sql`${t.minLeadMin} >= 30 and ${t.maxLeadMin} > ${t.minLeadMin} and ${t.maxLeadMin} <= 527040`,
    ),
    check('motifs_collective_on_site', sql`not ${t.isCollective} or ${t.locationType} = 'public_office'`),
    check('motifs_secretariat_or_follow_up', sql`not (${t.isForSecretariat} and ${t.isFollowUp})`),
    check('motifs_reminders', areReminders('reminder_leads_min')),
    check('motifs_color_hex', sql`${t.color} ~ '^#[0-9a-f]{6}$'`),
  ],
)

export const lieux = pgTable(
  'lieux',
  {
    id: id(),
    territoryId: ref().notNull(),
    organisationId: ref().notNull(),
    name: text().notNull(),
    address: text().notNull(),
    cityCode: text(),
    cityName: text(),
    postCode: text(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    phone: text(),
    phoneE164: text(),
    hours: text(),
    accessibilityNote: text(),
    availability: text({ enum: ['enabled', 'disabled', 'single_use'] })
      .notNull()
      .default('enabled'),
    /** One more at each change: who saves an older one is told. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    unique('lieux_wall').on(t.territoryId, t.id),
    uniqueIndex('lieux_name_unique')
      .on(t.organisationId, sql`lower(${t.name})`)
      .where(sql`availability = 'enabled'`),
    index('lieux_organisation').on(t.organisationId),
    foreignKey({
      name: 'lieux_territory_wall',
      columns: [t.territoryId, t.organisationId],
      foreignColumns: [organisations.territoryId, organisations.id],
    }).onDelete('restrict'),
    check('lieux_availability', isOneOf('availability', ['enabled', 'disabled', 'single_use'])),
    check('lieux_coordinates_together', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
  ],
)
