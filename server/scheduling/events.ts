const absence = (id: number) => ({ kind: 'absence', id }) as const

type Saved = { isNew: boolean; scope: string; day: string | null } & Touching
/** In how many days from that of the save, there, what it touches first takes place; null when that is past. */
type Touching = { nextInDays: number | null }

/** New, or changed: `scope` and `day` say for which of its dates. */
export const absenceSaved = (
  absenceId: number,
  { agentId, isNew, scope, day, nextInDays }: Saved & { agentId: number },
) =>
  ({
    kind: 'absence.saved',
    territoryId: null,
    subject: absence(absenceId),
    payload: { agentId, isNew, scope, day, nextInDays },
  }) as const

type Gone = { version: number; title: string; firstDay: string } & Touching
/** What is gone is named by what it was, and by which version of it: nothing else is left to say it. */
const gone = ({ title, firstDay }: { title: string; firstDay: string }) => [
  { field: 'title', from: title, to: null },
  { field: 'firstDay', from: firstDay, to: null },
]

export const absenceDeleted = (
  absenceId: number,
  { agentId, version, nextInDays, ...was }: Gone & { agentId: number },
) =>
  ({
    kind: 'absence.deleted',
    territoryId: null,
    subject: absence(absenceId),
    payload: { agentId, version, nextInDays },
    values: gone(was),
  }) as const

type Opening = { id: number; territoryId: number; agentId: number }
const opening = ({ id, territoryId }: Opening) => ({ territoryId, subject: { kind: 'opening', id } as const })

/** New, or changed: `scope` and `day` say for which of its dates. */
export const openingSaved = (saved: Opening, { isNew, scope, day, nextInDays }: Saved) =>
  ({
    kind: 'opening.saved',
    ...opening(saved),
    payload: { agentId: saved.agentId, isNew, scope, day, nextInDays },
  }) as const

export const openingDeleted = (deleted: Opening & Gone) =>
  ({
    kind: 'opening.deleted',
    ...opening(deleted),
    payload: { agentId: deleted.agentId, version: deleted.version, nextInDays: deleted.nextInDays },
    values: gone(deleted),
  }) as const

/** Their agent left the organisation. With the version each was of, as its deletion says. */
export const openingsClosed = (
  territoryId: number | null,
  { agentId, organisationId }: { agentId: number; organisationId: number },
  closed: readonly { id: number; version: number }[],
  { nextInDays }: Touching,
) =>
  ({
    kind: 'openings.closed',
    territoryId,
    subject: { kind: 'agent', id: agentId },
    payload: {
      ...{ agentId, organisationId, nextInDays },
      openingIds: closed.map(({ id }) => id),
      versions: closed.map(({ version }) => version),
    },
  }) as const

export type SchedulingEvent =
  | ReturnType<typeof absenceSaved>
  | ReturnType<typeof absenceDeleted>
  | ReturnType<typeof openingSaved>
  | ReturnType<typeof openingDeleted>
  | ReturnType<typeof openingsClosed>
