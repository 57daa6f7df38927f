import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { messages } from '@/db/schema'
import { adminOf, ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeOpening } from '@/db/testing/make'
import { judgeAbsence } from '@/server/booking/queries/away'
import { judgeOpeningDeletion } from '@/server/booking/queries/planning'
import { deleteOpening } from '@/server/booking/commands/save-opening'
import { removeAgent } from '@/server/booking/commands/remove-agent'
import { saveAbsence } from '@/server/booking/commands/save-absence'
import type { SaveAbsence } from '@/server/booking/schema'
import type { AgentActor } from '@/server/kernel/actor'
import { deleteAbsence } from '@/server/scheduling/commands/delete-absence'
import { listAbsences } from '@/server/scheduling/queries/absences'
import { listOpenings } from '@/server/scheduling/queries/openings'
import { inRead } from '@/server/platform/ctx'
import { planningMail } from './planning-mail'
import { purgeMessages } from './purge-messages'
import { sendMessage } from './send-message'
import { tellPlanning } from './tell-planning'

const { db } = await ownDatabase({ poolSize: 12 })
let heardUpTo = 0
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
  const [last] = await db.execute<{ id: number }>(sql`select coalesce(max(id), 0)::float8 as id from events`)
  heardUpTo = last?.id ?? 0
})

/** An agent, and a secretary who may write on their agenda; each save at its own instant. */
async function team() {
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
  const secretary = await makeAgent(db, here, { firstName: 'Paul', isSecretary: true })
  const [mine, other] = place.agents
  if (!mine || !other) throw new Error('no agents')
  const scope = { level: 'write', territoryId: place.territory.id, organisationIds: 'any', serviceIds: 'any' } as const
  const scopes = [{ ...scope, agentIds: [mine.id, other.id] }]
  return { mine, other, as: (agentId: number) => asOf({ ...adminOf(place, agentId), scopes }), secretary }
}
const setLevel = (to: Db, agentId: number, { opening = 'others', absence = 'others' }) =>
  to.execute(sql`
    update agents set opening_notifications = ${opening}, absence_notifications = ${absence} where id = ${agentId}`)
type PlanningMessage = Parameters<typeof planningMail>[1]
let minutes = 0
const asOf = (actor: AgentActor) => {
  const now = new Date(NOW.getTime() + ++minutes * 60_000)
  return { ...ctxFor(db, { actor, now }), actor }
}

const away = (agentIds: number[], over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  ...{ agentIds, target: null, kind: 'training', title: 'Formation', color: null },
  ...{ firstDay: '2027-04-06', startMin: 0, lastDay: '2027-04-06', endMin: 1440, rrule: null, known: null, fates: [] },
  ...over,
})
async function save(ctx: ReturnType<typeof asOf>, input: SaveAbsence) {
  const { known } = await judgeAbsence(ctx, input)
  const outcome = await saveAbsence(ctx, { ...input, known })
  if (!outcome.ok) throw new Error(outcome.reason)
}

/** Hears every fact of planning of this test, twice, by two workers, and sends what waits: what was written, to whom. */
async function told() {
  const facts = await db.execute<{ id: number }>(
    sql`select id::float8 as id from events where (subject_kind in ('opening', 'absence') or kind = 'openings.closed') and id > ${heardUpTo} order by id`,
  )
  for (const { id } of facts) {
    await Promise.all([1, 2].map(() => tellPlanning(ctxFor(db), { eventId: id })))
  }
  const waiting = await db.select().from(messages).where(eq(messages.state, 'waiting')).orderBy(messages.id)
  const calendars: string[] = []
  for (const message of waiting) {
    const judged = await inRead(ctxFor(db), (read) => planningMail(read, message as PlanningMessage))
    if ('mail' in judged) calendars.push(judged.mail.calendar?.text.replaceAll('\r\n ', '') ?? '')
    await sendMessage(ctxFor(db), { messageId: message.id })
  }
  const rows = await db.execute<{ recipient: string; subject: string; text: string }>(
    sql`select recipient, subject, text from captured_messages order by id`,
  )
  await db.execute(sql`delete from captured_messages`)
  return rows.map((row, i) => ({
    ...{ ...row, text: row.text.replaceAll(/[\u00a0\u202f]/g, ' ') },
    calendar: calendars[i]?.split('\r\n') ?? [],
  }))
}
const ofCalendar = (mail: { calendar: string[] } | undefined, ...names: string[]) =>
  mail?.calendar.filter((line) => names.some((name) => line.startsWith(`${name}:`)))

