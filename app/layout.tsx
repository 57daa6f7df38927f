import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { EnvironmentBand } from './_ui/environment-band'
import { SkipLinks } from './_ui/skip-links'
import { environment } from './_lib/environment'
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
  const { name, isProduction } = environment()
  return (
    <html lang="fr">
      <body>
        <SkipLinks />
        {!isProduction && (
          <EnvironmentBand
            name={name}
            message="rien n’est envoyé à l’extérieur"
            link={{ href: '/recette/messages', words: 'Voir les messages' }}
          />
        )}
        {children}
      </body>
    </html>
  )
}
