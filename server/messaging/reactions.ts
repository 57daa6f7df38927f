import type { BookingEvent } from '@/server/booking/events'
import type { Ctx } from '@/server/platform/ctx'
import { tellRdv } from './jobs/tell-rdv'

/** An RDV that is new, moved, cancelled or on again: whoever does not know is told. */
export const byPerson = (ctx: Ctx, { subject }: BookingEvent): Promise<void> => told(ctx, subject.id, false)
export const byAgent = (ctx: Ctx, { subject }: BookingEvent): Promise<void> => told(ctx, subject.id, true)

async function told(ctx: Ctx, rdvId: number, isByAgent: boolean): Promise<void> {
  await tellRdv(ctx, { rdvId, byAgent: isByAgent, isSettled: false })
}