describe('what somebody else writes of an agent’s absences', () => {
  test('created for two agents by one of them: the other alone is told, once', async () => {
    const { mine, other, as } = await team()
    await save(as(other.id), away([mine.id, other.id]))
    const mails = await told()
    expect(mails.map(({ recipient }) => recipient)).toEqual([mine.email])
    expect(mails[0]?.subject).toContain('Une absence a été créée sur votre agenda')
    expect(mails[0]?.text).toContain('Intitulé : Formation')
    expect(mails[0]?.text).toContain('Quand : mardi 6 avril 2027')
    expect(mails[0]?.text).toContain('Par : Claire')
    expect(ofCalendar(mails[0], 'METHOD', 'SEQUENCE', 'DTSTART;VALUE=DATE')).toEqual([
      'METHOD:REQUEST',
      'SEQUENCE:1',
      'DTSTART;VALUE=DATE:20270406',
    ])
    expect(await told()).toEqual([])
  })

  test('changed from one date on is one mail, though it makes two absences; deleted, it is named', async () => {
    const { mine, secretary, as } = await team()
    const weekly = { rrule: 'FREQ=WEEKLY;BYDAY=TU' }
    await save(as(mine.id), away([mine.id], weekly))
    expect(await told()).toEqual([])
    const find = () => listAbsences(asOf(adminOfMine), { agentId: mine.id, period: 'current' })
    const adminOfMine = await signedInAs(db, mine.id)
    const [first] = await find()
    if (!first) throw new Error('no absence')
    const target = { id: first.id, version: first.version, scope: 'following', day: '2027-04-13' } as const
    await save(
      as(secretary.id),
      away([mine.id], { ...weekly, target, startMin: 540, firstDay: '2027-04-13', lastDay: '2027-04-13' }),
    )
    const changes = await told()
    expect(changes.map(({ subject }) => subject.includes('Une de vos absences a changé'))).toEqual([true])
    expect(ofCalendar(changes[0], 'METHOD', 'RRULE', 'SEQUENCE')).toEqual([
      'METHOD:PUBLISH',
      ...['SEQUENCE:2', 'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270412'],
      ...['SEQUENCE:1', 'RRULE:FREQ=WEEKLY;BYDAY=TU'],
    ])
    for (const { id, version, firstDay } of await find()) {
      const gone = { target: { id, version, scope: 'all', day: firstDay } } as const
      expect(await deleteAbsence(as(secretary.id), gone)).toMatchObject({ ok: true })
    }
    const deletions = await told()
    expect(deletions).toHaveLength(2)
    expect(deletions.map((mail) => ofCalendar(mail, 'METHOD', 'SEQUENCE', 'STATUS'))).toEqual([
      ['METHOD:CANCEL', 'SEQUENCE:3', 'STATUS:CANCELLED'],
      ['METHOD:CANCEL', 'SEQUENCE:2', 'STATUS:CANCELLED'],
    ])
    for (const { subject, text } of deletions) {
      expect(subject).toContain('Une de vos absences a été supprimée')
      expect(text).toContain('Intitulé : Formation')
    }
  })

  test('is told of its author’s own doing to whoever asked for all of it, with nobody to answer', async () => {
    const { mine, as } = await team()
    await setLevel(db, mine.id, { absence: 'all' })
    await save(as(mine.id), away([mine.id]))
    const [mail] = await told()
    expect(mail).toMatchObject({ recipient: mine.email })
    expect(mail?.text).toContain('Par : vous')
    expect(mail?.text).not.toContain('Répondre à cet e-mail')
  })

  test('is told at the last minute alone to whoever asked so: a date of today or tomorrow, before or after', async () => {
    const { mine, secretary, as } = await team()
    await setLevel(db, mine.id, { absence: 'soon' })
    // It is the first of March.
    const [today, later] = ['2027-03-01', '2027-03-04']
    const on = (day: string) => ({ firstDay: day, lastDay: day })
    await save(as(secretary.id), away([mine.id], on(later)))
    expect(await told()).toEqual([])
    await save(as(mine.id), away([mine.id], on(today)))
    expect(await told()).toEqual([])
    const [soon, far] = await Promise.all(
      [today, later].map(async (day) => {
        const me = asOf(await signedInAs(db, mine.id))
        const lines = await listAbsences(me, { agentId: mine.id, period: 'current' })
        return lines.find(({ firstDay }) => firstDay === day)
      }),
    )
    if (!soon || !far) throw new Error('no absence')
    const of = ({ id, version, firstDay }: typeof soon) => ({ id, version, scope: 'all', day: firstDay }) as const
    await save(as(secretary.id), away([mine.id], { ...on('2027-03-05'), target: of(far) }))
    expect(await told()).toEqual([])
    await save(as(secretary.id), away([mine.id], { ...on('2027-05-04'), target: of(soon) }))
    expect((await told()).map(({ subject }) => subject.includes('Une de vos absences a changé'))).toEqual([true])
    await save(as(secretary.id), away([mine.id], { ...on('2027-03-02'), target: { ...of(soon), version: 2 } }))
    expect(await told()).toHaveLength(1)
    expect(await deleteAbsence(as(secretary.id), { target: { ...of(soon), version: 3 } })).toMatchObject({ ok: true })
    expect((await told()).map(({ subject }) => subject.includes('Une de vos absences a été supprimée'))).toEqual([true])
  })

  test('is kept from whoever wants no mail, before it is written or before it leaves', async () => {
    const { mine, other, as } = await team()
    await setLevel(db, mine.id, { absence: 'none' })
    await save(as(other.id), away([mine.id]))
    expect(await told()).toEqual([])
    await setLevel(db, mine.id, { absence: 'others' })
    await save(as(other.id), away([mine.id], { firstDay: '2027-05-04', lastDay: '2027-05-04' }))
    const [last] = await db.execute<{ id: number }>(sql`select max(id)::float8 as id from events`)
    await tellPlanning(ctxFor(db), { eventId: last?.id ?? 0 })
    await setLevel(db, mine.id, { absence: 'none' })
    expect(await told()).toEqual([])
    const rows = await db.execute<{ failure: string }>(sql`select failure from messages where agent_id = ${mine.id}`)
    expect(rows.map(({ failure }) => failure)).toEqual(['muted'])
  })
})

