/** What a browser holds of the sites it passes by. */
export type Jar = Map<string, string>

const valuesIn = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )

/** What somebody answers to a page of the provider: who they are, or yes. */
const answerTo = (page: string, login: string): Record<string, string> =>
  page.includes('name="login"')
    ? { ...valuesIn(page), prompt: 'login', login, password: 'x' }
    : { ...valuesIn(page), ...(page.includes('name="logout"') ? { logout: 'yes' } : { prompt: 'consent' }) }

/**
 * A browser that goes from `url` into an identity provider, answers whatever its pages ask, and is sent back to an address
 * that begins with `until`: what it brings back there, and whether it was asked who it is on the way.
 */
export async function visitProvider(
  url: string,
  { until, login = 'awa', jar = new Map() }: { until: string; login?: string; jar?: Jar },
): Promise<{ params: Record<string, string>; isAskedWho: boolean }> {
  let at = url
  let form: Record<string, string> | null = null
  let isAskedWho = false
  for (let step = 0; step < 20 && !at.startsWith(until); step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer: Response = await fetch(at, {
      ...{ redirect: 'manual', headers: { cookie } },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const [pair = ''] of answer.headers.getSetCookie().map((line) => line.split(';'))) {
      const [name = '', ...value] = pair.split('=')
      jar.set(name, value.join('='))
    }
    form = null
    const location = answer.headers.get('location')
    if (location !== null) at = new URL(location, at).href
    else {
      const page = await answer.text()
      if (answer.status >= 400) throw new Error(page.slice(0, 2000))
      form = answerTo(page, login)
      isAskedWho ||= 'login' in form
      at = /action="([^"]+)"/.exec(page)?.[1] ?? at
    }
  }
  return { params: Object.fromEntries(new URL(at).searchParams), isAskedWho }
}
