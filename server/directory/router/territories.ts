import { agentProcedure, ownProcedure, router, superAdminProcedure } from '@/server/trpc'
import { createTerritory } from '../commands/create-territory'
import { setImpersonatedWrites } from '../commands/set-impersonated-writes'
import { setMailIdentity } from '../commands/set-mail-identity'
import { setSending } from '../commands/set-sending'
import { setWaitlist } from '../commands/set-waitlist'
import { setVideoBaseUrl } from '../commands/set-video-base-url'
import {
  getMailIdentity,
  getOrganisationSheet,
  getSendingRules,
  getTerritory,
  getWaitlistHold,
  listTerritories,
  searchOrganisations,
} from '../queries/territories'
import {
  createTerritorySchema,
  organisationIdSchema,
  organisationSearchSchema,
  setImpersonatedWritesSchema,
  setMailIdentitySchema,
  setSendingSchema,
  setVideoBaseUrlSchema,
  setWaitlistSchema,
  territoryIdSchema,
} from '../schema/territories'

/** Territories as those who run the platform see them; and what their admins decide about them. */
export const territoriesRouter = router({
  list: superAdminProcedure.query(({ ctx }) => listTerritories(ctx)),
  get: superAdminProcedure.input(territoryIdSchema).query(({ ctx, input }) => getTerritory(ctx, input)),
  searchOrganisations: superAdminProcedure
    .input(organisationSearchSchema)
    .query(({ ctx, input }) => searchOrganisations(ctx, input)),
  getOrganisation: superAdminProcedure
    .input(organisationIdSchema)
    .query(({ ctx, input }) => getOrganisationSheet(ctx, input)),
  create: superAdminProcedure.input(createTerritorySchema).mutation(({ ctx, input }) => createTerritory(ctx, input)),
  setImpersonatedWrites: superAdminProcedure
    .input(setImpersonatedWritesSchema)
    .mutation(({ ctx, input }) => setImpersonatedWrites(ctx, input)),
  setVideoBaseUrl: agentProcedure
    .input(setVideoBaseUrlSchema)
    .mutation(({ ctx, input }) => setVideoBaseUrl(ctx, input)),
  getMailIdentity: agentProcedure.input(territoryIdSchema).query(({ ctx, input }) => getMailIdentity(ctx, input)),
  setMailIdentity: agentProcedure
    .input(setMailIdentitySchema)
    .mutation(({ ctx, input }) => setMailIdentity(ctx, input)),
  getSending: agentProcedure.input(territoryIdSchema).query(({ ctx, input }) => getSendingRules(ctx, input)),
  setSending: agentProcedure.input(setSendingSchema).mutation(({ ctx, input }) => setSending(ctx, input)),
  getWaitlist: agentProcedure.input(territoryIdSchema).query(({ ctx, input }) => getWaitlistHold(ctx, input)),
  setWaitlist: agentProcedure.input(setWaitlistSchema).mutation(({ ctx, input }) => setWaitlist(ctx, input)),
  setOwnImpersonatedWrites: ownProcedure
    .input(setImpersonatedWritesSchema)
    .mutation(({ ctx, input }) => setImpersonatedWrites(ctx, input)),
})
