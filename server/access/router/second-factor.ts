import { agentProcedure, ownProcedure, router } from '@/server/trpc'
import { prepareSecondFactor, removeSecondFactor, turnOnSecondFactor } from '../commands/set-second-factor'
import { listMyFactorRemovals } from '../queries/factor-removals'
import { getMyFactor } from '../queries/second-factors'
import { ownFactorSchema } from '../schema/super-admins'

/** An agent's second factor. Being asked for it is signing in, the front door's business (server/api.ts). */
export const secondFactorRouter = router({
  get: ownProcedure.query(({ ctx }) => getMyFactor(ctx)),
  listRemovals: agentProcedure.query(({ ctx }) => listMyFactorRemovals(ctx)),
  prepare: ownProcedure.mutation(({ ctx }) => prepareSecondFactor(ctx)),
  confirm: ownProcedure.input(ownFactorSchema).mutation(({ ctx, input }) => turnOnSecondFactor(ctx, input)),
  remove: ownProcedure.input(ownFactorSchema).mutation(({ ctx, input }) => removeSecondFactor(ctx, input)),
})
