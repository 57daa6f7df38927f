import { SERIES_LISTED } from '@/server/scheduling/rules/series'

/** Says where a list of openings or absences ends, when it holds no more. */
export function ListEnd({ count, isPast }: { count: number; isPast: boolean }) {
  if (count < SERIES_LISTED) return null
  return (
    <p className="text-ink-soft">
      La liste s’arrête {isPast ? 'aux' : 'après les'} {SERIES_LISTED} {isPast ? 'plus récentes' : 'premières'}.
    </p>
  )
}
