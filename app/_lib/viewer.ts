import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { returnPath } from '@/server/access/rules/return-path'
import { api, faultIn } from '@/server/api'

/** The agent who looks at this page; null for anybody else. One read a page, whatever the number of askers. */
export const viewer = cache(async () => {
  try {
    return await (await api()).access.me()
  } catch (error) {
    if (faultIn(error)?.code === 'unauthenticated') return null
    throw error
  }
})

export type Viewer = NonNullable<Awaited<ReturnType<typeof viewer>>>

/** The agent who looks at this page, or the way to the sign-in form and back. */
export async function requireViewer(): Promise<Viewer> {
  const agent = await viewer()
  if (agent) return agent
  const path = (await headers()).get('x-path')
  redirect(`/connexion?${new URLSearchParams({ retour: returnPath(path) }).toString()}`)
}
