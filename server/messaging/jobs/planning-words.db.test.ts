import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { messages, messageWordings, territories } from '@/db/schema'
import { adminOf, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { saveAbsence } from '@/server/booking/commands/save-absence'
import { deleteOpening } from '@/server/booking/commands/save-opening'
import { judgeOpeningDeletion } from '@/server/booking/queries/planning'
import { listOpenings } from '@/server/scheduling/queries/openings'
import { sendMessage } from './send-message'
import { tellPlanning } from './tell-planning'

const { db } = await ownDatabase()
beforeEach(() => db.execute(sql`truncate captured_messages, messages`))

/** An agent, and a colleague who writes their planning. */
async function two() {
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const [mine, other] = place.agents
  if (!mine || !other) throw new Error('no agents')
  const territoryId = place.territory.id
  const scope = { level: 'write', territoryId, organisationIds: 'any', serviceIds: 'any', agentIds: [mine.id] } as const
  const actor = { ...adminOf(place, other.id), scopes: [scope] }
  await db.update(territories).set({ mailSenderName: 'Département du Nord' }).where(eq(territories.id, territoryId))
  return { mine, territoryId, by: { ...ctxFor(db, { actor }), actor } }
}
type Two = Awaited<ReturnType<typeof two>>

const say = (territoryId: number, news: string, wording: { subject: string; body: string }) =>
  db.insert(messageWordings).values({ territoryId, audience: 'agent', news, channel: 'mail', ...wording })

async function writeAbsence({ mine, by }: Two) {
  const outcome = await saveAbsence(by, {
    ...{ agentIds: [mine.id], target: null, kind: 'training', title: 'Formation', color: null, rrule: null },
    ...{ firstDay: '2027-04-06', startMin: 540, lastDay: '2027-04-06', endMin: 720, known: null, fates: [] },
  })
  if (!outcome.ok) throw new Error(outcome.reason)
}

async function deleteTheOpening({ mine, by }: Two) {
  const filter = { agentId: mine.id, period: 'current', motifId: null, lieuId: null, text: '' } as const
  const [opening] = await listOpenings(by, filter)
  if (!opening) throw new Error('no opening')
  const target = { id: opening.id, version: opening.version, scope: 'all', day: opening.firstDay } as const
  const { known } = await judgeOpeningDeletion(by, { target, known: null, fates: [] })
  expect(await deleteOpening(by, { target, known, fates: [] })).toMatchObject({ ok: true })
}

/** The mail the last fact of a planning makes. */
async function told() {
  const [fact] = await db.execute<{ id: number }>(
    sql`select max(id)::float8 as id from events where subject_kind in ('opening', 'absence')`,
  )
  await tellPlanning(ctxFor(db), { eventId: fact?.id ?? 0 })
  const [message] = await db.select().from(messages)
  await sendMessage(ctxFor(db, { now: NOW }), { messageId: message?.id ?? 0 })
  const [mail] = await db.execute<{ sender: string; subject: string; text: string }>(
    sql`select sender, subject, text from captured_messages`,
  )
  return mail && { ...mail, subject: mail.subject.replaceAll('\u00a0', ' '), text: mail.text.replaceAll('\u00a0', ' ') }
}

describe('the words of what others write of an agent’s planning', () => {
  test('are the standard ones while nobody chose others, in the name of the territory', async () => {
    const team = await two()
    await writeAbsence(team)
    const mail = await told()
    expect(mail?.subject).toBe('[test] Une absence a été créée sur votre agenda : mardi 6 avril')
    expect(mail?.text).toMatch(/^Bonjour,\n\nUne absence a été créée sur votre agenda\./)
    expect(mail?.sender).toContain('Département du Nord')
  })

  test('are those its territory chose, variables said, and the recap stays', async () => {
    const team = await two()
    await say(team.territoryId, 'absence-created', {
      subject: 'Absence notée le {date}',
      body: 'Bonjour,\n\n{auteur} a noté « {intitulé} »[ de {horaires}].',
    })
    await writeAbsence(team)
    const mail = await told()
    expect(mail?.subject).toBe('[test] Absence notée le mardi 6 avril')
    expect(mail?.text).toMatch(/^Bonjour,\n\nClaire .* a noté « Formation » de 9 h – 12 h\./)
    expect(mail?.text).toContain('Intitulé : Formation')
  })

  test('of an opening, are those of the territory it is in', async () => {
    const team = await two()
    const elsewhere = await two()
    await say(elsewhere.territoryId, 'opening-deleted', { subject: 'Ailleurs', body: 'Ailleurs' })
    await say(team.territoryId, 'opening-deleted', { subject: 'Plage retirée', body: 'Par {auteur}.' })
    await deleteTheOpening(team)
    expect((await told())?.subject).toBe('[test] Plage retirée')
  })

  test('of an absence of somebody who works in two territories, are nobody’s: the standard ones', async () => {
    const team = await two()
    const elsewhere = await makeBookablePlace(db)
    await db.execute(sql`
      insert into agent_roles (territory_id, organisation_id, agent_id, level)
      values (${elsewhere.territory.id}, ${elsewhere.organisation.id}, ${team.mine.id}, 'basic')`)
    await say(team.territoryId, 'absence-created', { subject: 'Absence notée', body: 'x' })
    await writeAbsence(team)
    const mail = await told()
    expect(mail?.subject).toBe('[test] Une absence a été créée sur votre agenda : mardi 6 avril')
    expect(mail?.sender).not.toContain('Département du Nord')
  })
})
