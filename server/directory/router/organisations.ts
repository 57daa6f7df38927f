import { agentProcedure, router } from '@/server/trpc'
import { saveOrganisation } from '../commands/save-organisation'
import { setTerritoryServices } from '../commands/set-territory-services'
import { getOrganisation, listTerritoryServices } from '../queries/organisations'
import {
  organisationSchema,
  saveOrganisationSchema,
  setTerritoryServicesSchema,
  territorySchema,
} from '../schema/organisations'

export const organisationsRouter = router({
  get: agentProcedure.input(organisationSchema).query(({ ctx, input }) => getOrganisation(ctx, input)),
  save: agentProcedure.input(saveOrganisationSchema).mutation(({ ctx, input }) => saveOrganisation(ctx, input)),
  listServices: agentProcedure.input(territorySchema).query(({ ctx, input }) => listTerritoryServices(ctx, input)),
  setServices: agentProcedure
    .input(setTerritoryServicesSchema)
    .mutation(({ ctx, input }) => setTerritoryServices(ctx, input)),
})
