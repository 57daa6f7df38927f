import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { listRdvHistory } from '@/server/booking/queries/rdv-history'
import { inboundAddress } from '@/server/platform/mail-in/addresses'
import { forwardReply } from './forward-reply'
import { purgeMessages } from './purge-messages'
import { sendMessage } from './send-message'
import { takeMail } from './take-mail'
import { tellAs } from '@/db/testing/tell'
import { mailsComeIn, SUPPORT } from '../replies.test-model'

const NINE = new Date('2027-03-02T08:00:00Z')
const DAY_MS = 86_400_000

const { db } = await ownDatabase({ poolSize: 12 })
let mails = 0
mailsComeIn()

/** Somebody told of their RDV by a mail, the agent they see, and the address that mail is answered at. */
async function told() {
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, NINE)
  const email = `${question.bookingKey}@example.org`
  const person = { ...question.coordinates.person, email }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  const [message] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where rdv_id = ${rdvId} and channel = 'mail'`,
  )
  await sendMessage(ctxFor(db), { messageId: message?.id ?? 0 })
  await db.execute(sql`delete from captured_messages`)
  const [agent] = place.agents
  if (!agent?.email) throw new Error('no agent')
  const to = inboundAddress('mail-replies', message?.id ?? 0) ?? ''
  const history = () => listRdvHistory(ctxFor(db, { actor: adminOf(place, agent.id) }), { rdvId })
  return { place, rdvId, email, agent: { ...agent, email: agent.email }, to, history }
}

type Given = { from?: string; id?: string; head?: string[]; body?: string; now?: Date; envelopeTo?: string | null }
const answer = (
  to: string,
  {
    from = 'lea@example.org',
    id = `${String(mails++)}@example.org`,
    head = [],
    body = 'Je serai en retard.',
    now = NOW,
    envelopeTo = null,
  }: Given = {},
) => {
  const raw = [`From: ${from}`, `To: ${to}`, `Message-ID: <${id}>`, 'Subject: Re: RDV', ...head, '', body].join('\r\n')
  return takeMail(ctxFor(db, { now }), { raw: Buffer.from(raw), envelopeTo })
}

/** What the jobs that wait forward, once they have run: to whom, in plain spaces. */
async function forwarded() {
  const jobs = await db.execute<{ id: number }>(sql`select id::float8 as id from reply_forwards order by id`)
  for (const { id } of jobs) await forwardReply(ctxFor(db), { forwardId: id })
  const rows = await db.execute<{ recipient: string; subject: string; text: string; html: string }>(
    sql`delete from captured_messages returning recipient, subject, text, html`,
  )
  const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, ' ')
  return rows.map(({ recipient, subject, text, html }) => ({
    recipient,
    subject: plain(subject),
    text: plain(text),
    html,
  }))
}
const recipients = async () => (await forwarded()).map(({ recipient }) => recipient).sort()

describe('what a person answers', () => {
  test('is read by the agent of their RDV: text and names of files, nothing of what they answer', async () => {
    const { to, agent, email, rdvId } = await told()
    const head = ['Content-Type: multipart/mixed; boundary=b']
    const file = 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="caf.pdf"\r\n\r\nsecret'
    const body = `--b\r\n\r\n<b>Je serai</b> en retard.\r\n\r\nLe 1 mars 2027, Accueil a écrit :\r\n> Votre RDV\r\n--b\r\n${file}\r\n--b--`
    expect(await answer(to, { from: email, head, body })).toEqual({ ok: true, value: 'answer' })
    const [mail, ...others] = await forwarded()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ recipient: agent.email, subject: '[test] Réponse à propos du RDV du mardi 2 mars' })
    expect(mail?.text).toContain('> <b>Je serai</b> en retard.')
    expect(mail?.text).toContain('De : Léa Martin')
    expect(mail?.text).toContain('caf.pdf')
    expect(mail?.text).toContain(`/agent/rdvs/${String(rdvId)}`)
    expect(mail?.text).toContain('Ne répondez pas à cet e-mail')
    expect(mail?.text).not.toMatch(/secret|Votre RDV|autre adresse/)
    expect(mail?.html).toContain('&lt;b&gt;Je serai&lt;/b&gt;')
    expect(mail?.html).not.toContain('<b>Je')
  })

  test('is in the history of the RDV, without its words, and is nowhere once forwarded', async () => {
    const { to, history } = await told()
    await answer(to, { body: 'Mots très particuliers' })
    const [sealed] = await db.execute<{ words: string }>(sql`select sealed_words as words from reply_forwards`)
    expect(sealed?.words).not.toContain('particuliers')
    await forwarded()
    expect(await db.execute(sql`select from reply_forwards`)).toHaveLength(0)
    expect(await db.execute(sql`select from events where payload::text like '%particuliers%'`)).toHaveLength(0)
    expect((await history())[0]).toMatchObject({ kind: 'rdv.replied', author: { kind: 'link' } })
  })

  test('goes to every agent of it, whatever they chose to be told of', async () => {
    const { to, place, agent, rdvId } = await told()
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
    const colleague = await makeAgent(db, here)
    await db.execute(sql`insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
      select ${colleague.id}, 'rdv', id, starts_at, ends_at, occupies from rdvs where id = ${rdvId}`)
    await db.execute(sql`update agents set rdv_notifications = 'none' where id in (${agent.id}, ${colleague.id})`)
    await answer(to)
    expect(await recipients()).toEqual([agent.email, String(colleague.email)].sort())
  })

  test('of a confidential RDV says no name but those they write', async () => {
    const { to, place } = await told()
    await db.execute(sql`update motifs set is_confidential = true where id = ${place.motif.id}`)
    await answer(to)
    const [mail] = await forwarded()
    expect(mail?.text).not.toMatch(/Léa|Martin/)
  })

  test('from another address, the agent is told to make sure', async () => {
    const { to, email } = await told()
    await answer(to, { from: 'autre@example.org' })
    await answer(to, { from: `Léa <${email.toUpperCase()}>` })
    const texts = (await forwarded()).map(({ text }) => text.includes('vient d’une autre adresse'))
    expect(texts).toEqual([true, false])
  })

  test('is known by where its server says it was sent, when it does not say so itself', async () => {
    const { to, agent } = await told()
    await answer('undisclosed-recipients:;', { envelopeTo: to.toUpperCase() })
    expect(await recipients()).toEqual([agent.email])
  })
})

describe('when its agents are gone', () => {
  const leave = (agentId: number) => db.execute(sql`delete from agent_roles where agent_id = ${agentId}`)

  test('its organisation reads it; without an address, those who administer it; without any, the support', async () => {
    const { to, place, agent, history } = await told()
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
    const admin = await makeAgent(db, here, { level: 'admin' })
    await leave(agent.id)
    await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${place.organisation.id}`)
    await answer(to)
    expect(await recipients()).toEqual(['mds@example.org'])
    await db.execute(sql`update organisations set email = null where id = ${place.organisation.id}`)
    await answer(to)
    expect(await recipients()).toEqual([admin.email])
    await db.execute(sql`update agents set activated_at = null where id = ${admin.id}`)
    await answer(to)
    expect(await recipients()).toEqual([SUPPORT])
    expect((await history()).filter(({ kind }) => kind === 'rdv.replied')).toHaveLength(3)
  })

  test('while it waits, the next of them reads it: its organisation, its admins, the support', async () => {
    const { to, place, agent } = await told()
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
    const admin = await makeAgent(db, here, { level: 'admin' })
    await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${place.organisation.id}`)
    const leaves = async (change: SQL) => {
      await answer(to, { from: 'lea@example.org' })
      await db.execute(change)
      await forwarded()
      return forwarded()
    }
    expect((await leaves(sql`delete from agent_roles where agent_id = ${agent.id}`))[0]?.recipient).toBe(
      'mds@example.org',
    )
    const noAddress = sql`update organisations set email = null where id = ${place.organisation.id}`
    expect((await leaves(noAddress))[0]?.recipient).toBe(admin.email)
    const [last, ...others] = await leaves(sql`update agents set email = null where id = ${admin.id}`)
    expect(others).toEqual([])
    expect(last).toMatchObject({ recipient: SUPPORT })
    expect(last?.text).toContain('De : lea@example.org')
    expect(await db.execute(sql`select from reply_forwards`)).toHaveLength(0)
  })

  test('it is tried for a week', async () => {
    const { to } = await told()
    await answer(to)
    const [job] = await db.execute<{ tries: number }>(sql`
      select max_attempts::integer as tries from graphile_worker.jobs where task_identifier = 'forward-reply' order by id desc limit 1`)
    // Each pause is longer than the one before, up to e^10 seconds.
    const waitsSec = Array.from({ length: (job?.tries ?? 0) - 1 }, (_, tried) => Math.exp(Math.min(10, tried + 1)))
    expect(waitsSec.reduce((sum, sec) => sum + sec)).toBeGreaterThan(7 * 86_400)
    await forwarded()
  })
})

describe('an address that is over', () => {
  test('until a month after the RDV its agents read it, then the support, who learns of whom it is', async () => {
    const { to, agent } = await told()
    const ended = NINE.getTime() + 60 * 60_000
    await answer(to, { now: new Date(ended + 29 * DAY_MS) })
    expect(await recipients()).toEqual([agent.email])
    expect(await answer(to, { now: new Date(ended + 31 * DAY_MS) })).toEqual({ ok: true, value: 'to-support' })
    const [mail] = await forwarded()
    expect(mail).toMatchObject({ recipient: SUPPORT })
    expect(mail?.text).toContain('De : lea@example.org')
  })

  test('an RDV that is gone: the support', async () => {
    const { to, rdvId } = await told()
    await db.execute(sql`delete from rdvs where id = ${rdvId}`)
    expect(await answer(to)).toEqual({ ok: true, value: 'to-support' })
    expect(await recipients()).toEqual([SUPPORT])
  })

  test('any other address of the domain, or of another, is read by nobody', async () => {
    const { to } = await told()
    const madeUp = [`rdv+1-${'0'.repeat(30)}@reponses.rdv.example`, 'rdv+@reponses.rdv.example']
    const elsewhere = [to.replace('rdv+', 'retour+'), to.replace('@', '@x.')]
    for (const other of ['info@reponses.rdv.example', ...madeUp, ...elsewhere]) {
      expect(await answer(other), other).toEqual({ ok: true, value: 'unknown' })
    }
    expect(await recipients()).toEqual([])
  })
})

describe('what is not for us', () => {
  const hasCounted = async () =>
    (await db.execute<{ points: number }>(sql`select coalesce(sum(points), 0)::integer as points from rate_limits`))[0]
      ?.points

  test('is dropped before it is read: ten megabytes cost nothing, and count against nobody', async () => {
    const before = await hasCounted()
    const started = process.cpuUsage()
    for (const to of ['info@reponses.rdv.example', `rdv+1-${'0'.repeat(30)}@reponses.rdv.example`]) {
      const body = '\n'.repeat(10_000_000)
      expect(await answer(to, { body, envelopeTo: to })).toEqual({ ok: true, value: 'unknown' })
    }
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(400)
    expect(await hasCounted()).toBe(before)
  })

  test('asks nothing of the database either', async () => {
    const unasked = new Proxy(db, {
      get() {
        throw new Error('the database was asked')
      },
    })
    const raw = Buffer.from('From: a@example.org\r\nTo: info@reponses.rdv.example\r\n\r\nBonjour')
    const taken = await takeMail(ctxFor(unasked), { raw, envelopeTo: null })
    expect(taken).toEqual({ ok: true, value: 'unknown' })
  })

  test('to one of our addresses, sixty an hour are read', async () => {
    const { to } = await told()
    const absence = { head: ['Auto-Submitted: auto-replied'] }
    for (let i = 0; i < 60; i++) await answer(to, absence)
    await expect(answer(to, absence)).rejects.toMatchObject({ code: 'rate-limited' })
  })
})

describe('is taken once', () => {
  test('given again, or by eight servers at once', async () => {
    const { to, agent, history } = await told()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => answer(to, { id: 'same@example.org' })))
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value === 'answer')).toHaveLength(1)
    expect(await answer(to, { id: 'same@example.org' })).toEqual({ ok: true, value: 'again' })
    expect(await recipients()).toEqual([agent.email])
    expect((await history()).filter(({ kind }) => kind === 'rdv.replied')).toHaveLength(1)
  })

  test('two RDVs answered by one mail are two answers; without Message-ID, the same bytes are one', async () => {
    const [one, other] = [await told(), await told()]
    await answer(one.to, { id: 'both@example.org', envelopeTo: one.to })
    await answer(one.to, { id: 'both@example.org', envelopeTo: other.to })
    expect(await recipients()).toEqual([one.agent.email, other.agent.email].sort())
    const raw = Buffer.from(`From: a@example.org\r\nTo: ${one.to}\r\n\r\nBonjour`)
    const take = () => takeMail(ctxFor(db), { raw, envelopeTo: null })
    expect([await take(), await take()]).toMatchObject([{ value: 'answer' }, { value: 'again' }])
    await forwarded()
  })

  test('twenty an hour from one person, then its server is to come back', async () => {
    const { to } = await told()
    for (let i = 0; i < 20; i++) await answer(to)
    await expect(answer(to)).rejects.toMatchObject({ code: 'rate-limited' })
    await forwarded()
  })
})

describe('no two machines talk to each other', () => {
  test.each([
    ['an absence', { head: ['Auto-Submitted: auto-replied'] }],
    ['what we forwarded ourselves', { head: ['Auto-Submitted: auto-generated'] }],
    ['our own address', { from: 'ne-pas-repondre@rdv-territoires.example' }],
    ['the support’s', { from: `Support <${SUPPORT}>` }],
    ['a list', { head: ['List-Id: <x.example.org>'] }],
  ])('%s is dropped', async (_, given) => {
    const { to } = await told()
    expect(await answer(to, given)).toEqual({ ok: true, value: 'machine' })
    expect(await recipients()).toEqual([])
  })
})

test('a mail too heavy to be read whole is read as far as it can be, and its reader is told', async () => {
  const { to } = await told()
  await answer(to, { body: `Je serai en retard.\r\n${'x\r\n'.repeat(1_000_000)}` })
  const [mail] = await forwarded()
  expect(mail?.text).toContain('Je serai en retard.')
  expect(mail?.text).toContain('trop lourd pour être transmis en entier')
})

test('rubbish is no mail; what could not be forwarded goes after a week, what says a mail was taken after a month', async () => {
  const { to } = await told()
  expect(await takeMail(ctxFor(db), { raw: Buffer.from(''), envelopeTo: to })).toEqual({
    ...{ ok: false, reason: 'not-a-mail' },
  })
  await answer(to)
  const kept = async (days: number) => {
    await purgeMessages(ctxFor(db, { now: new Date(NOW.getTime() + days * DAY_MS) }))
    const [row] = await db.execute(sql`select (select count(*)::integer from reply_forwards) as forwards,
      (select count(*)::integer from mails_taken where taken_at = ${NOW.toISOString()}::timestamptz) > 0 as mails`)
    return row
  }
  expect(await kept(6)).toEqual({ forwards: 1, mails: true })
  expect(await kept(8)).toEqual({ forwards: 0, mails: true })
  expect(await kept(31)).toEqual({ forwards: 0, mails: false })
})