test('what was told of a planning is forgotten after thirty days', async () => {
  const { mine, other, as } = await team()
  await save(as(other.id), away([mine.id]))
  await told()
  const count = async () => (await db.execute(sql`select from messages where agent_id = ${mine.id}`)).length
  const after = (days: number) => ctxFor(db, { now: new Date(NOW.getTime() + days * 86_400_000) })
  await purgeMessages(after(29))
  expect(await count()).toBe(1)
  await purgeMessages(after(31))
  expect(await count()).toBe(0)
})

test('an opening somebody takes away is told to its agent, by its name', async () => {
  const { mine, other, as } = await team()
  const me = asOf(await signedInAs(db, mine.id))
  const filter = { agentId: mine.id, period: 'current', motifId: null, lieuId: null, text: '' } as const
  const [opening] = await listOpenings(me, filter)
  if (!opening) throw new Error('no opening')
  const target = { id: opening.id, version: opening.version, scope: 'all', day: opening.firstDay } as const
  const ctx = as(other.id)
  const { known } = await judgeOpeningDeletion(ctx, { target, known: null, fates: [] })
  expect(await deleteOpening(ctx, { target, known, fates: [] })).toMatchObject({ ok: true })
  const [mail] = await told()
  expect(mail).toMatchObject({ recipient: mine.email })
  expect(mail?.subject).toContain('Une de vos plages d’ouverture a été supprimée')
  expect(mail?.text).toContain('Intitulé : Permanence')
  expect(ofCalendar(mail, 'METHOD', 'UID')).toEqual(['METHOD:CANCEL', `UID:plage-${opening.id}@rdv-territoires`])
})

