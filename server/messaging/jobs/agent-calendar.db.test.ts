import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { messages } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, heldNow } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { createSeries } from '@/server/booking/commands/create-series'
import { rescheduleRdv } from '@/server/booking/commands/reschedule-rdv'
import { setStatus } from '@/server/booking/commands/set-status'
import { WARNING_KINDS } from '@/server/booking/rules/warnings'
import type { RescheduleRdv } from '@/server/booking/schema'
import { inRead } from '@/server/platform/ctx'
import type { ToAgent } from '../store'
import { rdvMail } from './rdv-mail'
import { sendMessage } from './send-message'
import { tellAgents } from './tell-agents'

/** Tuesday 2 March 2027 at nine in Paris. */
const NINE = new Date('2027-03-02T08:00:00Z')

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
})

async function booked(motif: Parameters<typeof makeBookablePlace>[1] = {}) {
  const place = await makeBookablePlace(db, motif)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  if (!outcome.ok) throw new Error(outcome.reason)
  const [mine] = place.agents
  if (!mine) throw new Error('no agent')
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
  const colleague = await makeAgent(db, here, { firstName: 'Inès', lastName: 'Collègue' })
  const move = async (over: Partial<RescheduleRdv>, by = colleague.id) => {
    const actor = adminOf(place, by)
    const moved = await rescheduleRdv(
      { ...ctxFor(db, { actor }), actor },
      { ...(await heldNow(db, outcome.value.rdvId)), ...over },
    )
    if (!moved.ok) throw new Error(moved.reason)
  }
  return { place, rdvId: outcome.value.rdvId, mine, colleague, move }
}

/** What the calendar of each agent is brought by the mails that waited, which leave. */
async function brought(rdvId: number) {
  await tellAgents(ctxFor(db), { rdvId, isSettled: true })
  const waiting = await db.select().from(messages).where(eq(messages.state, 'waiting')).orderBy(messages.id)
  const mails = []
  for (const message of waiting) {
    const judged = await inRead(ctxFor(db), (read) => rdvMail(read, message as ToAgent & { rdvId: number }))
    if ('why' in judged) throw new Error(judged.why)
    const { to, calendar } = judged.mail
    mails.push({ to, method: calendar?.method, lines: calendar?.text.replaceAll('\r\n ', '').split('\r\n') ?? [] })
    await sendMessage(ctxFor(db), { messageId: message.id })
  }
  return mails
}
type Mail = Awaited<ReturnType<typeof brought>>[number]
const valueOf = (mail: Mail | undefined, name: string) =>
  mail?.lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
const invitees = (mail: Mail | undefined) =>
  mail?.lines.flatMap((line) => /^ATTENDEE;.*mailto:(.*)$/i.exec(line)?.[1] ?? []).sort()

test('a new RDV comes as an invitation to it, without anybody’s name, and with nothing to answer', async () => {
  const { rdvId, mine, place } = await booked()
  const [mail] = await brought(rdvId)
  expect(mail).toMatchObject({ to: mine.email, method: 'REQUEST' })
  expect(mail?.lines).toEqual(
    expect.arrayContaining([
      'METHOD:REQUEST',
      'SEQUENCE:0',
      'DTSTART:20270302T080000Z',
      'DTEND:20270302T083000Z',
      `SUMMARY:RDV ${place.motif.name}`,
      'STATUS:CONFIRMED',
    ]),
  )
  expect(mail?.lines.find((line) => line.startsWith('ATTENDEE'))).toContain('RSVP=FALSE')
  expect(mail?.lines.join('\n')).not.toMatch(/Léa|Martin/)
  const captured = await db.execute<{ has: boolean }>(sql`select has_calendar as has from captured_messages`)
  expect(captured.map(({ has }) => has)).toEqual([true])
})

