import type { ReactNode } from 'react'
import { EnvironmentBand } from '@/app/_ui/environment-band'
import { SkipLinks } from '@/app/_ui/skip-links'
import { bandOf } from './environment'

/** What stands at the top of every page: the way past it for keyboards, the environment's name. */
export function SiteFrame({ children }: { children: ReactNode }) {
  const band = bandOf()
  return (
    <>
      <SkipLinks />
      {band && (
        <EnvironmentBand
          name={band.name}
          message={band.message}
          {...(band.capturesMessages && { link: { href: '/recette/messages', words: 'Messages' } })}
        />
      )}
      {children}
    </>
  )
}
