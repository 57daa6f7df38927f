import { anonymousProcedure, router } from '@/server/trpc'
import { searchAddresses } from './gateways/ban'
import { getCommune, searchCommunes, searchCommunesOfAddress } from './queries'
import { communeSchema, searchSchema } from './schema'

export const sectorisationRouter = router({
  getCommune: anonymousProcedure.input(communeSchema).query(({ ctx, input }) => getCommune(ctx, input)),
  searchCommunes: anonymousProcedure.input(searchSchema).query(({ ctx, input }) => searchCommunes(ctx, input)),
  searchCommunesOfAddress: anonymousProcedure
    .input(searchSchema)
    .query(({ ctx, input }) => searchCommunesOfAddress(ctx, input)),
  searchAddresses: anonymousProcedure.input(searchSchema).query(({ input }) => searchAddresses(input.q)),
})
