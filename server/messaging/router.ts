import { waitSchema } from '@/server/booking/schema/waitlist'
import { territorySchema } from '@/server/directory/schema/catalogue'
import { agentProcedure, anonymousProcedure, ownProcedure, router } from '@/server/trpc'
import { resetWording } from './commands/reset-wording'
import { seeNews } from './commands/see-news'
import { saveWording } from './commands/save-wording'
import { tellOtherwise } from './commands/tell-otherwise'
import { tellWaitOtherwise } from './commands/tell-wait-otherwise'
import { takeReceipt } from './jobs/take-receipt'
import { countMyNews, listMyNews } from './queries/my-news'
import { listRdvMessages } from './queries/rdv-messages'
import { countUntold, listUntold } from './queries/untold'
import { listUntoldWaits } from './queries/untold-waits'
import { getWording, listMotifsWithWordings, listOwnWordings } from './queries/wordings'
import {
  participationIdSchema,
  rdvMessagesSchema,
  resetWordingSchema,
  saveWordingSchema,
  takeReceiptSchema,
  wordingSchema,
  wordingsSchema,
} from './schema'

export const messagingRouter = router({
  listRdvMessages: agentProcedure.input(rdvMessagesSchema).query(({ ctx, input }) => listRdvMessages(ctx, input)),
  listUntold: agentProcedure.query(({ ctx }) => listUntold(ctx)),
  countUntold: agentProcedure.query(({ ctx }) => countUntold(ctx)),
  tellOtherwise: agentProcedure.input(participationIdSchema).mutation(({ ctx, input }) => tellOtherwise(ctx, input)),
  listUntoldWaits: agentProcedure.query(({ ctx }) => listUntoldWaits(ctx)),
  tellWaitOtherwise: agentProcedure.input(waitSchema).mutation(({ ctx, input }) => tellWaitOtherwise(ctx, input)),
  listMyNews: agentProcedure.query(({ ctx }) => listMyNews(ctx)),
  countMyNews: agentProcedure.query(({ ctx }) => countMyNews(ctx)),
  seeNews: ownProcedure.mutation(({ ctx }) => seeNews(ctx)),
  takeReceipt: anonymousProcedure.input(takeReceiptSchema).mutation(({ ctx, input }) => takeReceipt(ctx, input)),
  listOwnWordings: agentProcedure.input(wordingsSchema).query(({ ctx, input }) => listOwnWordings(ctx, input)),
  listMotifsWithWordings: agentProcedure
    .input(territorySchema)
    .query(({ ctx, input }) => listMotifsWithWordings(ctx, input)),
  getWording: agentProcedure.input(wordingSchema).query(({ ctx, input }) => getWording(ctx, input)),
  saveWording: agentProcedure.input(saveWordingSchema).mutation(({ ctx, input }) => saveWording(ctx, input)),
  resetWording: agentProcedure.input(resetWordingSchema).mutation(({ ctx, input }) => resetWording(ctx, input)),
})
