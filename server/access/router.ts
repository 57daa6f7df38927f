import { agentProcedure, anonymousProcedure, router } from '@/server/trpc'
import { choosePassword } from './commands/choose-password'
import { requestLink } from './commands/request-link'
import { findDemoAccounts } from './queries/demo'
import { isLinkUsable } from './queries/logins'
import { listCapturedMessages } from './queries/messages'
import { getMe, listMySessions } from './queries/profile'
import { linkRequestSchema, linkSchema, messageFilterSchema, newPasswordSchema } from './schema'

/** Opening and closing a session is not here: they set a cookie, which is the front door's business (server/api.ts). */
export const accessRouter = router({
  me: agentProcedure.query(({ ctx }) => getMe(ctx)),
  mySessions: agentProcedure.query(({ ctx }) => listMySessions(ctx)),
  isLinkUsable: anonymousProcedure.input(linkSchema).query(({ ctx, input }) => isLinkUsable(ctx, input)),
  requestLink: anonymousProcedure.input(linkRequestSchema).mutation(({ ctx, input }) => requestLink(ctx, input)),
  choosePassword: anonymousProcedure.input(newPasswordSchema).mutation(({ ctx, input }) => choosePassword(ctx, input)),
  demoAccounts: anonymousProcedure.query(() => findDemoAccounts()),
  capturedMessages: anonymousProcedure
    .input(messageFilterSchema)
    .query(({ ctx, input }) => listCapturedMessages(ctx, input)),
})
