import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter, ctxOf, isFromOurPages } from '@/server/api'

const answer = (request: Request) =>
  request.method === 'POST' && !isFromOurPages(request)
    ? new Response(null, { status: 403 })
    : fetchRequestHandler({ endpoint: '/api/trpc', req: request, router: appRouter, createContext: ctxOf })

export { answer as GET, answer as POST }
