import { cookies } from 'next/headers'

const NAME = 'connexion-adresse'
const KEPT_SEC = 600

/** Keeps the e-mail just typed, for this browser and these pages only: it never stands in a URL. */
export async function keepEmail(email: string, isSecure: boolean): Promise<void> {
  const jar = await cookies()
  const options = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/connexion', maxAge: KEPT_SEC } as const
  jar.set(NAME, email.slice(0, 254), options)
}

export const keptEmail = async (): Promise<string> => (await cookies()).get(NAME)?.value ?? ''

export async function dropEmail(): Promise<void> {
  const jar = await cookies()
  jar.set(NAME, '', { path: '/connexion', maxAge: 0 })
}
