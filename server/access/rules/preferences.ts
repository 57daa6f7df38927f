/** As the database knows them: the row's own type says so where one is read. */
export const NOTIFICATION_LEVELS = ['all', 'others', 'soon', 'none'] as const
export const ALL_OR_NONE = ['all', 'none'] as const
export const DIGESTS = ['none', 'morning', 'evening'] as const

/** Of which changes of a kind (their RDVs, openings, absences) an agent is told (domain §5.3). */
export type NotificationLevel = (typeof NOTIFICATION_LEVELS)[number]

/** When the RDVs of a day come by e-mail: that morning, the evening before, or never. */
export type Digest = (typeof DIGESTS)[number]

/** What an agent chose for themselves: of what they are told by e-mail, and what their weeks show. */
export type Preferences = {
  readonly rdvNotifications: NotificationLevel
  readonly openingNotifications: NotificationLevel
  readonly absenceNotifications: NotificationLevel
  /** Of who comes into the waiting room for one of their RDVs: always of today. By whom, their level of RDVs says. */
  readonly arrivalNotifications: (typeof ALL_OR_NONE)[number]
  readonly digest: Digest
  readonly displaysSaturdays: boolean
  readonly displaysCancelledRdvs: boolean
}

const PREFERENCE_NAMES = [
  'rdvNotifications',
  'openingNotifications',
  'absenceNotifications',
  'arrivalNotifications',
  'digest',
  'displaysSaturdays',
  'displaysCancelledRdvs',
] as const satisfies readonly (keyof Preferences)[]

/** What one choice changes of another, a line each; none when nothing does. */
export const changedPreferences = (from: Preferences, to: Preferences) =>
  PREFERENCE_NAMES.filter((name) => from[name] !== to[name]).map((field) => ({
    field,
    from: from[field],
    to: to[field],
  }))
