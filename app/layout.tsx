import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { bandOf } from './_lib/environment'
import { EnvironmentBand } from './_ui/environment-band'
import { SkipLinks } from './_ui/skip-links'
import './globals.css'

// The nonces of the content security policy change with each answer: no page may be built in advance.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: 'RDV Territoires', template: '%s · RDV Territoires' },
  description: 'Prendre rendez-vous avec les services sociaux et médico-sociaux de votre département.',
  icons: { icon: '/icon.svg' },
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: '#0b5563' }

export default function RootLayout({ children }: { children: ReactNode }) {
  const band = bandOf()
  return (
    <html lang="fr">
      <body>
        <SkipLinks />
        {band && (
          <EnvironmentBand
            name={band.name}
            message={band.message}
            {...(band.capturesMessages && { link: { href: '/recette/messages', words: 'Messages' } })}
          />
        )}
        {children}
      </body>
    </html>
  )
}
