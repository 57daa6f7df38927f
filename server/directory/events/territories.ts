const territory = (id: number) => ({ kind: 'territory', id }) as const

export const territoryCreated = (territoryId: number) =>
  ({ kind: 'territory.created', territoryId, subject: territory(territoryId), payload: {} }) as const

/** Whether a super-admin in an agent's place may write there. */
export const territoryImpersonatedWritesSet = (territoryId: number, isAllowed: boolean) =>
  ({
    kind: 'territory.impersonated-writes-set',
    territoryId,
    subject: territory(territoryId),
    payload: { isAllowed },
  }) as const

/** Where it holds its video RDVs. */
export const territoryVideoSet = (territoryId: number, { from, to }: { from: string | null; to: string | null }) =>
  ({
    kind: 'territory.video-set',
    territoryId,
    subject: territory(territoryId),
    payload: {},
    values: [{ field: 'videoBaseUrl', from, to }],
  }) as const

/** When its messages leave, or when its RDVs are reminded of. */
export const territorySendingSet = (
  territoryId: number,
  values: readonly { field: string; from: string; to: string }[],
) => ({ kind: 'territory.sending-set', territoryId, subject: territory(territoryId), payload: {}, values }) as const

/** Under which name its e-mails leave, or where they are answered. */
export const territoryMailSet = (
  territoryId: number,
  values: readonly { field: string; from: string | null; to: string | null }[],
) => ({ kind: 'territory.mail-set', territoryId, subject: territory(territoryId), payload: {}, values }) as const

/** How long a freed slot is kept for who waits; null: for nobody. */
export const territoryWaitlistSet = (territoryId: number, { from, to }: { from: number | null; to: number | null }) =>
  ({
    kind: 'territory.waitlist-set',
    territoryId,
    subject: territory(territoryId),
    payload: {},
    values: [{ field: 'waitlistHoldMin', from, to }],
  }) as const

export type TerritoriesEvent =
  | ReturnType<typeof territoryWaitlistSet>
  | ReturnType<typeof territoryMailSet>
  | ReturnType<typeof territorySendingSet>
  | ReturnType<typeof territoryCreated>
  | ReturnType<typeof territoryImpersonatedWritesSet>
  | ReturnType<typeof territoryVideoSet>
