import { redirect } from 'next/navigation'
import { faultIn, type Caller } from '@/server/api'
import { personApi } from '@/server/person-api'
import { SIGN_IN } from './steps'

/** What a person asks of what is theirs; signed out, the way back in. */
export async function orSignIn<T>(ask: (caller: Caller) => Promise<T>): Promise<T> {
  try {
    return await ask(await personApi())
  } catch (error) {
    if (faultIn(error)?.code === 'unauthenticated') redirect(SIGN_IN)
    throw error
  }
}
