import { agentProcedure, anonymousProcedure, ownProcedure, router } from '@/server/trpc'
import { answerInvitation, cancelInvitation } from '../commands/answer-invitation'
import { inviteAgent } from '../commands/invite-agent'
import { renewInvitation } from '../commands/renew-invitation'
import { changePassword, confirmEmailChange, renameMe, requestEmailChange } from '../commands/save-profile'
import { setPreferences } from '../commands/set-preferences'
import { setRole } from '../commands/set-role'
import { setServices } from '../commands/set-services'
import { setTerritoryAdmin } from '../commands/set-territory-admin'
import { listInvitations, listMyInvitations } from '../queries/invitations'
import { getMember, listAdministered, listMembers, listTerritoryAgents } from '../queries/members'
import {
  answerInvitationSchema,
  changePasswordSchema,
  confirmEmailSchema,
  emailChangeSchema,
  invitationsSchema,
  inviteAgentSchema,
  memberSchema,
  membersSchema,
  renameMeSchema,
  setRoleSchema,
  setPreferencesSchema,
  setServicesSchema,
  setTerritoryAdminSchema,
  territoryAgentsSchema,
} from '../schema/administration'

/** People, their places and their roles; one's own profile. */
export const administrationRouter = router({
  listAdministered: agentProcedure.query(({ ctx }) => listAdministered(ctx)),
  listMembers: agentProcedure.input(membersSchema).query(({ ctx, input }) => listMembers(ctx, input)),
  listTerritoryAgents: agentProcedure
    .input(territoryAgentsSchema)
    .query(({ ctx, input }) => listTerritoryAgents(ctx, input)),
  getMember: agentProcedure.input(memberSchema).query(({ ctx, input }) => getMember(ctx, input)),
  inviteAgent: agentProcedure.input(inviteAgentSchema).mutation(({ ctx, input }) => inviteAgent(ctx, input)),
  renewInvitation: agentProcedure.input(memberSchema).mutation(({ ctx, input }) => renewInvitation(ctx, input)),
  listInvitations: agentProcedure.input(invitationsSchema).query(({ ctx, input }) => listInvitations(ctx, input)),
  cancelInvitation: agentProcedure.input(memberSchema).mutation(({ ctx, input }) => cancelInvitation(ctx, input)),
  listMyInvitations: agentProcedure.query(({ ctx }) => listMyInvitations(ctx)),
  answerInvitation: ownProcedure
    .input(answerInvitationSchema)
    .mutation(({ ctx, input }) => answerInvitation(ctx, input)),
  setRole: agentProcedure.input(setRoleSchema).mutation(({ ctx, input }) => setRole(ctx, input)),
  setServices: agentProcedure.input(setServicesSchema).mutation(({ ctx, input }) => setServices(ctx, input)),
  setTerritoryAdmin: agentProcedure
    .input(setTerritoryAdminSchema)
    .mutation(({ ctx, input }) => setTerritoryAdmin(ctx, input)),
  renameMe: agentProcedure.input(renameMeSchema).mutation(({ ctx, input }) => renameMe(ctx, input)),
  setPreferences: agentProcedure.input(setPreferencesSchema).mutation(({ ctx, input }) => setPreferences(ctx, input)),
  requestEmailChange: ownProcedure
    .input(emailChangeSchema)
    .mutation(({ ctx, input }) => requestEmailChange(ctx, input)),
  confirmEmailChange: anonymousProcedure
    .input(confirmEmailSchema)
    .mutation(({ ctx, input }) => confirmEmailChange(ctx, input)),
  changePassword: ownProcedure.input(changePasswordSchema).mutation(({ ctx, input }) => changePassword(ctx, input)),
})
