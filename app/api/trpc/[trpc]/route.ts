import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter, ctxOf, isFromOurPages } from '@/server/api'

/** Questions in one request: above what any page of ours asks. `maxItems` of app/_lib/trpc.client.tsx keeps below. */
const MAX_BATCH = 20

const answer = (request: Request) =>
  request.method === 'POST' && !isFromOurPages(request)
    ? new Response(null, { status: 403 })
    : fetchRequestHandler({
        endpoint: '/api/trpc',
        req: request,
        router: appRouter,
        createContext: ctxOf,
        maxBatchSize: MAX_BATCH,
      })

export { answer as GET, answer as POST }
