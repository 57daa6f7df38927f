'use client'

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState, type ReactNode } from 'react'
import superjson from 'superjson'
import type { AppRouter } from '@/server/root'

const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>()
export { useTRPC }

const MAX_TRIES = 4

/** The answer never came, or a proxy answered in the place of the server: it may be asked again. */
const isNetworkFailure = (error: unknown) => error instanceof TRPCClientError && !error.data

const isSignedOut = (error: unknown) =>
  error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data?.code === 'UNAUTHORIZED'

const shouldRetry = (failureCount: number, error: unknown) => failureCount < MAX_TRIES && isNetworkFailure(error)
const retryDelay = (failureCount: number) => Math.min(500 * 2 ** failureCount, 8000)

/**
 * For a mutation that may be sent twice and act once: `useMutation({ ...trpc.x.mutationOptions(), ...retried })`.
 * It waits for the network instead of failing without it.
 */
export const retried = { retry: shouldRetry, retryDelay, networkMode: 'online' } as const

const isReadOnly = (error: unknown) => error instanceof TRPCClientError && error.message === 'read-only'

/** A session over is a page to open, not a message; so is what somebody in an agent's place may not do yet. */
function leaveWhenSignedOut(error: unknown) {
  if (isReadOnly(error)) return window.location.assign('/super/ecriture')
  if (!isSignedOut(error)) return
  const here = window.location.pathname + window.location.search
  window.location.assign(`/connexion?${new URLSearchParams({ retour: here }).toString()}`)
}

const makeQueryClient = () =>
  new QueryClient({
    // On the caches, so that a page's own `onError` never hides it.
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: { queries: { retry: shouldRetry, retryDelay, staleTime: 30_000 }, mutations: { retry: false } },
  })

const makeTrpcClient = () =>
  createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc', transformer: superjson, maxItems: 20 })] })

/** For the agents' pages only: public pages work without scripts. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [trpcClient] = useState(makeTrpcClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
