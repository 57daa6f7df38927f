import { accessRouter } from './access/router'
import { bookingRouter } from './booking/router'
import { catalogueRouter } from './directory/router/catalogue'
import { peopleRouter } from './people/router'
import { schedulingRouter } from './scheduling/router'
import { sectorisationRouter } from './sectorisation/router'
import { router } from './trpc'

export const appRouter = router({
  access: accessRouter,
  booking: bookingRouter,
  catalogue: catalogueRouter,
  people: peopleRouter,
  scheduling: schedulingRouter,
  sectorisation: sectorisationRouter,
})

export type AppRouter = typeof appRouter
