import { expect, test } from 'vitest'
import { calendarOf, invitationOf } from './calendar'
import type { OwnRdv } from './usager-rdvs'

const rdv: OwnRdv = {
  ...{
    rdvId: 1,
    territoryId: 1,
    participationId: 1,
    linkId: 1,
    uuid: '0d2b8a5e-1111-4222-8333-444455556666',
    sequence: 3,
  },
  ...{ isVisible: true, usagerMayCancel: true, participationStatus: 'unknown', rdvStatus: 'unknown', title: null },
  ...{ isConfidential: false, motifPublicName: 'Pesée', serviceName: 'PMI', serviceShortName: 'PMI', smsLabel: null },
  ...{ territoryName: 'Pas-de-Calais', organisationName: 'Centre PMI de Béthune', zone: 'Europe/Paris' },
  ...{ placeName: 'Centre PMI', placeAddress: '1 rue de la Paix', placeHours: null, accessibilityNote: null },
  ...{ locationType: 'public_office', videoUrl: null, phone: '0300000000', instructions: null, cancelWarning: null },
  ...{ usagerMayMove: true, motifId: 1, lieuId: 1, authorKind: 'usager', agentCount: 1, isMotifLive: true },
  agentNames: null,
  ...{ bookableBy: 'everyone', isFollowUp: false, sectorisationLevel: 'departement' },
  ...{ cancelNoticeMin: 0, isCollective: false, forFirstName: 'Noé' },
  startAt: new Date('2027-03-02T09:00:00Z'),
  endAt: new Date('2027-03-02T09:30:00Z'),
  readAt: new Date('2027-02-01T09:00:00Z'),
}
const LEA = { to: 'lea@example.org', isKept: false, forNames: [] }
const lines = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

test('a mail brings an invitation that stands for itself: its UID, its sequence, who asks, nothing to answer', () => {
  const { method, text } = invitationOf(rdv, [], LEA)
  expect(method).toBe('REQUEST')
  expect(lines(text)).toEqual(
    expect.arrayContaining([
      'METHOD:REQUEST',
      'UID:0d2b8a5e-1111-4222-8333-444455556666@rdv-territoires',
      'SEQUENCE:3',
      'ORGANIZER;CN="Centre PMI de Béthune":mailto:ne-pas-repondre@rdv-territoires.example',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:MAILTO:lea@example.org',
    ]),
  )
})

test('cancelled, by the service or by the person alone, it takes itself away under the same UID', () => {
  for (const off of [{ rdvStatus: 'revoked' }, { participationStatus: 'excused' }] as const) {
    const { method, text } = invitationOf({ ...rdv, ...off, sequence: 4 }, [], LEA)
    expect(method).toBe('CANCEL')
    expect(lines(text)).toEqual(
      expect.arrayContaining([
        'METHOD:CANCEL',
        'STATUS:CANCELLED',
        'SEQUENCE:4',
        'UID:0d2b8a5e-1111-4222-8333-444455556666@rdv-territoires',
      ]),
    )
  }
})

test('moved into the past, it takes itself away too, and says of when it is', () => {
  const { method, text } = invitationOf({ ...rdv, readAt: new Date('2027-03-02T09:30:00Z') }, [], LEA)
  expect(method).toBe('CANCEL')
  expect(lines(text)).toEqual(expect.arrayContaining(['STATUS:CANCELLED', 'DTSTAMP:20270302T093000Z']))
})

test('a series, and a file taken from a page, are imported: nobody is invited', () => {
  const other = { ...rdv, uuid: 'f2b8a5e0-1111-4222-8333-444455556666' }
  const series = invitationOf(rdv, [other], LEA)
  expect(series.method).toBe('PUBLISH')
  expect(lines(series.text).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2)
  for (const text of [series.text, calendarOf(rdv, false).text]) expect(text).not.toContain('ATTENDEE')
})

test('an organisation with quotes in its name is named by quotes a calendar may hold', () => {
  const { text } = invitationOf({ ...rdv, organisationName: 'Centre "Les Lilas"' }, [], LEA)
  const organizer = lines(text).find((line) => line.startsWith('ORGANIZER'))
  expect(organizer).toBe('ORGANIZER;CN="Centre «\u00a0Les Lilas\u00a0»":mailto:ne-pas-repondre@rdv-territoires.example')
})

test('a confidential motif names neither what it is for nor who receives', () => {
  const { text } = invitationOf({ ...rdv, isConfidential: true, motifPublicName: 'Contraception' }, [], LEA)
  expect(text).not.toMatch(/Contraception|Béthune|Centre PMI/)
})
