import { listJobs } from '@/server/platform/queue'
import { agentProcedure, anonymousProcedure, enrollingProcedure, router, superAdminProcedure } from '@/server/trpc'
import { endImpersonation, turnToWriting } from '../commands/end-impersonation'
import { removeAgentFactor } from '../commands/remove-agent-factor'
import { retryJob } from '../commands/retry-job'
import { confirmSecondFactor, prepareSecondFactor } from '../commands/set-second-factor'
import { startImpersonation } from '../commands/start-impersonation'
import { listMyImpersonations, mayBeWritten } from '../queries/impersonations'
import { getMyFactor } from '../queries/second-factors'
import { findDemoSuperAdmin, getAgent, getMySelf, getOverview, listEvents, searchAgents } from '../queries/super-admins'
import {
  agentSearchSchema,
  codeSchema,
  eventFilterSchema,
  jobSchema,
  removeAgentFactorSchema,
  startImpersonationSchema,
  superAgentSchema,
} from '../schema/super-admins'

/** The back-office. Signing in there is the front door's business, as for agents (server/api.ts). */
export const superAdminsRouter = router({
  demo: anonymousProcedure.query(({ ctx }) => findDemoSuperAdmin(ctx)),
  me: enrollingProcedure.query(({ ctx }) => getMySelf(ctx)),
  getFactor: enrollingProcedure.query(({ ctx }) => getMyFactor(ctx)),
  prepareFactor: enrollingProcedure.mutation(({ ctx }) => prepareSecondFactor(ctx)),
  confirmFactor: enrollingProcedure.input(codeSchema).mutation(({ ctx, input }) => confirmSecondFactor(ctx, input)),
  getOverview: superAdminProcedure.query(({ ctx }) => getOverview(ctx)),
  searchAgents: superAdminProcedure.input(agentSearchSchema).query(({ ctx, input }) => searchAgents(ctx, input)),
  getAgent: superAdminProcedure.input(superAgentSchema).query(({ ctx, input }) => getAgent(ctx, input)),
  removeAgentFactor: superAdminProcedure
    .input(removeAgentFactorSchema)
    .mutation(({ ctx, input }) => removeAgentFactor(ctx, input)),
  listEvents: superAdminProcedure.input(eventFilterSchema).query(({ ctx, input }) => listEvents(ctx, input)),
  listJobs: superAdminProcedure.query(({ ctx }) => listJobs(ctx)),
  retryJob: superAdminProcedure.input(jobSchema).mutation(({ ctx, input }) => retryJob(ctx, input)),
})

/** Standing in an agent's place. */
export const impersonationRouter = router({
  start: superAdminProcedure
    .input(startImpersonationSchema)
    .mutation(({ ctx, input }) => startImpersonation(ctx, input)),
  turnToWriting: agentProcedure.meta({ endsOrOpens: true }).mutation(({ ctx }) => turnToWriting(ctx)),
  end: agentProcedure.meta({ endsOrOpens: true }).mutation(({ ctx }) => endImpersonation(ctx)),
  mayBeWritten: agentProcedure.query(({ ctx }) => mayBeWritten(ctx)),
  listMine: agentProcedure.query(({ ctx }) => listMyImpersonations(ctx)),
})
