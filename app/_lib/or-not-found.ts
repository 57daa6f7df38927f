import { notFound } from 'next/navigation'
import { faultIn } from '@/server/api'

/** The answer of a page's own record, or its « page introuvable »: beyond reach and unknown are the same. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const code = faultIn(error)?.code
    if (code === 'not-found' || code === 'invalid') notFound()
    throw error
  }
}
