import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { cancelByLink } from '@/server/booking/commands/cancel-by-link'
import { tokenOf } from '@/server/platform/tokens'
import { sendMessage } from './send-message'
import { tellDigests } from './tell-digests'

const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  await db.execute(sql`update agents set digest = 'none'`)
  await db.execute(sql`delete from captured_messages`)
  here = await makeBookablePlace(db)
})

/** Tuesday 2 March, half past six, then half past seven in the morning, in Paris. */
const [BEFORE, MORNING] = [new Date('2027-03-02T05:30:00Z'), new Date('2027-03-02T06:30:00Z')]
const EVENING = new Date('2027-03-01T17:10:00Z')
const agentId = () => here.agents[0]?.id ?? 0
const chooses = (digest: 'none' | 'morning' | 'evening') =>
  db.execute(sql`update agents set digest = ${digest} where id = ${agentId()}`)

async function booked(at: string) {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(here, new Date(`2027-03-${at}:00Z`)))
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** What is captured once the jobs of this moment have run. */
async function mails(now: Date) {
  await tellDigests(ctxFor(db, { now }))
  const rows = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where news = 'digest' and agent_id = ${agentId()} and state = 'waiting'`,
  )
  for (const { id } of rows) await sendMessage(ctxFor(db, { now }), { messageId: id })
  return [
    ...(await db.execute<{ subject: string; text: string; html: string }>(
      sql`delete from captured_messages returning subject, text, html`,
    )),
  ]
}

test('in the morning, the RDVs of the day, in order, once', async () => {
  await chooses('morning')
  await booked('02T09:30')
  await booked('02T08:00')
  await booked('03T08:00')
  expect(await mails(BEFORE)).toEqual([])
  const [mail, ...others] = await mails(MORNING)
  expect(others).toEqual([])
  expect(mail?.subject).toMatch(/Votre mardi 2\smars\s: 2 RDV$/)
  expect(mail?.text).toMatch(/9\sh\s: .*Léa Martin.*\n10\sh\s30\s: /)
  expect(await mails(new Date(MORNING.getTime() + 600_000))).toEqual([])
})

test('of a confidential motif an hour alone: who, what and where are read in the application', async () => {
  await chooses('morning')
  await booked('02T08:00')
  const { motif, lieu } = here
  await makeSession(db, here, new Date('2027-03-02T13:00:00Z'), { title: 'Atelier parole' })
  await db.execute(sql`update motifs set is_confidential = true, name = 'Victimes de violences' where id = ${motif.id}`)
  await db.execute(sql`update lieux set name = 'Maison des femmes' where id = ${lieu.id}`)
  const [mail] = await mails(MORNING)
  expect(mail?.subject).toMatch(/mardi 2\smars\s: 2 RDV$/)
  expect(mail?.text).toMatch(/\n9\sh\s: RDV\n14\sh\s: RDV\n/)
  expect(mail?.text).toContain('ne sont pas écrits dans cet e-mail')
  for (const words of [mail?.text, mail?.html]) expect(words).not.toMatch(/Léa|Martin|violences|parole|femmes/)
})

test('the evening before, those of the next day', async () => {
  await chooses('evening')
  await booked('02T08:00')
  const [mail] = await mails(EVENING)
  expect(mail?.subject).toMatch(/mardi 2\smars\s: 1 RDV$/)
})

test('a day without RDV, or whose only one was cancelled, is not told', async () => {
  await chooses('morning')
  expect(await mails(MORNING)).toEqual([])
  here = await makeBookablePlace(db)
  await chooses('morning')
  const { linkId } = await booked('02T10:30')
  await db.execute(sql`update territories set cancel_notice_min = 0 where id = ${here.territory.id}`)
  await cancelByLink(ctxFor(db), { token: tokenOf('rdv-link', linkId) })
  expect(await mails(MORNING)).toEqual([])
})

test('whoever does not want it is told nothing, even if they change their mind before it leaves', async () => {
  await booked('02T08:00')
  expect(await mails(MORNING)).toEqual([])
  await chooses('morning')
  await tellDigests(ctxFor(db, { now: MORNING }))
  await chooses('none')
  expect(await mails(MORNING)).toEqual([])
})

test('of an organisation they left, nothing is theirs to read', async () => {
  await chooses('morning')
  await booked('02T08:00')
  const other = await makeBookablePlace(db)
  await db.execute(sql`
    insert into agent_roles (agent_id, territory_id, organisation_id) values (${agentId()}, ${other.territory.id}, ${other.organisation.id})`)
  await db.execute(
    sql`delete from agent_roles where agent_id = ${agentId()} and organisation_id = ${here.organisation.id}`,
  )
  expect(await mails(MORNING)).toEqual([])
})

test('two workers at once write one', async () => {
  await chooses('morning')
  await booked('02T08:00')
  await Promise.all([1, 2, 3].map(() => tellDigests(ctxFor(db, { now: MORNING }))))
  expect(await mails(MORNING)).toHaveLength(1)
})
