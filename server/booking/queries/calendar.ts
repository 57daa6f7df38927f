import ical, { ICalCalendarMethod, ICalEventStatus, type ICalCalendar } from 'ical-generator'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { isCancelled } from '../rules/status'
import { discreet, findRdvByToken, ownStatus, type OwnRdv } from './usager-rdvs'

export type CalendarFile = { filename: string; text: string }

/**
 * The RDV as an iCalendar file, in UTC, with a stable UID: imported again, it replaces itself. No motif when confidential.
 * `others`: the other dates of a series that stand.
 */
export function calendarOf(own: OwnRdv, others: readonly OwnRdv[] = []): CalendarFile {
  const calendar = ical({ prodId: { company: 'RDV Territoires', product: 'rdv', language: 'FR' } })
  calendar.method(isOff(own) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH)
  for (const rdv of [own, ...others]) addEvent(calendar, rdv)
  return { filename: 'rendez-vous.ics', text: calendar.toString() }
}

const isOff = (rdv: OwnRdv): boolean => isCancelled(ownStatus(rdv))

function addEvent(calendar: ICalCalendar, own: OwnRdv): void {
  const rdv = discreet(own)
  const where = [rdv.placeName, rdv.placeAddress].filter((part) => part !== null).join(', ')
  calendar.createEvent({
    id: `${rdv.uuid}@rdv-territoires`,
    sequence: rdv.sequence,
    stamp: rdv.createdAt,
    start: rdv.startAt,
    end: rdv.endAt,
    summary: rdv.isConfidential ? 'Rendez-vous' : `Rendez-vous\u00a0: ${rdv.motifPublicName}`,
    status: isOff(rdv) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(where !== '' && { location: where }),
    ...(rdv.videoUrl !== null && { location: rdv.videoUrl, url: rdv.videoUrl }),
    ...(rdv.phone !== null && { description: `Contact\u00a0: ${rdv.phone}` }),
  })
}

/** By the signed link. Throws `not-found` for a link unknown or revoked. */
export const getIcsByLink = (ctx: Ctx, { token }: { token: string }): Promise<CalendarFile> =>
  inRead(ctx, async (read) => calendarOf(found(await findRdvByToken(read, token))))
