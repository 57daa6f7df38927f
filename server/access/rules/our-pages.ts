/** Set by the pages of the three doors; SameSite keeps it from a form of another site. */
export const PAGE_COOKIE = 'connexion-page'

/** Forms that open a session: accepted from another site, they would sign somebody in as the sender. */
const OPENS_SESSION: ReadonlySet<string> = new Set([
  '/connexion/entrer',
  '/connexion/lien/ouvrir',
  '/connexion/code/verifier',
  '/super/connexion/entrer',
  '/super/code/verifier',
  '/mes-rdv/connexion/mot-de-passe',
  '/mes-rdv/code/verifier',
  '/mes-rdv/lien/ouvrir',
  '/mes-rdv/nom/dire',
])

type Posted = {
  path: string
  /** Sec-Fetch-Site, Origin and Cookie, as received. */
  site: string | null
  origin: string | null
  cookie: string | null
}

const carries = (cookie: string | null, name: string) =>
  (cookie ?? '').split(';').some((pair) => pair.trimStart().startsWith(`${name}=`))

/**
 * Whether a POST comes from a page of `hosts`. Under `Referrer-Policy: no-referrer` a form sends `Origin: null`, so
 * `Sec-Fetch-Site` speaks first; a browser too old for it is held by the cookies' SameSite, ours of the page included
 * where a session opens. A browser always sends one of the headers with another site's form; what sends neither is none.
 */
export function isFromPagesOf(hosts: readonly (string | null)[], { path, site, origin, cookie }: Posted): boolean {
  if (site) return site === 'same-origin' || site === 'none'
  if (origin === 'null') return !OPENS_SESSION.has(path) || carries(cookie, PAGE_COOKIE)
  return !origin || (URL.canParse(origin) && hosts.includes(new URL(origin).host))
}
