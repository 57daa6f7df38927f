'use client'

import { onlineManager, useMutationState } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Notice } from '@/app/_ui/notice'
import { showToast } from './announcements.client'

function subscribe(listener: () => void) {
  const unsubscribe = onlineManager.subscribe(listener)
  // It believes in a network until told otherwise: one lost before the scripts took over was told to nobody.
  if (!navigator.onLine) onlineManager.setOnline(false)
  return unsubscribe
}
const isOnline = () => onlineManager.isOnline()
const isOnServer = () => true

/** Says that the network is gone, and holds what a lost page would lose: a choice not yet sent. */
export function NetworkNotice() {
  const trpc = useTRPC()
  const online = useSyncExternalStore(subscribe, isOnline, isOnServer)
  const pendingCount = useMutationState({
    filters: { mutationKey: trpc.booking.setStatus.mutationKey(), status: 'pending' },
  }).length

  useEffect(() => {
    if (online) return
    // A page cannot be fetched now: opening it would replace this one with the browser's error page.
    const stay = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="/"]') : null
      if (!link || link.hasAttribute('data-local')) return
      event.preventDefault()
      event.stopPropagation()
      showToast('Pas de réseau\u00a0: cette page s’ouvrira quand il reviendra.')
    }
    document.addEventListener('click', stay, true)
    return () => document.removeEventListener('click', stay, true)
  }, [online])

  useEffect(() => {
    if (pendingCount === 0) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [pendingCount])

  if (online) return null
  return (
    <Notice tone="warn" isLive title="Pas de réseau">
      <p>
        {pendingCount === 0
          ? 'Vous pouvez continuer\u00a0: ce que vous renseignez partira dès qu’il revient.'
          : `Gardez cette page ouverte\u00a0: ${pendingCount > 1 ? `${pendingCount}\u00a0choix partiront` : 'un choix partira'} dès qu’il revient.`}
      </p>
    </Notice>
  )
}
