import { router, usagerProcedure } from '@/server/trpc'
import { listAccountRdvs } from '../queries/account-rdvs'

/** What is a person's own. Opening and closing their session is the front door's business (server/api.ts). */
export const accountRouter = router({ listRdvs: usagerProcedure.query(({ ctx }) => listAccountRdvs(ctx)) })
