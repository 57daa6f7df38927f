'use client'

import { useSyncExternalStore, type MouseEvent } from 'react'
import { Icon } from '@/app/_ui/icon'
import { showToast } from './announcements.client'

const never = () => () => undefined
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent)

/** Opens the phone's own map app; where there is none, copies the address. */
export function AddressLink({ address }: { address: string }) {
  const isOnApple = useSyncExternalStore(never, isApple, () => false)
  const question = encodeURIComponent(address)

  function copyOnDesktop(event: MouseEvent) {
    if (window.matchMedia('(pointer: coarse)').matches) return
    event.preventDefault()
    navigator.clipboard.writeText(address).then(
      () => showToast('Adresse copiée'),
      () => showToast(address),
    )
  }

  return (
    <a
      href={isOnApple ? `maps:?q=${question}` : `geo:0,0?q=${question}`}
      onClick={copyOnDesktop}
      className="link inline-flex min-h-11 items-center gap-2"
    >
      <Icon name="pin" className="shrink-0" />
      {address}
    </a>
  )
}
