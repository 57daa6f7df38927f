import { agentProcedure, router } from '@/server/trpc'
import { askExport } from '../commands/ask-export'
import { changeFilter } from '../commands/change-filter'
import { saveFilter } from '../commands/save-filter'
import { getExportFile, listExports } from '../queries/exports'
import { listRdvListChoices, listRdvs, listSavedFilters } from '../queries/rdv-list'
import {
  askExportSchema,
  changeFilterSchema,
  exportIdSchema,
  rdvListPageSchema,
  saveFilterSchema,
} from '../schema/rdv-list'

export const listsRouter = router({
  listRdvs: agentProcedure.input(rdvListPageSchema).query(({ ctx, input }) => listRdvs(ctx, input)),
  listChoices: agentProcedure.query(({ ctx }) => listRdvListChoices(ctx)),
  listSavedFilters: agentProcedure.query(({ ctx }) => listSavedFilters(ctx)),
  saveFilter: agentProcedure.input(saveFilterSchema).mutation(({ ctx, input }) => saveFilter(ctx, input)),
  changeFilter: agentProcedure.input(changeFilterSchema).mutation(({ ctx, input }) => changeFilter(ctx, input)),
  listExports: agentProcedure.query(({ ctx }) => listExports(ctx)),
  askExport: agentProcedure.input(askExportSchema).mutation(({ ctx, input }) => askExport(ctx, input)),
  /** Leaves a trace: a mutation. */
  getExportFile: agentProcedure.input(exportIdSchema).mutation(({ ctx, input }) => getExportFile(ctx, input)),
})
