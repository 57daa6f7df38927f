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
import { calendarName } from '../rules/calendar-names'
import { isCancelled } from '../rules/status'
import { listRecipients, stillComingBy } from './recipients'
import { discreet, findRdvByToken, ownStatus, sessionName, type OwnRdv } from './usager-rdvs'

export type CalendarFile = { filename: string; text: string }

/**
 * The RDV as an iCalendar file, in UTC, with a stable UID: imported again, it replaces itself. No motif when confidential.
 * `isKept`: somebody else of the family still comes; left by one, it stands in their agenda.
 */
export function calendarOf(given: OwnRdv, isKept: boolean): CalendarFile {
  const own = isKept ? standing(given) : given
  const method = isOff(own) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH
  return { filename: 'rendez-vous.ics', text: calendarText(method, [own], null) }
}

/** Who is invited, and what keeps the RDV in their agenda. `forNames`: of whom it is, among those who come; none when that is plain. */
export type Invited = { to: string; isKept: boolean; forNames: readonly string[] }

const standing = (own: OwnRdv): OwnRdv => ({ ...own, participationStatus: own.rdvStatus })

/**
 * The same as a mail brings it: a mail reader puts it into the agenda of its owner, moves it there, takes it away, by its UID
 * and its sequence (RFC 5546, of one RDV at a time). With `others`, the dates of a series that stand, it is a file to import.
 */
export function invitationOf(given: OwnRdv, others: readonly OwnRdv[], invited: Invited): MailCalendar {
  const own = invited.isKept ? standing(given) : given
  if (others.length > 0)
    return { method: 'PUBLISH', text: calendarText(ICalCalendarMethod.PUBLISH, [own, ...others], null) }
  const method = isGone(own) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  return { method, text: calendarText(method, [own], invited) }
}

function calendarText(method: ICalCalendarMethod, rdvs: readonly OwnRdv[], invited: Invited | null): string {
  const calendar = ical({ prodId: { company: 'RDV Territoires', product: 'rdv', language: 'FR' } })
  calendar.method(method)
  for (const rdv of rdvs) addEvent(calendar, rdv, invited)
  return calendar.toString()
}

const isOff = (rdv: OwnRdv): boolean => isCancelled(ownStatus(rdv))
/** One moved into the past is told as cancelled: a calendar that kept it at its old hour would send somebody there. */
const isGone = (rdv: OwnRdv): boolean => isOff(rdv) || rdv.endAt <= rdv.readAt

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

/** Whoever is invited has nothing to answer. Null in a file. */
function addEvent(calendar: ICalCalendar, own: OwnRdv, invited: Invited | null): void {
  const rdv = discreet(own)
  const forNames = invited && !isGone(rdv) ? invited.forNames : []
  const about = [
    ...(forNames.length > 0 ? [`Pour ${LIST.format(forNames)}`] : []),
    ...(rdv.phone === null ? [] : [`Contact\u00a0: ${rdv.phone}`]),
  ]
  const where = [rdv.placeName, rdv.placeAddress].filter((part) => part !== null).join(', ')
  calendar.createEvent({
    id: `${rdv.uuid}@rdv-territoires`,
    sequence: rdv.sequence,
    stamp: rdv.readAt,
    start: rdv.startAt,
    end: rdv.endAt,
    summary: rdv.isConfidential ? 'Rendez-vous' : `Rendez-vous\u00a0: ${sessionName(rdv)}`,
    status: (invited === null ? isOff(rdv) : isGone(rdv)) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(invited !== null && {
      organizer: { name: calendarName(rdv.organisationName), email: senderAddress() },
      attendees: [{ email: invited.to, rsvp: false, status: ICalAttendeeStatus.ACCEPTED, role: ICalAttendeeRole.REQ }],
    }),
    ...(where !== '' && { location: where }),
    ...(rdv.videoUrl !== null && { location: rdv.videoUrl, url: rdv.videoUrl }),
    ...(about.length > 0 && { description: about.join('\n') }),
  })
}

/** By the signed link. Throws `not-found` for a link unknown or revoked. */
export const getIcsByLink = (ctx: Ctx, { token }: { token: string }): Promise<CalendarFile> =>
  inRead(ctx, async (read) => {
    const own = found(await findRdvByToken(read, token))
    const all = await listRecipients(read, [own.rdvId])
    const address = all.find(({ participationId }) => participationId === own.participationId)?.mailAddress ?? null
    return calendarOf(own, stillComingBy(all, address).length > 0)
  })
