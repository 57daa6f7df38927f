import { agentProcedure, anonymousProcedure, linkProcedure, router } from '@/server/trpc'
import { acceptOffer } from '../commands/accept-offer'
import { declineOffer } from '../commands/decline-offer'
import { joinWaitlistByLink, joinWaitlistOfRdv } from '../commands/join-waitlist'
import { joinWaitlistByDraft } from '../commands/join-waitlist-by-draft'
import {
  leaveWaitlist,
  leaveWaitlistByAgent,
  leaveWaitlistByLink,
  leaveWaitlistByOffer,
  leaveWaitlistOfRdv,
} from '../commands/leave-waitlist'
import { getEarlierSlotByLink, getEarlierSlotOfRdv } from '../queries/awaitable'
import { isWaitlistOpen } from '../queries/waiting'
import { getOffer, getWait } from '../queries/waits'
import { listWaits } from '../queries/waits-list'
import { linkSchema } from '../schema'
import { joinByDraftSchema, waitlistOfSchema, waitOfRdvSchema, waitSchema, waitsPageSchema } from '../schema/waitlist'

/** Those who wait for a slot: by their links, by a draft, and what agents do for them. */
export const waitlistRouter = router({
  isOpen: anonymousProcedure.input(waitlistOfSchema).query(({ ctx, input }) => isWaitlistOpen(ctx, input)),
  joinByDraft: anonymousProcedure
    .input(joinByDraftSchema)
    .mutation(({ ctx, input }) => joinWaitlistByDraft(ctx, input)),
  getWait: linkProcedure.input(linkSchema).query(({ ctx, input }) => getWait(ctx, input)),
  leave: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => leaveWaitlist(ctx, input)),

  getEarlierSlot: linkProcedure.input(linkSchema).query(({ ctx, input }) => getEarlierSlotByLink(ctx, input)),
  joinByLink: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => joinWaitlistByLink(ctx, input)),
  leaveByLink: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => leaveWaitlistByLink(ctx, input)),

  getOffer: linkProcedure.input(linkSchema).query(({ ctx, input }) => getOffer(ctx, input)),
  accept: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => acceptOffer(ctx, input)),
  decline: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => declineOffer(ctx, input)),
  leaveByOffer: anonymousProcedure.input(linkSchema).mutation(({ ctx, input }) => leaveWaitlistByOffer(ctx, input)),

  listWaits: agentProcedure.input(waitsPageSchema).query(({ ctx, input }) => listWaits(ctx, input)),
  leaveByAgent: agentProcedure.input(waitSchema).mutation(({ ctx, input }) => leaveWaitlistByAgent(ctx, input)),
  getOfRdv: agentProcedure.input(waitOfRdvSchema).query(({ ctx, input }) => getEarlierSlotOfRdv(ctx, input)),
  joinOfRdv: agentProcedure.input(waitOfRdvSchema).mutation(({ ctx, input }) => joinWaitlistOfRdv(ctx, input)),
  leaveOfRdv: agentProcedure.input(waitOfRdvSchema).mutation(({ ctx, input }) => leaveWaitlistOfRdv(ctx, input)),
})
