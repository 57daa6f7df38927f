import { agentProcedure, router } from '@/server/trpc'
import { deleteAbsence } from './commands/delete-absence'
import { getAbsence, listAbsences } from './queries/absences'
import { getOpening, getOpeningMeans, listOpenings } from './queries/openings'
import {
  absenceIdSchema,
  absencesOfSchema,
  deleteAbsenceSchema,
  openingIdSchema,
  openingOptionsSchema,
  openingsOfSchema,
} from './schema'

/** Saving an absence or an opening is booking's business: it knows what stands within. */
export const schedulingRouter = router({
  listAbsences: agentProcedure.input(absencesOfSchema).query(({ ctx, input }) => listAbsences(ctx, input)),
  getAbsence: agentProcedure.input(absenceIdSchema).query(({ ctx, input }) => getAbsence(ctx, input)),
  deleteAbsence: agentProcedure.input(deleteAbsenceSchema).mutation(({ ctx, input }) => deleteAbsence(ctx, input)),
  listOpenings: agentProcedure.input(openingsOfSchema).query(({ ctx, input }) => listOpenings(ctx, input)),
  getOpening: agentProcedure.input(openingIdSchema).query(({ ctx, input }) => getOpening(ctx, input)),
  getOpeningMeans: agentProcedure.input(openingOptionsSchema).query(({ ctx, input }) => getOpeningMeans(ctx, input)),
})
