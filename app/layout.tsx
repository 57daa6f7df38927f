import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { SITE, windowTitle } from './_lib/site'
import { SiteFrame } from './_lib/site-frame'
import './globals.css'

// The nonces of the content security policy change with each answer: no page may be built in advance.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { default: SITE.name, template: windowTitle('%s') },
  description: SITE.description,
  icons: { icon: SITE.icon },
  formatDetection: { telephone: false, address: false, email: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: SITE.themeColor }

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="fr">
      <body>
        <SiteFrame>{children}</SiteFrame>
      </body>
    </html>
  )
}
