import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { discreet, findRdvByToken, ownStatus, type OwnRdv } from './usager-rdvs'

export type CalendarFile = { filename: string; text: string }

/** The RDV as an iCalendar file, in UTC, with a stable UID: imported again, it replaces itself. No motif when confidential. */
export function calendarOf(own: OwnRdv): CalendarFile {
  const rdv = discreet(own)
  const isCancelled = ['excused', 'revoked'].includes(ownStatus(rdv))
  const calendar = ical({ prodId: { company: 'RDV Territoires', product: 'rdv', language: 'FR' } })
  calendar.method(isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH)
  const where = [rdv.placeName, rdv.placeAddress].filter((part) => part !== null).join(', ')
  calendar.createEvent({
    id: `${rdv.uuid}@rdv-territoires`,
    sequence: rdv.sequence,
    stamp: rdv.createdAt,
    start: rdv.startAt,
    end: rdv.endAt,
    summary: rdv.isConfidential ? 'Rendez-vous' : `Rendez-vous\u00a0: ${rdv.motifPublicName}`,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(where !== '' && { location: where }),
    ...(rdv.videoUrl !== null && { location: rdv.videoUrl, url: rdv.videoUrl }),
    ...(rdv.phone !== null && { description: `Contact\u00a0: ${rdv.phone}` }),
  })
  return { filename: 'rendez-vous.ics', text: calendar.toString() }
}

/** By the signed link. Throws `not-found` for a link unknown or revoked. */
export const getIcsByLink = (ctx: Ctx, { token }: { token: string }): Promise<CalendarFile> =>
  inRead(ctx, async (read) => calendarOf(found(await findRdvByToken(read, token))))
