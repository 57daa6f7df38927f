import { agentProcedure, router } from '@/server/trpc'
import { createUsager } from './commands/create-usager'
import { findDoubles } from './queries/doubles'
import { listUsagers, searchUsagers } from './queries/search'
import { createUsagerSchema, listUsagersSchema, searchUsagersSchema } from './schema'

/** What is typed about a person is sent as a mutation, even to look for them: a query's input stands in a URL. */
export const peopleRouter = router({
  searchUsagers: agentProcedure.input(searchUsagersSchema).mutation(({ ctx, input }) => searchUsagers(ctx, input)),
  listUsagers: agentProcedure.input(listUsagersSchema).query(({ ctx, input }) => listUsagers(ctx, input)),
  findDoubles: agentProcedure.input(createUsagerSchema).mutation(({ ctx, input }) => findDoubles(ctx, input)),
  createUsager: agentProcedure.input(createUsagerSchema).mutation(({ ctx, input }) => createUsager(ctx, input)),
})
