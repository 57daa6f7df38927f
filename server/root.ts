import { accessRouter } from './access/router'
import { administrationRouter } from './access/router/administration'
import { rightsRouter } from './access/router/rights'
import { bookingRouter } from './booking/router'
import { catalogueRouter } from './directory/router/catalogue'
import { peopleRouter } from './people/router'
import { organisationsRouter } from './directory/router/organisations'
import { schedulingRouter } from './scheduling/router'
import { sectorisationRouter } from './sectorisation/router'
import { router } from './trpc'

export const appRouter = router({
  access: accessRouter,
  administration: administrationRouter,
  booking: bookingRouter,
  catalogue: catalogueRouter,
  people: peopleRouter,
  organisations: organisationsRouter,
  rights: rightsRouter,
  scheduling: schedulingRouter,
  sectorisation: sectorisationRouter,
})

export type AppRouter = typeof appRouter
