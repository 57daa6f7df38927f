import { rdvIdSchema } from '@/server/booking/schema'
import { agentProcedure, router } from '@/server/trpc'
import { listRdvMessages } from './queries/rdv-messages'

export const messagingRouter = router({
  listRdvMessages: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => listRdvMessages(ctx, input)),
})
