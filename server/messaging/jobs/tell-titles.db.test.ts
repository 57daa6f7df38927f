import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { messages } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { joinSession } from '@/server/booking/commands/join-session'
import { setTitle } from '@/server/booking/commands/set-title'
import { getSessionTitle } from '@/server/booking/queries/session-title'
import { sendMessage } from './send-message'
import { tellAgents } from './tell-agents'
import { tellRdv } from './tell-rdv'

/** Tuesday 2 March 2027 at nine in Paris: tomorrow; and the week after. */
const NINE = new Date('2027-03-02T08:00:00Z')
const WEEK_AFTER = new Date('2027-03-09T08:00:00Z')

const { db } = await ownDatabase()
let place: BookablePlace
/** Who names it: an admin of the organisation, who is not of the session. */
let byId: number
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
  place = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: false } })
  const { territory, organisation, service } = place
  const at = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  byId = (await makeAgent(db, at)).id
})

const mine = () => place.agents[0]?.id ?? 0
const setLevel = (level: string) => db.execute(sql`update agents set rdv_notifications = ${level} where id = ${mine()}`)

async function name(rdvId: number, title: string, agentId = byId) {
  const ctx = ctxFor(db, { actor: adminOf(place, agentId) })
  const { sequence } = await getSessionTitle(ctx, { rdvId })
  expect(await setTitle(ctx, { rdvId, title, knownSequence: sequence })).toMatchObject({ ok: true })
}

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** What is sent now, in plain spaces. */
async function sent(): Promise<string[]> {
  await db.execute(sql`delete from captured_messages`)
  const waiting = await db.select().from(messages).where(eq(messages.state, 'waiting'))
  for (const { id } of waiting) await sendMessage(ctxFor(db), { messageId: id })
  const rows = await db.execute<{ text: string }>(sql`select text from captured_messages order by id`)
  return rows.map(({ text }) => plain(text))
}

describe('the agents of a session that is called otherwise', () => {
  async function told(rdvId: number) {
    expect(await tellAgents(ctxFor(db), { rdvId, isSettled: false })).toMatchObject({ value: { told: 0 } })
    await tellAgents(ctxFor(db), { rdvId, isSettled: true })
    return sent()
  }

  test('are told after two minutes, from what to what, and by whom', async () => {
    const rdvId = await makeSession(db, place, NINE, { title: 'Atelier budget' })
    await name(rdvId, 'Atelier énergie')
    const [mail, ...others] = await told(rdvId)
    expect(others).toEqual([])
    expect(mail).toContain('Un de vos RDV a changé')
    expect(mail).toMatch(/Intitulé : Atelier énergie\nIntitulé précédent : Atelier budget/)
    expect(mail).not.toMatch(/Au lieu d/)
    expect(mail).toMatch(/Par : /)
    await name(rdvId, '')
    expect((await told(rdvId))[0]).toMatch(/Intitulé : aucun\nIntitulé précédent : Atelier énergie/)
  })

  test('are told nothing of what was undone within two minutes, nor of a session that has begun', async () => {
    const rdvId = await makeSession(db, place, NINE, { title: 'Atelier budget' })
    await name(rdvId, 'Atelier énergie')
    await name(rdvId, 'Atelier budget')
    expect(await told(rdvId)).toEqual([])
    await name(rdvId, 'Atelier énergie')
    const late = ctxFor(db, { now: new Date(NOW.getTime() + 48 * 3_600_000) })
    expect(await tellAgents(late, { rdvId, isSettled: true })).toMatchObject({ value: { told: 0 } })
  })

  test('hear that it was, and not how, of a confidential motif', async () => {
    const rdvId = await makeSession(db, place, NINE, { title: 'Atelier budget' })
    await db.execute(sql`update motifs set is_confidential = true where id = ${place.motif.id}`)
    await name(rdvId, 'Atelier énergie')
    const [mail] = await told(rdvId)
    expect(mail).toContain('Intitulé : changé')
    expect(mail).not.toMatch(/Atelier/)
  })

  test('hear nothing of it once they left its organisation', async () => {
    const rdvId = await makeSession(db, place, NINE, { title: 'Atelier budget' })
    const elsewhere = await makeBookablePlace(db)
    await db.execute(sql`update agent_roles set territory_id = ${elsewhere.territory.id},
      organisation_id = ${elsewhere.organisation.id} where agent_id = ${mine()}`)
    await name(rdvId, 'Atelier énergie')
    expect(await told(rdvId)).toEqual([])
  })

  test.each([
    ['all', NINE, 'colleague', 1],
    ['others', NINE, 'colleague', 1],
    ['soon', NINE, 'colleague', 1],
    ['none', NINE, 'colleague', 0],
    ['soon', WEEK_AFTER, 'colleague', 0],
    ['all', NINE, 'self', 1],
    ['others', NINE, 'self', 0],
  ] as const)('at the level %s, of a session on %s, by %s: %i mail', async (level, startAt, by, count) => {
    await setLevel(level)
    const rdvId = await makeSession(db, place, startAt, { title: 'Atelier budget' })
    await name(rdvId, 'Atelier énergie', by === 'self' ? mine() : byId)
    expect(await told(rdvId)).toHaveLength(count)
  })
})

