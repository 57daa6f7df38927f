import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalCalendar,
} from 'ical-generator'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { senderAddress, type MailCalendar } from '@/server/platform/mail'
import { isCancelled } from '../rules/status'
import { discreet, findRdvByToken, ownStatus, sessionName, type OwnRdv } from './usager-rdvs'

export type CalendarFile = { filename: string; text: string }

/** The RDV as an iCalendar file, in UTC, with a stable UID: imported again, it replaces itself. No motif when confidential. */
export function calendarOf(own: OwnRdv): CalendarFile {
  const method = isOff(own) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH
  return { filename: 'rendez-vous.ics', text: calendarText(method, [own], null) }
}

/**
 * The same as a mail brings it: a mail reader puts it into the agenda of its owner, moves it there, takes it away, by its UID
 * and its sequence (RFC 5546, of one RDV at a time). With `others`, the dates of a series that stand, it is a file to import.
 */
export function invitationOf(own: OwnRdv, others: readonly OwnRdv[], to: string): MailCalendar {
  if (others.length > 0)
    return { method: 'PUBLISH', text: calendarText(ICalCalendarMethod.PUBLISH, [own, ...others], null) }
  const method = isGone(own) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  return { method, text: calendarText(method, [own], to) }
}

function calendarText(method: ICalCalendarMethod, rdvs: readonly OwnRdv[], to: string | null): string {
  const calendar = ical({ prodId: { company: 'RDV Territoires', product: 'rdv', language: 'FR' } })
  calendar.method(method)
  for (const rdv of rdvs) addEvent(calendar, rdv, to)
  return calendar.toString()
}

const isOff = (rdv: OwnRdv): boolean => isCancelled(ownStatus(rdv))
/** One moved into the past is told as cancelled: a calendar that kept it at its old hour would send somebody there. */
const isGone = (rdv: OwnRdv): boolean => isOff(rdv) || rdv.endAt <= rdv.readAt

/** `to`: who is invited; they have nothing to answer. Null in a file. */
function addEvent(calendar: ICalCalendar, own: OwnRdv, to: string | null): void {
  const rdv = discreet(own)
  const where = [rdv.placeName, rdv.placeAddress].filter((part) => part !== null).join(', ')
  calendar.createEvent({
    id: `${rdv.uuid}@rdv-territoires`,
    sequence: rdv.sequence,
    stamp: rdv.readAt,
    start: rdv.startAt,
    end: rdv.endAt,
    summary: rdv.isConfidential ? 'Rendez-vous' : `Rendez-vous\u00a0: ${sessionName(rdv)}`,
    status: (to === null ? isOff(rdv) : isGone(rdv)) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(to !== null && {
      organizer: { name: rdv.organisationName, email: senderAddress() },
      attendees: [{ email: to, rsvp: false, status: ICalAttendeeStatus.ACCEPTED, role: ICalAttendeeRole.REQ }],
    }),
    ...(where !== '' && { location: where }),
    ...(rdv.videoUrl !== null && { location: rdv.videoUrl, url: rdv.videoUrl }),
    ...(rdv.phone !== null && { description: `Contact\u00a0: ${rdv.phone}` }),
  })
}

/** By the signed link. Throws `not-found` for a link unknown or revoked. */
export const getIcsByLink = (ctx: Ctx, { token }: { token: string }): Promise<CalendarFile> =>
  inRead(ctx, async (read) => calendarOf(found(await findRdvByToken(read, token))))
