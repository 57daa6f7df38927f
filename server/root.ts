import { accessRouter } from './access/router'
import { router } from './trpc'

export const appRouter = router({ access: accessRouter })

export type AppRouter = typeof appRouter
