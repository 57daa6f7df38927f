/** As the database knows them: the row's own type says so where one is read. */
export const RDV_NOTIFICATIONS = ['all', 'others', 'soon', 'none'] as const
export const ALL_OR_NONE = ['all', 'none'] as const
export const DIGESTS = ['none', 'morning', 'evening'] as const

/** Of which changes of their RDVs an agent is told (domain §5.3). */
export type RdvNotifications = (typeof RDV_NOTIFICATIONS)[number]

/** When the RDVs of a day come by e-mail: that morning, the evening before, or never. */
export type Digest = (typeof DIGESTS)[number]

/** What an agent chose for themselves: of what they are told by e-mail, and what their weeks show. */
export type Preferences = {
  readonly rdvNotifications: RdvNotifications
  /** Of what others write of their openings, and of their absences. */
  readonly openingNotifications: (typeof ALL_OR_NONE)[number]
  readonly absenceNotifications: (typeof ALL_OR_NONE)[number]
  /** Of who comes into the waiting room for one of their RDVs. */
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
