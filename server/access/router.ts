import { agentProcedure, router } from '@/server/trpc'
import { getMe } from './queries'

export const accessRouter = router({
  me: agentProcedure.query(({ ctx }) => getMe(ctx)),
})
