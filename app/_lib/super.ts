import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { api, faultIn } from '@/server/api'
import { viewer } from './viewer'

/** The super-admin who looks at this page; null for anybody else. One read a page. */
const superViewer = cache(async () => {
  try {
    return await (await api()).superAdmins.me()
  } catch (error) {
    const code = faultIn(error)?.code
    if (code === 'unauthenticated' || code === 'not-found') return null
    throw error
  }
})

/**
 * The super-admin who looks at this page. In an agent's place one goes back to it; to agents there is nothing here; without
 * a second factor, there is that first.
 */
export async function requireSuperAdmin({ isEnrolling = false } = {}) {
  const person = await superViewer()
  if (person) {
    if (!person.hasSecondFactor && !isEnrolling) redirect('/super/double-authentification')
    return person
  }
  const agent = await viewer()
  if (!agent) redirect('/super/connexion')
  if (agent.impersonation) redirect('/agent')
  return notFound()
}

/** For the sign-in page: whoever is inside has no business there. */
export const isSuperAdmin = async (): Promise<boolean> => (await superViewer()) !== null
