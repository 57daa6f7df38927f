import { accessRouter } from './access/router'
import { administrationRouter } from './access/router/administration'
import { secondFactorRouter } from './access/router/second-factor'
import { impersonationRouter, superAdminsRouter } from './access/router/super-admins'
import { rightsRouter } from './access/router/rights'
import { bookingRouter } from './booking/router'
import { accountRouter } from './booking/router/account'
import { listsRouter } from './booking/router/lists'
import { waitlistRouter } from './booking/router/waitlist'
import { catalogueRouter } from './directory/router/catalogue'
import { messagingRouter } from './messaging/router'
import { peopleRouter } from './people/router'
import { smsRouter } from './directory/router/sms'
import { territoriesRouter } from './directory/router/territories'
import { organisationsRouter } from './directory/router/organisations'
import { schedulingRouter } from './scheduling/router'
import { sectorisationRouter } from './sectorisation/router'
import { router } from './trpc'

export const appRouter = router({
  access: accessRouter,
  account: accountRouter,
  administration: administrationRouter,
  booking: bookingRouter,
  catalogue: catalogueRouter,
  impersonation: impersonationRouter,
  lists: listsRouter,
  waitlist: waitlistRouter,
  messaging: messagingRouter,
  people: peopleRouter,
  organisations: organisationsRouter,
  rights: rightsRouter,
  scheduling: schedulingRouter,
  secondFactor: secondFactorRouter,
  sectorisation: sectorisationRouter,
  sms: smsRouter,
  superAdmins: superAdminsRouter,
  territories: territoriesRouter,
})

export type AppRouter = typeof appRouter
