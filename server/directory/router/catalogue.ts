import { agentProcedure, router } from '@/server/trpc'
import { changeMotifs } from '../commands/change-motifs'
import { deleteLieu } from '../commands/delete-lieu'
import { deleteMotif } from '../commands/delete-motif'
import { duplicateMotif } from '../commands/duplicate-motif'
import { saveLieu } from '../commands/save-lieu'
import { saveMotif } from '../commands/save-motif'
import { setLieuAvailability } from '../commands/set-lieu-availability'
import { getCatalogue, getLieu, getMotif, listLieux, listMotifs, listMotifsOfTerritory } from '../queries/catalogue'
import {
  changeMotifsSchema,
  duplicateMotifSchema,
  lieuIdSchema,
  motifIdSchema,
  organisationSchema,
  saveLieuSchema,
  saveMotifSchema,
  setLieuAvailabilitySchema,
  territorySchema,
} from '../schema/catalogue'

export const catalogueRouter = router({
  get: agentProcedure.input(organisationSchema).query(({ ctx, input }) => getCatalogue(ctx, input)),
  listLieux: agentProcedure.input(organisationSchema).query(({ ctx, input }) => listLieux(ctx, input)),
  getLieu: agentProcedure.input(lieuIdSchema).query(({ ctx, input }) => getLieu(ctx, input)),
  saveLieu: agentProcedure.input(saveLieuSchema).mutation(({ ctx, input }) => saveLieu(ctx, input)),
  setLieuAvailability: agentProcedure
    .input(setLieuAvailabilitySchema)
    .mutation(({ ctx, input }) => setLieuAvailability(ctx, input)),
  deleteLieu: agentProcedure.input(lieuIdSchema).mutation(({ ctx, input }) => deleteLieu(ctx, input)),
  listMotifs: agentProcedure.input(organisationSchema).query(({ ctx, input }) => listMotifs(ctx, input)),
  listMotifsOfTerritory: agentProcedure
    .input(territorySchema)
    .query(({ ctx, input }) => listMotifsOfTerritory(ctx, input)),
  getMotif: agentProcedure.input(motifIdSchema).query(({ ctx, input }) => getMotif(ctx, input)),
  saveMotif: agentProcedure.input(saveMotifSchema).mutation(({ ctx, input }) => saveMotif(ctx, input)),
  deleteMotif: agentProcedure.input(motifIdSchema).mutation(({ ctx, input }) => deleteMotif(ctx, input)),
  duplicateMotif: agentProcedure.input(duplicateMotifSchema).mutation(({ ctx, input }) => duplicateMotif(ctx, input)),
  changeMotifs: agentProcedure.input(changeMotifsSchema).mutation(({ ctx, input }) => changeMotifs(ctx, input)),
})