describe('openings closed because their agent left an organisation', () => {
  /** An agent of two organisations, whose openings in the second offer a motif of the first too; and an admin. */
  async function leaving() {
    const place = await makeBookablePlace(db)
    const elsewhere = await makeBookablePlace(db, { within: place })
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
    const admin = await makeAgent(db, here, { firstName: 'Paul', lastName: 'Admin', level: 'admin' })
    const [mine] = place.agents
    if (!mine) throw new Error('no agent')
    const worksElsewhere = async () => {
      await db.execute(sql`
        insert into agent_roles (territory_id, organisation_id, agent_id, level)
        values (${place.territory.id}, ${elsewhere.organisation.id}, ${mine.id}, 'basic')`)
      const there = { territoryId: place.territory.id, organisationId: elsewhere.organisation.id, agentId: mine.id }
      const motifIds = [elsewhere.motif.id, place.motif.id]
      await makeOpening(db, { ...there, lieuId: elsewhere.lieu.id, motifIds })
    }
    const leave = async (by = admin.id) => {
      const ctx = asOf(await signedInAs(db, by))
      const one = { organisationId: place.organisation.id, agentId: mine.id, acknowledged: ['future-rdvs' as const] }
      expect(await removeAgent(ctx, one)).toMatchObject({ ok: true })
    }
    return { place, mine, worksElsewhere, leave }
  }

  test('are told to them once, with what their other openings lost', async () => {
    const { place, mine, worksElsewhere, leave } = await leaving()
    await worksElsewhere()
    const [{ openingId } = { openingId: 0 }] = await db.execute<{ openingId: number }>(sql`
      select id::float8 as "openingId" from openings where agent_id = ${mine.id} and organisation_id = ${place.organisation.id}`)
    await leave()
    const mails = await told()
    expect(mails.map(({ recipient }) => recipient)).toEqual([mine.email])
    expect(mails[0]?.subject).toContain('Vos plages d’ouverture ont été fermées')
    expect(mails[0]?.text).toContain(`Organisation : ${place.organisation.name}`)
    expect(mails[0]?.text).toContain('Plages fermées : 1')
    expect(mails[0]?.text).toContain('Vos plages ailleurs ne proposent plus ses motifs.')
    expect(mails[0]?.text).toContain('Par : Paul Admin')
    expect(ofCalendar(mails[0], 'METHOD', 'UID', 'SEQUENCE')).toEqual([
      'METHOD:CANCEL',
      `UID:plage-${openingId}@rdv-territoires`,
      'SEQUENCE:2',
    ])
    expect(await told()).toEqual([])
  })

  test('are told neither to who works nowhere any more, nor to who wants no mail of their openings', async () => {
    const alone = await leaving()
    await alone.leave()
    const silent = await leaving()
    await silent.worksElsewhere()
    await setLevel(db, silent.mine.id, { opening: 'none' })
    await silent.leave()
    expect(await told()).toEqual([])
  })

  test('are told at the last minute when the next date of one of them is near', async () => {
    for (const [firstDay, count] of [
      ['2027-04-30', 0],
      ['2027-03-02', 1],
    ] as const) {
      const { mine, worksElsewhere, leave } = await leaving()
      await worksElsewhere()
      await setLevel(db, mine.id, { opening: 'soon' })
      await db.execute(
        sql`update openings set first_day = ${firstDay}, rrule = null, last_day = ${firstDay} where agent_id = ${mine.id}`,
      )
      await leave()
      expect(await told()).toHaveLength(count)
    }
  })

  test('by their own hand are no news to them', async () => {
    const { mine, place, worksElsewhere, leave } = await leaving()
    await worksElsewhere()
    await db.execute(sql`
      update agent_roles set level = 'admin' where agent_id = ${mine.id} and organisation_id = ${place.organisation.id}`)
    await leave(mine.id)
    expect(await told()).toEqual([])
  })
})
