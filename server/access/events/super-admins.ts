/** What super-admins do. `subject` says who, or in whose place; ids only: the reason stands with the impersonation. */
const superAdmin = (id: number) => ({ kind: 'super-admin', id }) as const

export const superAdminCreated = (id: number) =>
  ({ kind: 'super-admin.created', territoryId: null, subject: superAdmin(id), payload: {} }) as const

/** A new password, and a second factor to set up again. */
export const superAdminReset = (id: number) =>
  ({ kind: 'super-admin.reset', territoryId: null, subject: superAdmin(id), payload: {} }) as const

/** Their second factor was lost: another is to be set up. */
export const superAdminFactorReset = (id: number) =>
  ({ kind: 'super-admin.factor-reset', territoryId: null, subject: superAdmin(id), payload: {} }) as const

/** Switched off: their sessions ended with it. */
export const superAdminDisabled = (id: number) =>
  ({ kind: 'super-admin.disabled', territoryId: null, subject: superAdmin(id), payload: {} }) as const

export const superAdminSignedIn = (id: number) =>
  ({ kind: 'super-admin.signed-in', territoryId: null, subject: superAdmin(id), payload: {} }) as const

export const superAdminSignedOut = (id: number) =>
  ({ kind: 'super-admin.signed-out', territoryId: null, subject: superAdmin(id), payload: {} }) as const

const agent = (id: number) => ({ kind: 'agent', id }) as const

export const impersonationStarted = (agentId: number, impersonationId: number) =>
  ({ kind: 'impersonation.started', territoryId: null, subject: agent(agentId), payload: { impersonationId } }) as const

export const impersonationTurnedToWriting = (agentId: number, impersonationId: number) =>
  ({ kind: 'impersonation.writing', territoryId: null, subject: agent(agentId), payload: { impersonationId } }) as const

export const impersonationEnded = (agentId: number, impersonationId: number) =>
  ({ kind: 'impersonation.ended', territoryId: null, subject: agent(agentId), payload: { impersonationId } }) as const

/** A job given up was put back into the queue. */
export const jobRetried = (jobId: number) =>
  ({ kind: 'job.retried', territoryId: null, subject: { kind: 'job', id: jobId }, payload: {} }) as const

export type SuperEvent =
  | ReturnType<typeof superAdminCreated>
  | ReturnType<typeof superAdminReset>
  | ReturnType<typeof superAdminFactorReset>
  | ReturnType<typeof superAdminDisabled>
  | ReturnType<typeof superAdminSignedIn>
  | ReturnType<typeof superAdminSignedOut>
  | ReturnType<typeof impersonationStarted>
  | ReturnType<typeof impersonationTurnedToWriting>
  | ReturnType<typeof impersonationEnded>
  | ReturnType<typeof jobRetried>
