import { agentProcedure, anonymousProcedure, router } from '@/server/trpc'
import { choosePassword } from './commands/choose-password'
import { requestLink } from './commands/request-link'
import { setGrant } from './commands/set-grant'
import { getAgenda, listAgendas } from './queries/agendas'
import { isAccountLinkUsable } from './queries/accounts'
import { findDemoAccounts } from './queries/demo'
import { listGrantsOnMe, listGrantsOpening } from './queries/grants'
import { isLinkUsable } from './queries/logins'
import { listCapturedMessages } from './queries/messages'
import { getMe, listMySessions } from './queries/profile'
import {
  accountLinkSchema,
  agendaSchema,
  linkRequestSchema,
  linkSchema,
  messageFilterSchema,
  newPasswordSchema,
  setGrantSchema,
} from './schema'

/** Opening and closing a session is not here: they set a cookie, which is the front door's business (server/api.ts). */
export const accessRouter = router({
  me: agentProcedure.query(({ ctx }) => getMe(ctx)),
  mySessions: agentProcedure.query(({ ctx }) => listMySessions(ctx)),
  listAgendas: agentProcedure.query(({ ctx }) => listAgendas(ctx)),
  getAgenda: agentProcedure.input(agendaSchema).query(({ ctx, input }) => getAgenda(ctx, input)),
  listGrantsOnMe: agentProcedure.query(({ ctx }) => listGrantsOnMe(ctx)),
  listGrantsOpening: agentProcedure.input(agendaSchema).query(({ ctx, input }) => listGrantsOpening(ctx, input)),
  setGrant: agentProcedure.input(setGrantSchema).mutation(({ ctx, input }) => setGrant(ctx, input)),
  isLinkUsable: anonymousProcedure.input(linkSchema).query(({ ctx, input }) => isLinkUsable(ctx, input)),
  isAccountLinkUsable: anonymousProcedure
    .input(accountLinkSchema)
    .query(({ ctx, input }) => isAccountLinkUsable(ctx, input)),
  requestLink: anonymousProcedure.input(linkRequestSchema).mutation(({ ctx, input }) => requestLink(ctx, input)),
  choosePassword: anonymousProcedure.input(newPasswordSchema).mutation(({ ctx, input }) => choosePassword(ctx, input)),
  demoAccounts: anonymousProcedure.query(() => findDemoAccounts()),
  capturedMessages: anonymousProcedure
    .input(messageFilterSchema)
    .query(({ ctx, input }) => listCapturedMessages(ctx, input)),
})