test('a change, a colleague more, a cancellation: the same UID, a higher sequence, its agents as they are', async () => {
  const { rdvId, mine, colleague, place, move } = await booked()
  const [first] = await brought(rdvId)
  await move({ startAt: new Date('2027-03-02T09:00:00Z'), agentIds: [mine.id, colleague.id] })
  await db.execute(sql`update agents set rdv_notifications = 'all' where id = ${colleague.id}`)
  const moved = await brought(rdvId)
  expect(moved.map(({ to }) => to).sort()).toEqual([mine.email, colleague.email].sort())
  for (const mail of moved) {
    expect(mail.method).toBe('REQUEST')
    expect(invitees(mail)).toEqual([mine.email, colleague.email].sort())
    expect(valueOf(mail, 'UID')).toBe(valueOf(first, 'UID'))
    expect(valueOf(mail, 'SEQUENCE')).toBe('1')
    expect(valueOf(mail, 'DTSTART')).toBe('20270302T090000Z')
  }
  const actor = adminOf(place, colleague.id)
  await setStatus(ctxFor(db, { actor }), { rdvId, from: 'unknown', to: 'revoked' })
  for (const mail of await brought(rdvId)) {
    expect(mail.method).toBe('CANCEL')
    expect(mail.lines).toContain('STATUS:CANCELLED')
    expect(valueOf(mail, 'UID')).toBe(valueOf(first, 'UID'))
    expect(Number(valueOf(mail, 'SEQUENCE'))).toBeGreaterThan(1)
  }
})

test('whoever is taken off it has it taken away at the time they knew, and learns no more of it', async () => {
  const { rdvId, mine, colleague, place, move } = await booked()
  const [first] = await brought(rdvId)
  await move({ startAt: new Date('2027-03-02T09:00:00Z'), agentIds: [colleague.id] })
  const mail = (await brought(rdvId)).find(({ to }) => to === mine.email)
  expect(mail?.method).toBe('CANCEL')
  expect(valueOf(mail, 'UID')).toBe(valueOf(first, 'UID'))
  expect(valueOf(mail, 'DTSTART')).toBe('20270302T080000Z')
  expect(invitees(mail)).toEqual([mine.email])
  expect(mail?.lines.join('\n')).not.toMatch(new RegExp(`${place.motif.name}|Inès|/agent/rdvs/`))
})

test('of a confidential motif, neither what it is for nor where', async () => {
  const { rdvId, place } = await booked({ motif: { isConfidential: true, name: 'Contraception' } })
  const [mail] = await brought(rdvId)
  expect(valueOf(mail, 'SUMMARY')).toBe('RDV')
  expect(mail?.lines.join('\n')).not.toMatch(new RegExp(`Contraception|LOCATION|${place.lieu.name}`))
})

test('whoever left its organisation is brought a time that is taken, and no colleague’s name', async () => {
  const { rdvId, mine, colleague, move } = await booked()
  const elsewhere = await makeBookablePlace(db)
  await move({ agentIds: [mine.id, colleague.id] })
  await db.execute(sql`
    update agent_roles set territory_id = ${elsewhere.territory.id}, organisation_id = ${elsewhere.organisation.id}
    where agent_id = ${mine.id}`)
  const mail = (await brought(rdvId)).find(({ to }) => to === mine.email)
  expect(valueOf(mail, 'SUMMARY')).toBe('RDV')
  expect(invitees(mail)).toEqual([mine.email])
  expect(mail?.lines.join('\n')).not.toMatch(/Inès|LOCATION|\/agent\/rdvs\//)
})

test('several RDVs placed as a series come as a file of all its dates, each its own', async () => {
  const { place, mine, colleague } = await booked()
  const usager = await makeUsager(db, place.territory.id)
  const actor = adminOf(place, colleague.id)
  const outcome = await createSeries(
    { ...ctxFor(db, { actor }), actor },
    {
      ...{ motifId: place.motif.id, lieuId: place.lieu.id, agentIds: [mine.id], usagerIds: [usager.id] },
      dates: [0, 7, 14].map((days) => ({
        startAt: new Date(Date.parse('2027-03-02T09:00:00Z') + days * 86_400_000),
        acknowledged: [...WARNING_KINDS],
      })),
    },
  )
  if (!outcome.ok) throw new Error(JSON.stringify(outcome))
  const { rdvId } = outcome.value
  const [mail] = await brought(rdvId)
  expect(mail?.method).toBe('PUBLISH')
  expect(mail?.lines.filter((line) => line.startsWith('DTSTART:'))).toEqual([
    'DTSTART:20270302T090000Z',
    'DTSTART:20270309T090000Z',
    'DTSTART:20270316T090000Z',
  ])
  expect(new Set(mail?.lines.filter((line) => line.startsWith('UID:'))).size).toBe(3)
  expect(invitees(mail)).toEqual([])
})
