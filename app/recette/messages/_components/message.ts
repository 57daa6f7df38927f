import type { api } from '@/server/api'

type Caller = Awaited<ReturnType<typeof api>>

/** A mail or an SMS that was kept instead of being sent. */
export type Message = Awaited<ReturnType<Caller['access']['capturedMessages']>>[number]
