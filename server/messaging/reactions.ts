import type { ChallengeAsked } from '@/server/access/events/accounts'
import type {
  BookingEvent,
  ExportWritten,
  ParticipationAdded,
  RdvArrivalSet,
  RdvBooked,
  RdvCancelled,
  RdvMoved,
} from '@/server/booking/events'
import type { WaitlistJoined, WaitlistSlotOffered } from '@/server/booking/events/waitlist'
import type { motifSaved } from '@/server/directory/events/catalogue'
import type { TerritoriesEvent } from '@/server/directory/events/territories'
import type { Ctx } from '@/server/platform/ctx'
import type { SchedulingEvent } from '@/server/scheduling/events'
import { planReminders } from './jobs/plan-reminders'
import { replanReminders } from './jobs/replan-reminders'
import { sendChallenge } from './jobs/send-challenge'
import { tellAgents } from './jobs/tell-agents'
import { tellArrival } from './jobs/tell-arrival'
import { tellExport } from './jobs/tell-export'
import { tellOffer } from './jobs/tell-offer'
import { tellPlanning } from './jobs/tell-planning'
import { tellRdv } from './jobs/tell-rdv'
import { tellWaiting } from './jobs/tell-waiting'

/** An RDV that is new, moved, cancelled or on again: whoever does not know is told. */
export const byPerson = (
  ctx: Ctx,
  { subject, payload }: RdvBooked | ParticipationAdded | RdvCancelled,
): Promise<void> => told(ctx, subject.id, payload.participationId)
export const byAgent = (ctx: Ctx, { subject }: BookingEvent): Promise<void> => told(ctx, subject.id, null)
export const byMover = (ctx: Ctx, { subject, payload }: RdvMoved): Promise<void> =>
  told(ctx, subject.id, payload.byParticipationId)

async function told(ctx: Ctx, rdvId: number, byParticipationId: number | null): Promise<void> {
  await tellRdv(ctx, { rdvId, byParticipationId, isSettled: false })
}

/** Its agents too, as each chose. */
export async function onRdv(ctx: Ctx, { subject }: BookingEvent): Promise<void> {
  await tellAgents(ctx, { rdvId: subject.id, isSettled: false })
}

/** Somebody is in the waiting room: its agents, if they asked to hear of it. */
export async function onArrivalSet(ctx: Ctx, { id, payload }: RdvArrivalSet & { readonly id: number }): Promise<void> {
  if (payload.isHere) await tellArrival(ctx, { eventId: id })
}

/** Whoever asked for a file, and has not taken it. */
export async function onExportWritten(ctx: Ctx, { id }: ExportWritten & { readonly id: number }): Promise<void> {
  await tellExport(ctx, { eventId: id })
}

/** An agent whose planning somebody wrote. */
export async function onPlanning(ctx: Ctx, { id }: SchedulingEvent & { readonly id: number }): Promise<void> {
  await tellPlanning(ctx, { eventId: id })
}

type At = { readonly occurredAt: Date }

/** An RDV placed, moved, cancelled or on again is reminded of as it now is. */
export async function onRdvPlaced(ctx: Ctx, { subject, occurredAt }: BookingEvent & At): Promise<void> {
  await planReminders(ctx, { rdvId: subject.id, changedAt: occurredAt })
}

/** Those already placed follow what their territory, or their motif, now says. */
export async function onSendingSet(ctx: Ctx, { subject }: TerritoriesEvent): Promise<void> {
  await replanReminders(ctx, { of: 'territory', id: subject.id, after: 0 })
}
export async function onMotifSaved(ctx: Ctx, { subject, payload }: ReturnType<typeof motifSaved>): Promise<void> {
  if (payload.fields.includes('reminderLeadsMin')) {
    await replanReminders(ctx, { of: 'motif', id: subject.id, after: 0 })
  }
}

/** The code or the link somebody asked for, to find what is theirs. */
export const onChallengeAsked = (ctx: Ctx, { subject }: ChallengeAsked): Promise<void> =>
  sendChallenge(ctx, { challengeId: subject.id })

/** Whoever waits hears of the slot they are offered. */
export async function onSlotOffered(ctx: Ctx, { subject }: WaitlistSlotOffered): Promise<void> {
  await tellOffer(ctx, { offerId: subject.id })
}

/** Whoever has no RDV is told that they wait, and where they find it again. */
export async function onWaitlistJoined(ctx: Ctx, { subject, payload }: WaitlistJoined): Promise<void> {
  if (payload.rdvId === null) await tellWaiting(ctx, { entryId: subject.id })
}
