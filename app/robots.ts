import type { MetadataRoute } from 'next'
import { environmentBand } from '@/server/api'

export const dynamic = 'force-dynamic'

/** Production shows its public pages; any other environment nothing at all. */
export default function robots(): MetadataRoute.Robots {
  const { isProduction } = environmentBand()
  return {
    rules: isProduction
      ? { userAgent: '*', allow: '/', disallow: ['/agent', '/api/', '/connexion', '/r/', '/rdv/'] }
      : { userAgent: '*', disallow: '/' },
  }
}
