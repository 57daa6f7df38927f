import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { joinSession } from '@/server/booking/commands/join-session'
import { tellOtherwise } from '../commands/tell-otherwise'
import { sendMessage } from '../jobs/send-message'
import { tellRdv } from '../jobs/tell-rdv'
import { countUntold, listUntold } from './untold'

const NINE = new Date('2027-03-02T08:00:00Z')
const TEN = new Date('2027-03-02T09:00:00Z')

const { db } = await ownDatabase()

/** A session with somebody who knows of it, and the desk that is to call them. */
async function known() {
  const place: BookablePlace = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: false } })
  const rdvId = await makeSession(db, place, NINE, { title: 'Atelier budget' })
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const joined = await joinSession(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!joined.ok) throw new Error(joined.reason)
  const set = (what: string) => db.execute(sql.raw(`update rdvs set ${what} where id = ${String(rdvId)}`))
  const tell = () => tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled: true })
  const end = (state: 'failed' | 'uncertain' | 'sent') =>
    db.execute(sql`update messages set state = ${state}, failure = ${state === 'failed' ? 'refused' : null}
      where rdv_id = ${rdvId} and state = 'waiting'`)
  const mute = (isMuted = true) =>
    db.execute(sql`update usagers set notify_by_sms = ${!isMuted}, notify_by_email = ${!isMuted}
      where id in (select usager_id from participations where rdv_id = ${rdvId})`)
  const leave = async () => {
    const rows = await db.execute<{ id: number }>(
      sql`select id::float8 as id from messages where rdv_id = ${rdvId} and state = 'waiting' order by id`,
    )
    for (const { id } of rows) await sendMessage(ctxFor(db), { messageId: id })
  }
  const messages = async () => {
    const rows = await db.execute<{ words: string }>(sql`
      select concat_ws(' ', news, channel, state, failure) as words from messages
      where rdv_id = ${rdvId} and agent_id is null and news <> 'created' order by id`)
    return rows.map(({ words }) => words)
  }
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  const desk = { ...ctxFor(db, { actor }), actor }
  const listed = async () => {
    const { untold } = await listUntold(desk)
    expect(await countUntold(desk)).toBe(untold.length)
    return untold.map(({ news, previousStartAt }) => [news, previousStartAt])
  }
  const call = async () => {
    const { untold } = await listUntold(desk)
    await tellOtherwise(desk, { participationId: untold[0]?.participationId ?? 0 })
  }
  await tell()
  await end('sent')
  return { place, rdvId, set, tell, end, mute, leave, messages, listed, call }
}

const RENAMED = "title = 'Atelier énergie'"
const MOVED = "starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'"

describe('nobody is to be called for a title alone', () => {
  test('of whom nobody can write to: nothing is written, and they hear of it once they can be', async () => {
    const { set, tell, mute, messages, listed } = await known()
    await mute()
    await set(RENAMED)
    await tell()
    expect([await messages(), await listed()]).toEqual([[], []])
    await mute(false)
    await tell()
    expect((await messages()).sort()).toEqual(['moved mail waiting', 'moved sms waiting'])
  })

  test.each(['failed', 'uncertain'] as const)('when its messages are %s', async (state) => {
    const { set, tell, end, messages, listed } = await known()
    await set(RENAMED)
    await tell()
    await end(state)
    expect(await messages()).toHaveLength(2)
    expect(await listed()).toEqual([])
  })

  test('when they asked to be left alone since it waits', async () => {
    const { set, tell, mute, leave, messages, listed } = await known()
    await set(RENAMED)
    await tell()
    await mute()
    await leave()
    expect((await messages()).sort()).toEqual(['moved mail dropped muted', 'moved sms dropped muted'])
    expect(await listed()).toEqual([])
  })

  test('nor for an agent alone, of a motif of follow-up', async () => {
    const { place, rdvId, tell, end, mute, messages, listed } = await known()
    await db.execute(sql`update motifs set is_follow_up = true where id = ${place.motif.id}`)
    await db.execute(sql`update tellings set agent_ids = '{}' where rdv_id = ${rdvId}`)
    await mute()
    await tell()
    expect(await messages()).toEqual([])
    await mute(false)
    await tell()
    await end('failed')
    expect(await messages()).toHaveLength(2)
    expect(await listed()).toEqual([])
  })
})

describe('they are called for what moved besides', () => {
  test.each([
    ['start', `${RENAMED}, ${MOVED}`],
    ['end', `${RENAMED}, ends_at = ends_at + interval '30 minutes'`],
    ['lieu', `${RENAMED}, lieu_id = null, home_address = '1 rue Pasteur'`],
    ['end alone', "ends_at = ends_at + interval '30 minutes'"],
  ])('the %s', async (_case, what) => {
    for (const isMuted of [true, false]) {
      const { set, tell, end, mute, listed } = await known()
      await mute(isMuted)
      await set(what)
      await tell()
      await end('failed')
      expect(await listed()).toEqual([['moved', NINE]])
    }
  })

  test.each(['failed', 'uncertain'] as const)('%s before it is renamed, however that one ends', async (state) => {
    const { set, tell, end, listed, call } = await known()
    await set(MOVED)
    await tell()
    await end(state)
    for (const title of ['Atelier énergie', 'Atelier eau']) {
      await set(`title = '${title}'`)
      await tell()
      expect(await listed()).toEqual([])
      await end('failed')
      expect(await listed()).toEqual([['moved', NINE]])
    }
    await call()
    await set("title = 'Atelier air'")
    await tell()
    await end('failed')
    expect(await listed()).toEqual([])
  })

  test('as for one of which no confirmation arrived, and which is renamed when nobody can write any more', async () => {
    const { rdvId, set, tell, mute, listed } = await known()
    await db.execute(sql`update messages set state = 'failed', failure = 'refused' where rdv_id = ${rdvId}`)
    await mute()
    await set(RENAMED)
    await tell()
    expect(await listed()).toEqual([['created', null]])
  })

  test('which waits to leave, and is renamed when nobody can write any more', async () => {
    const { set, tell, mute, leave, listed } = await known()
    await set(MOVED)
    await tell()
    await mute()
    await set(RENAMED)
    await tell()
    await leave()
    expect(await listed()).toEqual([['moved', NINE]])
  })

  test('which nobody could write of, and which is renamed afterwards', async () => {
    const { set, tell, mute, messages, listed } = await known()
    await mute()
    await set(MOVED)
    await tell()
    await set(RENAMED)
    await tell()
    expect(await messages()).toEqual(['moved sms failed no-contact'])
    expect(await listed()).toEqual([['moved', NINE]])
  })

  test('and for nothing, once what moved was told', async () => {
    const { set, tell, end, listed } = await known()
    await set(MOVED)
    await tell()
    await end('sent')
    await set(RENAMED)
    await tell()
    await end('failed')
    expect(await listed()).toEqual([])
    await set("status = 'revoked', cancelled_at = now()")
    await tell()
    await end('failed')
    expect(await listed()).toEqual([['cancelled', TEN]])
  })
})
