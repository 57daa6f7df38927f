import { AppError } from '@/server/kernel/errors'

/** The error of ours behind what the door threw; null for an accident. */
export function appErrorOf(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  return error instanceof Error && error.cause instanceof AppError ? error.cause : null
}

/** The answer, or null when what was asked for does not exist. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (appErrorOf(error)?.code === 'not-found') return null
    throw error
  }
}
