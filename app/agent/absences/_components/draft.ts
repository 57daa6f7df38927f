import { MOTIF_COLORS } from '@/server/directory/rules/color'
import type { AbsenceColor, AbsenceKind, AbsenceSpan } from '@/server/scheduling/rules/absence'
import type { AbsenceDraft } from './absence-form.client'

type Stored = AbsenceSpan & {
  agentId: number
  kind: AbsenceKind
  title: string
  color: string | null
  rrule: string | null
}

/** A stored absence as the form begins with it, for a new one: a colour that left the palette is its kind's. */
export const draftOf = ({
  agentId,
  kind,
  title,
  color,
  firstDay,
  startMin,
  lastDay,
  endMin,
  rrule,
}: Stored): AbsenceDraft => ({
  ...{ agentId, target: null, kind, title, firstDay, startMin, lastDay, endMin, rrule },
  color: (Object.keys(MOTIF_COLORS) as AbsenceColor[]).find((one) => one === color) ?? null,
})
