import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { TrpcProvider } from '@/app/_lib/trpc.client'
import { requireViewer } from '@/app/_lib/viewer'
import { AgentShell } from '@/app/agent/_components/agent-shell'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** The header of the agents: administering is part of their day. */
export default async function Layout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer()
  return (
    <TrpcProvider>
      <AgentShell viewer={viewer}>{children}</AgentShell>
    </TrpcProvider>
  )
}
