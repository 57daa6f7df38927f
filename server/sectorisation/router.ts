import { anonymousProcedure, router } from '@/server/trpc'
import { searchAddresses } from './gateways/ban'
import { searchCommunes, searchCommunesOfAddress } from './queries'
import { searchSchema } from './schema'

export const sectorisationRouter = router({
  searchCommunes: anonymousProcedure.input(searchSchema).query(({ ctx, input }) => searchCommunes(ctx, input)),
  searchCommunesOfAddress: anonymousProcedure
    .input(searchSchema)
    .query(({ ctx, input }) => searchCommunesOfAddress(ctx, input)),
  searchAddresses: anonymousProcedure.input(searchSchema).query(({ input }) => searchAddresses(input.q)),
})
