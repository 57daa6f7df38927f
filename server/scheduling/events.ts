const absence = (id: number) => ({ kind: 'absence', id }) as const

export const absenceSaved = (absenceId: number, { agentId, isNew }: { agentId: number; isNew: boolean }) =>
  ({ kind: 'absence.saved', territoryId: null, subject: absence(absenceId), payload: { agentId, isNew } }) as const

export const absenceDeleted = (absenceId: number, { agentId }: { agentId: number }) =>
  ({ kind: 'absence.deleted', territoryId: null, subject: absence(absenceId), payload: { agentId } }) as const

export type SchedulingEvent = ReturnType<typeof absenceSaved> | ReturnType<typeof absenceDeleted>
