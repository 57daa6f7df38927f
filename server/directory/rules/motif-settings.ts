import type { LocationType } from './motif'

export const BOOKABLE_BY = [
  'agents',
  'agents_and_prescripteurs',
  'agents_and_prescripteurs_and_invited_users',
  'everyone',
] as const
export type BookableBy = (typeof BOOKABLE_BY)[number]
export const VISIBILITIES = ['visible_and_notified', 'visible_and_not_notified', 'invisible'] as const
export type Visibility = (typeof VISIBILITIES)[number]
export const SECTORISATION_LEVELS = ['departement', 'organisation', 'agent'] as const
export type SectorisationLevel = (typeof SECTORISATION_LEVELS)[number]

/** Every option of a motif (domain §1.9); null where nothing is written. */
export type MotifSettings = {
  readonly serviceId: number
  readonly categoryId: number | null
  readonly name: string
  /** What the public reads instead of the name. */
  readonly publicName: string | null
  readonly smsLabel: string | null
  /** `#rrggbb`. */
  readonly color: string
  readonly durationMin: number
  readonly locationType: LocationType
  readonly isCollective: boolean
  readonly bookableBy: BookableBy
  readonly minLeadMin: number
  readonly maxLeadMin: number
  readonly restriction: string | null
  readonly instructions: string | null
  readonly cancelWarning: string | null
  readonly isForSecretariat: boolean
  readonly isFollowUp: boolean
  readonly visibility: Visibility
  readonly isConfidential: boolean
  readonly sectorisationLevel: SectorisationLevel
  readonly usagerMayMove: boolean
  readonly usagerMayCancel: boolean
  readonly asksBirthDate: boolean
  /** When its RDVs are reminded of; null as its territory says, none never. */
  readonly reminderLeadsMin: number[] | null
}

const [HOUR_MIN, DAY_MIN] = [60, 24 * 60]
export const LEAST_LEAD_MIN = 30
/** A year, also a leap one: the database refuses more. */
export const LONGEST_LEAD_MIN = 366 * DAY_MIN

/** The delays the form offers (domain §1.9), a month as 30 days, a year as 365. */
export const LEADS_MIN = [
  LEAST_LEAD_MIN,
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MIN),
  ...[1, 2, 3, 7, 14, 21, 30, 60, 90, 180, 365].map((days) => days * DAY_MIN),
]

export type SettingsFault =
  | 'lead-too-short'
  | 'lead-too-long'
  | 'lead-not-after'
  | 'collective-off-site'
  | 'secretariat-and-follow-up'
  | 'secretariat-at-home'

type Judged = Pick<
  MotifSettings,
  'minLeadMin' | 'maxLeadMin' | 'isCollective' | 'locationType' | 'isForSecretariat' | 'isFollowUp'
>

/** What goes ill together in the options of a motif, under the field to mend; nothing when all is well (domain §1.9). */
export function settingsFaults(motif: Judged): Partial<Record<keyof Judged, SettingsFault>> {
  const { minLeadMin, maxLeadMin, isForSecretariat } = motif
  return {
    ...(minLeadMin < LEAST_LEAD_MIN && { minLeadMin: 'lead-too-short' }),
    ...(maxLeadMin <= minLeadMin && { maxLeadMin: 'lead-not-after' }),
    ...(maxLeadMin > LONGEST_LEAD_MIN && { maxLeadMin: 'lead-too-long' }),
    ...(motif.isCollective && motif.locationType !== 'public_office' && { isCollective: 'collective-off-site' }),
    ...(isForSecretariat && motif.locationType === 'home' && { isForSecretariat: 'secretariat-at-home' }),
    ...(isForSecretariat && motif.isFollowUp && { isFollowUp: 'secretariat-and-follow-up' }),
  }
}

export type MotifRefusal =
  | 'name-taken'
  | 'changed-meanwhile'
  | 'kind-frozen'
  | 'service-frozen'
  | 'confidentiality-frozen'
  | 'service-not-offered'
  | 'not-for-this-organisation'

export type LieuRefusal = 'name-taken' | 'changed-meanwhile' | 'lieu-used'

/** Whether a motif of this kind of organisation may be open to these people: invitations exist for insertion alone. */
export const isOpeningOffered = (bookableBy: BookableBy, verticale: string): boolean =>
  bookableBy !== 'agents_and_prescripteurs_and_invited_users' || verticale === 'rdv_insertion'

/** Old → new of the fields that differ; `from` empty for what is new. */
export const changesBetween = (
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): { field: string; from: unknown; to: unknown }[] =>
  Object.keys(to).flatMap((field) => {
    const old = from[field] ?? null
    return JSON.stringify(old) === JSON.stringify(to[field]) ? [] : [{ field, from: old, to: to[field] }]
  })
