import type { AccessEvent } from './access/events'
import type { AccountEvent } from './access/events/accounts'
import {
  onAccountPasswordSet,
  onContactChangeAsked,
  onEmailChangeAsked,
  onLinkRequested,
  onMemberJoined,
  onPlaceOffered,
  onPasswordChanged,
  onSecondFactorRemoved,
  onSecondFactorSet,
} from './access/reactions'
import type { BookingEvent } from './booking/events'
import type { WaitlistEvent } from './booking/events/waitlist'
import { onExportAsked, onStatusSet, onTimeFreed, onTimeFreedByAgent } from './booking/reactions'
import type { CatalogueEvent } from './directory/events/catalogue'
import type { SmsEvent } from './directory/events/sms'
import type { OrganisationsEvent } from './directory/events/organisations'
import {
  byAgent,
  byMover,
  byPerson,
  onArrivalSet,
  onChallengeAsked,
  onExportWritten,
  onMotifSaved,
  onPlanning,
  onRdv,
  onRdvPlaced,
  onSendingSet,
  onSlotOffered,
  onWaitlistJoined,
} from './messaging/reactions'
import type { MessagingEvent } from './messaging/events'
import type { TerritoriesEvent } from './directory/events/territories'
import type { PeopleEvent } from './people/events'
import type { Ctx } from './platform/ctx'
import type { Bound } from './platform/outbox'
import type { SchedulingEvent } from './scheduling/events'

/** Every fact the house knows: each room adds its own. */
type HouseEvent =
  | AccessEvent
  | AccountEvent
  | CatalogueEvent
  | OrganisationsEvent
  | SmsEvent
  | TerritoriesEvent
  | PeopleEvent
  | SchedulingEvent
  | BookingEvent
  | WaitlistEvent
  | MessagingEvent

/** `id`: the event's own, for what is told of it once. */
type Reaction<Event> = (ctx: Ctx, event: Event & { readonly id: number; readonly occurredAt: Date }) => Promise<void>
type Wiring = { [Kind in HouseEvent['kind']]: Readonly<Record<string, Reaction<Extract<HouseEvent, { kind: Kind }>>>> }

/**
 * Who reacts to what, on one page. A kind forgotten or wired to a reaction of another does not compile. Each reaction
 * runs as a job of its own, retried alone under its name here: it may run twice, it never refuses.
 */
export const wiring = {
  'agent.signed-in': {},
  'agent.signed-out': {},
  'agent.link-requested': { sendLink: onLinkRequested, warnOldAddress: onEmailChangeAsked },
  'agent.password-changed': { tellAgent: onPasswordChanged },
  'agent.activated': {},
  'agent.renamed': {},
  'agent.email-changed': {},
  'agent.preferences-set': {},
  'second-factor.set': { tellAgent: onSecondFactorSet },
  'second-factor.removed': { tellAgent: onSecondFactorRemoved },
  'second-factor.recovery-code-used': {},
  'account.challenge-asked': { send: onChallengeAsked, warnAccount: onContactChangeAsked },
  'account.signed-in': {},
  'account.signed-out': {},
  'account.contact-proved': {},
  'account.password-set': { tellPerson: onAccountPasswordSet },
  'account.deleted': {},
  'super-admin.created': {},
  'super-admin.reset': {},
  'super-admin.factor-reset': {},
  'super-admin.disabled': {},
  'super-admin.signed-in': {},
  'super-admin.signed-out': {},
  'impersonation.started': {},
  'impersonation.writing': {},
  'impersonation.ended': {},
  'job.retried': {},
  'member.invited': { tellAgent: onPlaceOffered },
  'member.invitation-ended': {},
  'member.joined': { tellAgent: onMemberJoined },
  'member.left': {},
  'member.role-set': {},
  'member.services-set': {},
  'member.administers-set': {},
  'grant.changed': {},
  'motif.saved': { planReminders: onMotifSaved },
  'motif.deleted': {},
  'lieu.saved': {},
  'lieu.deleted': {},
  'absence.saved': { tellAgent: onPlanning },
  'absence.deleted': { tellAgent: onPlanning },
  'opening.saved': { tellAgent: onPlanning, fillWaitlist: onTimeFreedByAgent },
  'opening.deleted': { tellAgent: onPlanning },
  'openings.closed': { tellAgent: onPlanning },
  'grant.copied': {},
  'grant.copy-undone': {},
  'group.saved': {},
  'group.deleted': {},
  'organisation.saved': {},
  'territory.services-set': {},
  'territory.created': {},
  'territory.impersonated-writes-set': {},
  'territory.video-set': {},
  'territory.waitlist-set': { fillWaitlist: onTimeFreed },
  'territory.sms-set': {},
  'territory.sms-tried': {},
  'territory.mail-set': {},
  'territory.words-set': {},
  'territory.sending-set': { planReminders: onSendingSet },
  'usager.created': {},
  'usager.changed': {},
  'usager.email-taken-off': {},
  'usager.received': {},
  'rdv.booked': { tellUsager: byPerson, tellAgents: onRdv, planReminders: onRdvPlaced },
  'rdv.participation-added': { tellUsager: byPerson, tellAgents: onRdv },
  'rdv.created': { tellUsager: byAgent, tellAgents: onRdv, planReminders: onRdvPlaced },
  'rdv.status-set': {
    ...{ tellUsager: byAgent, tellAgents: onRdv, planReminders: onRdvPlaced },
    fillWaitlist: onStatusSet,
  },
  'rdv.cancelled': {
    ...{ tellUsager: byPerson, tellAgents: onRdv, planReminders: onRdvPlaced },
    fillWaitlist: onTimeFreed,
  },
  'rdv.moved': {
    ...{ tellUsager: byMover, tellAgents: onRdv, planReminders: onRdvPlaced },
    fillWaitlist: onTimeFreedByAgent,
  },
  'rdv.title-set': { tellUsager: byAgent, tellAgents: onRdv },
  'rdvs.readdressed': {},
  'rdv.arrival-set': { tellAgents: onArrivalSet },
  'rdv.told-otherwise': {},
  'rdv.consent-set': {},
  'rdv.replied': {},
  'waitlist.joined': { tellUsager: onWaitlistJoined, fillWaitlist: onTimeFreed },
  'waitlist.ended': {},
  'waitlist.slot-offered': { tellUsager: onSlotOffered },
  'waitlist.told-otherwise': {},
  'waitlist.offer-settled': { fillWaitlist: onTimeFreed },
  'agent.calendar-feed-renewed': {},
  'agent.filters-changed': {},
  'agent.news-seen': {},
  'export.asked': { writeFile: onExportAsked },
  'export.written': { tellAgent: onExportWritten },
  'export.failed': {},
} satisfies Wiring

/** Every reaction of the page, under the kind it is bound to. */
export const bound: readonly Bound[] = Object.entries(wiring).flatMap(([kind, reactions]) =>
  Object.keys(reactions).map((reaction) => ({ kind, reaction })),
)

/** The reaction so named; null when a newer release unbound it. */
export function findReaction(kind: string, name: string): Reaction<unknown> | null {
  const reactions: Readonly<Record<string, unknown>> | undefined = Object.entries(wiring).find(
    ([own]) => own === kind,
  )?.[1]
  const reaction = reactions?.[name]
  // What was stored under this kind is what its constructor made.
  return typeof reaction === 'function' ? (reaction as Reaction<unknown>) : null
}
