import type { ReactNode } from 'react'
import { assetHref, type Asset } from './assets'
import { SITE, windowTitle } from './site'
import { SiteFrame } from './site-frame'

/** A whole page, as one answer holds it. */
export type View = {
  /** Of the window, the site's name aside; `isWhole` when it already says it. */
  title: string | { isWhole: string }
  body: ReactNode
  status?: number
  /** Holds something of a person: kept by no cache, found by no search engine. */
  isPersonal?: boolean
  retryInSec?: number | null
  /** What makes the page nicer. */
  script?: Exclude<Asset, 'style'> | null
}

function Document({ title, body, isPersonal = false, script = null, nonce }: View & { nonce: string | undefined }) {
  return (
    <html lang="fr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{typeof title === 'string' ? windowTitle(title) : title.isWhole}</title>
        <meta name="description" content={SITE.description} />
        <meta name="format-detection" content="telephone=no, address=no, email=no" />
        <meta name="theme-color" content={SITE.themeColor} />
        {isPersonal && <meta name="robots" content="noindex, nofollow" />}
        <link rel="icon" href={SITE.icon} />
        <link rel="stylesheet" href={assetHref('style')} />
        {script && <script type="module" defer src={assetHref(script)} nonce={nonce} />}
      </head>
      <body>
        <SiteFrame>{body}</SiteFrame>
      </body>
    </html>
  )
}

/** The page as text, drawn once: no script follows it to draw it again. `nonce` lets its own script run. */
export async function answerWith(view: View, nonce?: string): Promise<Response> {
  // Next refuses this import where it could reach a browser's bundle; in a route, asked for at run time, it cannot.
  const { renderToStaticMarkup } = await import('react-dom/server')
  const { status = 200, isPersonal = false, retryInSec = null } = view
  const isKept = status === 200 && !isPersonal
  return new Response(`<!doctype html>${renderToStaticMarkup(<Document {...view} nonce={nonce} />)}`, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // Asked for again each time, yet kept behind the « Retour » button: a tunnel goes back and forth.
      'cache-control': isKept ? 'private, no-cache' : 'private, no-store',
      ...(retryInSec !== null && { 'retry-after': String(retryInSec) }),
    },
  })
}