describe('the people of a session that is called otherwise', () => {
  /** Somebody with a mobile and an address, who knows of the session. */
  async function joined(): Promise<void> {
    const question = bookingQuestion(place, NINE)
    const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
    expect(await joinSession(ctxFor(db), { ...question, coordinates: { person, relative: null } })).toMatchObject({
      ok: true,
    })
  }
  const tell = (rdvId: number, isSettled = true) => tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled })
  async function session(title: string | null): Promise<number> {
    await makeSession(db, place, WEEK_AFTER)
    const rdvId = await makeSession(db, place, NINE, { title })
    await joined()
    await tell(rdvId)
    expect(await sent()).toHaveLength(2)
    return rdvId
  }
  const confide = (is: boolean) =>
    db.execute(sql`update motifs set is_confidential = ${is} where id = ${place.motif.id}`)
  /** The e-mail is the longer. */
  async function told(rdvId: number): Promise<string[]> {
    await tell(rdvId)
    return (await sent()).sort((one, other) => other.length - one.length)
  }

  test('are told after two minutes, by e-mail and SMS, beside what it was called', async () => {
    const rdvId = await session('Atelier budget')
    await name(rdvId, 'Atelier énergie')
    expect(await tell(rdvId, false)).toMatchObject({ ok: true })
    expect(await sent()).toEqual([])
    const [mail, sms, ...others] = await told(rdvId)
    expect(others).toEqual([])
    expect(mail).toContain('Votre rendez-vous a changé')
    expect(mail).toMatch(/Motif : .* : Atelier énergie \(au lieu de « Atelier budget »\)/)
    expect(mail).not.toMatch(/Au lieu du/)
    expect(sms).toMatch(/modifié : .*, "Atelier énergie"/)
    expect(await told(rdvId)).toEqual([])
  })

  test('are told that it has a title now, and that it has none any more', async () => {
    const rdvId = await session(null)
    await name(rdvId, 'Atelier énergie')
    const [named, namedSms] = await told(rdvId)
    expect(named).toContain(': Atelier énergie (nouvel intitulé)')
    expect(namedSms).toContain('"Atelier énergie"')
    await name(rdvId, '')
    const [unnamed, unnamedSms] = await told(rdvId)
    expect(unnamed).toMatch(/Motif : [^:]* \(au lieu de « Atelier énergie »\)/)
    expect(unnamedSms).toContain('sans intitulé')
  })

  test('hear nothing of what was undone within two minutes', async () => {
    const rdvId = await session('Atelier budget')
    await name(rdvId, 'Atelier énergie')
    await tell(rdvId, false)
    await name(rdvId, 'Atelier budget')
    expect(await told(rdvId)).toEqual([])
  })

  test('hear nothing of it when its motif is confidential, was, or becomes so', async () => {
    const rdvId = await session('Atelier budget')
    await confide(true)
    await name(rdvId, 'Atelier énergie')
    expect(await told(rdvId)).toEqual([])
    await db.execute(sql`update rdvs set ends_at = ends_at + interval '30 minutes' where id = ${rdvId}`)
    const messages = await told(rdvId)
    expect(messages).toHaveLength(2)
    for (const text of messages) expect(text).not.toMatch(/Atelier|intitulé/)
    await confide(false)
    expect(await told(rdvId)).toEqual([])
  })

  test('hear nothing of it once its motif is confidential as the message leaves; of another time they do', async () => {
    const rdvId = await session('Atelier budget')
    await name(rdvId, 'Atelier énergie')
    await tell(rdvId)
    await confide(true)
    expect(await sent()).toEqual([])
    const fates = await db.select().from(messages).where(eq(messages.news, 'moved'))
    expect(fates.map(({ state, failure }) => [state, failure])).toEqual(Array(2).fill(['dropped', 'obsolete']))
    await db.execute(sql`update rdvs set ends_at = ends_at + interval '30 minutes' where id = ${rdvId}`)
    expect(await told(rdvId)).toHaveLength(2)
  })

  test.each([
    ['renamed', 'Atelier budget', ': Atelier budget'],
    ['named for the first time', null, null],
  ])('%s, then cancelled within two minutes: the cancellation says what they knew', async (_case, known, said) => {
    const rdvId = await session(known)
    await name(rdvId, 'Atelier énergie')
    await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${rdvId}`)
    const cancellations = await told(rdvId)
    expect(cancellations).toHaveLength(2)
    const [mail = ''] = cancellations
    expect(mail).toContain('Votre rendez-vous est annulé')
    for (const text of cancellations) expect(text).not.toMatch(/énergie|au lieu de/)
    if (said) expect(mail).toContain(said)
  })

  test('told before titles were kept, they are not told anew; of what comes next they are', async () => {
    const rdvId = await session('Atelier budget')
    await db.execute(sql`update tellings set title = null where rdv_id = ${rdvId}`)
    expect(await told(rdvId)).toEqual([])
    await db.execute(sql`update rdvs set ends_at = ends_at + interval '30 minutes' where id = ${rdvId}`)
    expect((await told(rdvId))[0]).not.toContain('intitulé')
    await name(rdvId, 'Atelier énergie')
    expect((await told(rdvId))[0]).toContain('(au lieu de « Atelier budget »)')
  })
})
