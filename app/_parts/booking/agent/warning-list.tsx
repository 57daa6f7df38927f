import { warningWords } from '@/app/_words/placing'
import { Notice } from '@/app/_ui/notice'
import type { Warning } from '@/server/booking/rules/warnings'

type Props = { warnings: readonly Warning[]; names: Parameters<typeof warningWords>[1] }

/** What is to be known of a time, a sentence a line. */
export const WarningList = ({ warnings, names }: Props) => (
  <ul className="list-disc space-y-1 pl-5">
    {warnings.map((warning) => (
      <li key={JSON.stringify(warning)}>{warningWords(warning, names)}</li>
    ))}
  </ul>
)

/** The same above the button that passes over it; nothing when there is nothing to know. */
export function WarningNotice({ warnings, names }: Props) {
  if (warnings.length === 0) return null
  return (
    <Notice tone="warn" title="À savoir avant de confirmer">
      <WarningList warnings={warnings} names={names} />
    </Notice>
  )
}
