/** A table, or letters to the people of the RDVs that stand, in ordinary or large print. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'pdf', 'pdf-large'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export type ExportFailure = 'too-many' | 'interrupted' | 'no-longer' | 'nobody'

export const EXPORT_REFUSALS = ['too-many-at-once', 'too-many-kept'] as const
export type ExportRefusal = (typeof EXPORT_REFUSALS)[number]

/** Rows of one table at most; RDVs of one file of letters. */
export const MAX_EXPORTED = 20_000
export const MAX_LETTERS = 1_000
export type LettersFormat = 'pdf' | 'pdf-large'
export type TableFormat = Exclude<ExportFormat, LettersFormat>
export const isOfLetters = (format: ExportFormat): format is LettersFormat => format === 'pdf' || format === 'pdf-large'
/** Being written for one agent at once, and kept for them. */
const [MAX_AT_ONCE, MAX_KEPT] = [3, 20]
/** How long a file is kept, hours. */
export const EXPORT_KEPT_HOURS = 24
/** A worker killed so often while writing it gives it up. */
export const MAX_EXPORT_ATTEMPTS = 3
/** Without progress for so long, it is said to have failed, minutes. */
export const EXPORT_STUCK_MIN = 15

/** An export as its author follows it. */
export type FollowedExport = {
  id: number
  format: ExportFormat
  state: 'waiting' | 'running' | 'done' | 'failed'
  failure: ExportFailure | null
  doneCount: number
  /** Null until they are counted. */
  totalCount: number | null
  createdAt: Date
  expiresAt: Date
}

export const isPending = ({ state }: Pick<FollowedExport, 'state'>): boolean =>
  state === 'waiting' || state === 'running'

/** Why an agent who has these may not ask for one more; null when they may. */
export function whyNotExport(kept: readonly Pick<FollowedExport, 'state'>[]): ExportRefusal | null {
  if (kept.filter(isPending).length >= MAX_AT_ONCE) return 'too-many-at-once'
  return kept.length >= MAX_KEPT ? 'too-many-kept' : null
}
