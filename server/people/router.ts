import { agentProcedure, anonymousProcedure, linkProcedure, router } from '@/server/trpc'
import { createUsager } from './commands/create-usager'
import { setMailConsent } from './commands/set-consent'
import { getMailConsent } from './queries/consents'
import { findDoubles, findDoublesOf } from './queries/doubles'
import { listUsagers, searchUsagers } from './queries/search'
import { listUsagerHistory } from './queries/usager-history'
import { getUsager } from './queries/usager-sheet'
import {
  consentTokenSchema,
  createUsagerSchema,
  listUsagersSchema,
  saveUsagerSchema,
  searchUsagersSchema,
  setMailConsentSchema,
  usagerIdSchema,
} from './schema'

/** What is typed about a person is sent as a mutation, even to look for them: a query's input stands in a URL. */
const lookingProcedure = agentProcedure.meta({ readsOnly: true })

export const peopleRouter = router({
  searchUsagers: lookingProcedure.input(searchUsagersSchema).mutation(({ ctx, input }) => searchUsagers(ctx, input)),
  listUsagers: agentProcedure.input(listUsagersSchema).query(({ ctx, input }) => listUsagers(ctx, input)),
  findDoubles: lookingProcedure.input(createUsagerSchema).mutation(({ ctx, input }) => findDoubles(ctx, input)),
  createUsager: agentProcedure.input(createUsagerSchema).mutation(({ ctx, input }) => createUsager(ctx, input)),
  getUsager: agentProcedure.input(usagerIdSchema).query(({ ctx, input }) => getUsager(ctx, input)),
  listUsagerHistory: agentProcedure.input(usagerIdSchema).query(({ ctx, input }) => listUsagerHistory(ctx, input)),
  findDoublesOf: lookingProcedure.input(saveUsagerSchema).mutation(({ ctx, input }) => findDoublesOf(ctx, input)),
  getMailConsent: linkProcedure.input(consentTokenSchema).query(({ ctx, input }) => getMailConsent(ctx, input)),
  setMailConsent: anonymousProcedure
    .input(setMailConsentSchema)
    .mutation(({ ctx, input }) => setMailConsent(ctx, input)),
})
