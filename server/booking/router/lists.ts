import { agentProcedure, router } from '@/server/trpc'
import { changeFilter } from '../commands/change-filter'
import { saveFilter } from '../commands/save-filter'
import { listRdvListChoices, listRdvs, listSavedFilters } from '../queries/rdv-list'
import { changeFilterSchema, rdvListPageSchema, saveFilterSchema } from '../schema/rdv-list'

export const listsRouter = router({
  listRdvs: agentProcedure.input(rdvListPageSchema).query(({ ctx, input }) => listRdvs(ctx, input)),
  listChoices: agentProcedure.query(({ ctx }) => listRdvListChoices(ctx)),
  listSavedFilters: agentProcedure.query(({ ctx }) => listSavedFilters(ctx)),
  saveFilter: agentProcedure.input(saveFilterSchema).mutation(({ ctx, input }) => saveFilter(ctx, input)),
  changeFilter: agentProcedure.input(changeFilterSchema).mutation(({ ctx, input }) => changeFilter(ctx, input)),
})
