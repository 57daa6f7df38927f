import { rdvIdSchema } from '@/server/booking/schema'
import { agentProcedure, router } from '@/server/trpc'
import { tellOtherwise } from './commands/tell-otherwise'
import { listRdvMessages } from './queries/rdv-messages'
import { countUntold, listUntold } from './queries/untold'
import { participationIdSchema } from './schema'

export const messagingRouter = router({
  listRdvMessages: agentProcedure.input(rdvIdSchema).query(({ ctx, input }) => listRdvMessages(ctx, input)),
  listUntold: agentProcedure.query(({ ctx }) => listUntold(ctx)),
  countUntold: agentProcedure.query(({ ctx }) => countUntold(ctx)),
  tellOtherwise: agentProcedure.input(participationIdSchema).mutation(({ ctx, input }) => tellOtherwise(ctx, input)),
})
