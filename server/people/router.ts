import { agentProcedure, anonymousProcedure, linkProcedure, router } from '@/server/trpc'
import { createUsager } from './commands/create-usager'
import { receiveSmsReply } from './commands/receive-sms-reply'
import { saveUsager } from './commands/save-usager'
import { setConsent } from './commands/set-consent'
import { getConsents } from './queries/consents'
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
  setConsentSchema,
  smsReplySchema,
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
  getConsents: linkProcedure.input(consentTokenSchema).query(({ ctx, input }) => getConsents(ctx, input)),
  setConsent: anonymousProcedure.input(setConsentSchema).mutation(({ ctx, input }) => setConsent(ctx, input)),
  receiveSmsReply: anonymousProcedure.input(smsReplySchema).mutation(({ ctx, input }) => receiveSmsReply(ctx, input)),
  saveUsager: agentProcedure.input(saveUsagerSchema).mutation(({ ctx, input }) => saveUsager(ctx, input)),
})
