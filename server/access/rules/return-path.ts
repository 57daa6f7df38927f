export const AGENT_HOME = '/agent'

/** Where to go after signing in: a path of our own under /agent, whatever was asked for. */
export function returnPath(asked: string | null | undefined): string {
  const base = 'https://here.invalid'
  if (!asked || asked.length > 500 || !URL.canParse(asked, base)) return AGENT_HOME
  const url = new URL(asked, base)
  const isOurs = url.origin === base && (url.pathname === AGENT_HOME || url.pathname.startsWith(`${AGENT_HOME}/`))
  return isOurs ? url.pathname + url.search : AGENT_HOME
}
