import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { messageWordings } from '@/db/schema'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { consentPathOf } from '@/server/people/queries/consents'
import { sendMessage } from '../jobs/send-message'
import { tellAgents } from '../jobs/tell-agents'
import { tellAs } from '@/db/testing/tell'

const { db } = await ownDatabase()
beforeEach(() => db.execute(sql`delete from captured_messages`))

async function told(place: BookablePlace) {
  const question = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: true })
  await db.execute(sql`update agents set rdv_notifications = 'all'`)
  await tellAgents(ctxFor(db), { rdvId, isSettled: true })
  return rdvId
}

/** What leaves, once what waits has been sent. */
async function sent(rdvId: number) {
  const rows = await db.execute<{ id: number; recipient: string; who: string }>(sql`
    select id::float8 as id, recipient, case when agent_id is null then channel else 'agent' end as who
    from messages where rdv_id = ${rdvId} and state = 'waiting' order by id`)
  for (const { id } of rows) await sendMessage(ctxFor(db, { now: NOW }), { messageId: id })
  const kept = await db.execute<{
    recipient: string
    sender: string
    subject: string | null
    text: string
    html: string
  }>(sql`select recipient, sender, subject, text, html from captured_messages`)
  return Object.fromEntries(rows.map(({ recipient, who }) => [who, kept.find((one) => one.recipient === recipient)]))
}

const say = (values: Partial<typeof messageWordings.$inferInsert> & { territoryId: number }) =>
  db.insert(messageWordings).values({ audience: 'usager', news: 'created', channel: 'sms', body: 'x', ...values })

test('a message is written in the words of its motif, else of its territory, else in the standard ones, when it leaves', async () => {
  const place = await makeBookablePlace(db)
  const territoryId = place.territory.id
  const rdvId = await told(place)
  await say({ territoryId, body: 'Territoire : {date} {heure} {lien}' })
  await say({ territoryId, motifId: place.motif.id, body: 'Motif : {date} {heure} {lien}' })
  await say({ territoryId, channel: 'mail', subject: 'Le {date}', body: 'Bonjour,\n\nle <{territoire}> vous attend.' })
  await say({
    territoryId,
    audience: 'agent',
    news: 'placed',
    channel: 'mail',
    subject: 'Tiens, {date}',
    body: 'Par {auteur}.',
  })
  // Of another territory, and of another event: not theirs.
  const other = await makeBookablePlace(db)
  await say({ territoryId: other.territory.id, body: 'Ailleurs {lien}' })
  await say({ territoryId, news: 'moved', motifId: place.motif.id, body: 'Changé {lien}' })

  const { sms, mail, agent } = await sent(rdvId)
  expect(sms?.text).toMatch(/^\[test\] Motif : mardi 2 mars 9 h http/)
  expect(mail?.subject?.replaceAll('\u00a0', ' ')).toBe('[test] Le mardi 2 mars')
  expect(mail?.text).toContain(`le <${place.territory.name}> vous attend.`)
  expect(mail?.html).toContain('&gt; vous attend.</p>')
  expect(mail?.html).toContain('<th scope="row"')
  expect(agent?.subject?.replaceAll('\u00a0', ' ')).toBe('[test] Tiens, mardi 2 mars')
  expect(agent?.text).toContain('Par l’usager, en ligne.')

  await db.execute(sql`delete from message_wordings where motif_id is not null`)
  expect((await sent(await told(other))).sms?.text).toContain('Ailleurs')
})

test('a confidential RDV gets neutral words whatever is asked', async () => {
  const place = await makeBookablePlace(db, { motif: { isConfidential: true, name: 'Contraception' } })
  await say({ territoryId: place.territory.id, body: 'RDV[ {motif}] {date} {heure} {motif} {lieu} {lien}' })
  const { sms } = await sent(await told(place))
  expect(sms?.text).toMatch(/RDV mardi 2 mars/)
  for (const secret of ['Contraception', place.lieu.name, place.service.name]) expect(sms?.text).not.toContain(secret)
})

test('e-mails leave under the name of their territory, and an answer goes where it says', async () => {
  const place = await makeBookablePlace(db)
  await db.execute(
    sql`update territories set mail_sender_name = 'Département du Test' where id = ${place.territory.id}`,
  )
  const { mail, agent } = await sent(await told(place))
  expect([mail?.sender, agent?.sender]).toEqual(
    Array(2).fill('Département du Test <ne-pas-repondre@rdv-territoires.example>'),
  )
})

test('an e-mail to a person says where they stop them, the link of whoever it is written to; one to an agent does not', async () => {
  const place = await makeBookablePlace(db)
  const rdvId = await told(place)
  const [row] = await db.execute<{ id: number; email: string }>(sql`
    select u.id::float8 as id, u.email from participations p join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId}`)
  const { mail, agent, sms } = await sent(rdvId)
  const path = consentPathOf(row?.id ?? 0, row?.email ?? '')
  expect(mail?.text).toContain(path)
  expect(mail?.html).toContain(path)
  expect([agent?.text, sms?.text].join()).not.toContain('/m/')
})
