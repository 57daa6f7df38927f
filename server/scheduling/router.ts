import { agentProcedure, router } from '@/server/trpc'
import { deleteAbsence } from './commands/delete-absence'
import { getAbsence, listAbsences } from './queries'
import { absenceIdSchema, absencesOfSchema } from './schema'

/** Saving an absence is booking's business: it knows what stands within. */
export const schedulingRouter = router({
  listAbsences: agentProcedure.input(absencesOfSchema).query(({ ctx, input }) => listAbsences(ctx, input)),
  getAbsence: agentProcedure.input(absenceIdSchema).query(({ ctx, input }) => getAbsence(ctx, input)),
  deleteAbsence: agentProcedure.input(absenceIdSchema).mutation(({ ctx, input }) => deleteAbsence(ctx, input)),
})
