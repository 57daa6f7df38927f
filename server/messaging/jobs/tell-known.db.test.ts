import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { bookSlot, type BookSlot } from '@/server/booking/commands/book-slot'
import { cancelByLink } from '@/server/booking/commands/cancel-by-link'
import { tokenOf } from '@/server/platform/tokens'
import { sendMessage } from './send-message'
import { tellRdv } from './tell-rdv'

const TUESDAY = new Date('2027-03-09T08:00:00Z')
const MORNING = new Date('2027-03-03T07:00:10Z')
const at = (clock: string) => new Date(`2027-03-02T${clock}:00Z`)
const relative = { firstName: 'Noé', lastName: 'Martin', bornOn: null }

const { db } = await ownDatabase()
beforeEach(() => db.execute(sql`delete from captured_messages`))

async function booked(place?: BookablePlace, over: Partial<BookSlot['coordinates']> = {}) {
  const given = place ?? (await makeBookablePlace(db))
  const question = bookingQuestion(given, TUESDAY)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null, ...over } })
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, place: given }
}

/** What an agent did is told, and leaves when it may. */
const tell = (rdvId: number, now = NOW) =>
  tellRdv(ctxFor(db, { now }), { rdvId, byParticipationId: null, isSettled: true })

async function left(now = NOW) {
  const waiting = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where state = 'waiting' order by id`,
  )
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now }), { messageId: id })
  const rows = await db.execute<{ channel: string; recipient: string; subject: string | null; text: string }>(
    sql`delete from captured_messages returning channel, recipient, subject, text`,
  )
  return rows
    .map((row) => ({ ...row, text: row.text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
    .sort((one, other) => one.channel.localeCompare(other.channel))
}

const move = (rdvId: number, by: string) =>
  db.execute(sql`
    update rdvs set starts_at = starts_at + ${by}::interval, ends_at = ends_at + ${by}::interval where id = ${rdvId}`)
const setStatus = (rdvId: number, status: string) =>
  db.execute(sql`
    update rdvs set status = ${status}, cancelled_at = case when ${status} = 'unknown' then null else now() end
    where id = ${rdvId}`)

/** Somebody else of the RDV, of a file of their own. */
async function joinedBy(rdvId: number, place: BookablePlace, given: Parameters<typeof makeUsager>[2]) {
  const { id } = await makeUsager(db, place.territory.id, given)
  await db.execute(sql`
    insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
    values (${place.territory.id}, ${rdvId}, ${id}, true, true, 'agent')`)
  return id
}

describe('what an agent does in the evening is told in the morning, as it has become', () => {
  test('placed, then cancelled: nothing', async () => {
    const { rdvId } = await booked()
    await tell(rdvId, at('20:00'))
    await setStatus(rdvId, 'revoked')
    await tell(rdvId, at('20:30'))
    expect(await left(MORNING)).toEqual([])
  })

  test('placed, then moved: it is confirmed, at the time it has', async () => {
    const { rdvId } = await booked()
    await tell(rdvId, at('20:00'))
    await move(rdvId, '1 day')
    await tell(rdvId, at('20:30'))
    const messages = await left(MORNING)
    expect(messages.map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    for (const { text } of messages) {
      expect(text).toContain('mercredi 10 mars')
      expect(text).not.toMatch(/a changé|modifié|mardi 9 mars/)
    }
  })

  test.each(['moved, then moved back', 'cancelled, then standing again'])('%s: nothing', async (what) => {
    const { rdvId } = await booked()
    await tell(rdvId)
    expect(await left()).toHaveLength(2)
    const isMoved = what.startsWith('moved')
    await (isMoved ? move(rdvId, '1 day') : setStatus(rdvId, 'revoked'))
    await tell(rdvId, at('20:00'))
    await (isMoved ? move(rdvId, '-1 day') : setStatus(rdvId, 'unknown'))
    await tell(rdvId, at('20:30'))
    expect(await left(MORNING)).toEqual([])
    // And what comes next is told from what they know.
    await move(rdvId, '2 days')
    await tell(rdvId, MORNING)
    const [mail] = await left(MORNING)
    expect(mail?.text).toContain('Au lieu du : mardi 9 mars à 9 h')
  })

  test('moved twice: once, beside the time they know', async () => {
    const { rdvId } = await booked()
    await tell(rdvId)
    await left()
    await move(rdvId, '1 day')
    await tell(rdvId, at('20:00'))
    await move(rdvId, '1 day')
    await tell(rdvId, at('20:30'))
    const messages = await left(MORNING)
    expect(messages).toHaveLength(2)
    expect(messages[0]?.text).toMatch(/jeudi 11 mars à 9 h[^]*Au lieu du : mardi 9 mars à 9 h/)
  })

  test('whoever hears of it while it is cancelled hears of its end, and nobody else does', async () => {
    for (let round = 0; round < 12; round++) {
      const { rdvId } = await booked()
      await tell(rdvId)
      await setStatus(rdvId, 'revoked')
      const waiting = await db.execute<{ id: number }>(
        sql`select id::float8 as id from messages where rdv_id = ${rdvId} and state = 'waiting'`,
      )
      await Promise.all([tell(rdvId), ...waiting.map(({ id }) => sendMessage(ctxFor(db), { messageId: id }))])
      const texts = (await left()).map(({ text }) => text.includes('annulé'))
      // Told of it, by whatever channel, and then of its end; or of nothing.
      expect(texts.includes(true)).toBe(texts.includes(false))
    }
  })
})

describe('several people of one RDV', () => {
  test('one of them cancels: the others hear of it as of somebody else’s doing, she by e-mail alone', async () => {
    const { rdvId, linkId, participationId, place } = await booked()
    await joinedBy(rdvId, place, { phone: '+33611223344', phoneE164: '+33611223344', firstName: 'Bob' })
    await tell(rdvId)
    await left()
    expect((await cancelByLink(ctxFor(db), { token: tokenOf('rdv-link', linkId) })).ok).toBe(true)
    await tellRdv(ctxFor(db), { rdvId, byParticipationId: participationId, isSettled: true })
    const told = (await left()).map(({ channel, recipient }) => [channel, recipient])
    expect(told).toEqual([
      ['mail', expect.stringContaining('@example.org')],
      ['sms', '+33611223344'],
    ])
  })

  test('a family is told of those concerned alone: of the child taken out, then of the one who stays', async () => {
    const { rdvId, place } = await booked(undefined, { relative })
    const [row] = await db.execute<{ id: number }>(
      sql`select u.responsible_id::float8 as id from participations p join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId}`,
    )
    const zoe = await joinedBy(rdvId, place, { firstName: 'Zoé', responsibleId: row?.id ?? 0 })
    await tell(rdvId)
    for (const { text } of await left()) expect(text).toMatch(/Noé et Zoé/)
    await db.execute(sql`update participations set status = 'revoked' where rdv_id = ${rdvId} and usager_id = ${zoe}`)
    await tell(rdvId)
    const gone = await left()
    expect(gone).toHaveLength(2)
    for (const { text } of gone) expect(text).toMatch(/Zoé/)
    for (const { text } of gone) expect(text).not.toMatch(/Noé/)
    await move(rdvId, '1 day')
    await tell(rdvId)
    const moved = await left()
    expect(moved).toHaveLength(2)
    for (const { text } of moved) expect(text).not.toMatch(/Zoé/)
  })

  test('a family that takes its consent back while a message waits stops the message, which hands over to nobody for ever', async () => {
    const { rdvId, place } = await booked(undefined, { relative })
    const [row] = await db.execute<{ id: number }>(
      sql`select u.responsible_id::float8 as id from participations p join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId}`,
    )
    await joinedBy(rdvId, place, { firstName: 'Zoé', responsibleId: row?.id ?? 0 })
    await tell(rdvId)
    await db.execute(sql`update usagers set notify_by_sms = false, notify_by_email = false where id = ${row?.id ?? 0}`)
    expect(await left()).toEqual([])
  })
})

describe('what a change says', () => {
  test('another duration, beside the one they knew; in the SMS too', async () => {
    const { rdvId } = await booked()
    await tell(rdvId)
    expect((await left())[0]?.text).toContain('Durée : 30 min')
    await db.execute(sql`update rdvs set ends_at = ends_at + interval '30 minutes' where id = ${rdvId}`)
    await tell(rdvId)
    const [mail, sms] = await left()
    expect(mail?.text).toContain('Durée : 1 h (au lieu de 30 min)')
    expect(mail?.text).not.toContain('Au lieu du')
    expect(sms?.text).toMatch(/9 h(, durée 1 h| \(1h\))|9h \(1h\)/)
  })

  test('another lieu, beside the one they knew', async () => {
    const { rdvId, place } = await booked()
    await tell(rdvId)
    await left()
    await db.execute(sql`
      with other as (
        insert into lieux (territory_id, organisation_id, name, address)
        select territory_id, organisation_id, 'Maison de la Gare', '1 place de la Gare, 62000 Arras' from lieux where id = ${place.lieu.id}
        returning id)
      update rdvs set lieu_id = other.id from other where rdvs.id = ${rdvId}`)
    await tell(rdvId)
    const [mail] = await left()
    expect(mail?.text).toMatch(/Où : Maison de la Gare[^]*Au lieu de : /)
    expect(mail?.text).toContain(place.lieu.name)
  })
})

describe('who follows them is somebody else', () => {
  const give = (rdvId: number, agentId: number) =>
    db.execute(sql`update agent_times set agent_id = ${agentId} where rdv_id = ${rdvId}`)
  const nameOf = async (agentId: number | undefined) => {
    const [row] = await db.execute<{ name: string }>(
      sql`select concat_ws(' ', first_name, last_name) as name from agents where id = ${agentId}`,
    )
    return row?.name ?? ''
  }
  async function followed(motif: { isFollowUp: boolean; isConfidential?: boolean }) {
    const place = await makeBookablePlace(db, { agentCount: 2 })
    const { rdvId, agentId } = await booked(place)
    const { isFollowUp, isConfidential = false } = motif
    await db.execute(sql`
      update motifs set is_follow_up = ${isFollowUp}, is_confidential = ${isConfidential} where id = ${place.motif.id}`)
    await tell(rdvId)
    await left()
    const otherId = place.agents.find(({ id }) => id !== agentId)?.id ?? 0
    return { rdvId, agentId, otherId }
  }

  test('of a motif of follow-up: they are told, beside who it was; given back before they knew, nothing', async () => {
    const { rdvId, agentId, otherId } = await followed({ isFollowUp: true })
    await give(rdvId, otherId)
    await give(rdvId, agentId)
    await tell(rdvId)
    expect(await left()).toEqual([])
    await give(rdvId, otherId)
    await tell(rdvId)
    const [mail, sms, ...others] = await left()
    expect(others).toEqual([])
    const [now, was] = [await nameOf(otherId), await nameOf(agentId)]
    expect(mail?.text).toContain(`Avec : ${now} (au lieu de ${was})`)
    expect(mail?.subject).not.toContain(now)
    expect(mail?.text).not.toContain('Au lieu d')
    expect(sms?.text).toMatch(/modifié/)
    expect(sms?.text).toContain(`avec ${now}`)
    await tell(rdvId)
    expect(await left()).toEqual([])
  })

  test.each([
    ['of another motif', { isFollowUp: false }],
    ['of a confidential one', { isFollowUp: true, isConfidential: true }],
  ])('%s: they are told nothing', async (_case, motif) => {
    const { rdvId, otherId } = await followed(motif)
    await give(rdvId, otherId)
    await tell(rdvId)
    expect(await left()).toEqual([])
  })

  test('told before it was kept who it was, they are not told anew', async () => {
    const { rdvId, otherId } = await followed({ isFollowUp: true })
    await db.execute(sql`update tellings set agent_ids = null where rdv_id = ${rdvId}`)
    await give(rdvId, otherId)
    await tell(rdvId)
    expect(await left()).toEqual([])
  })

  test('changed in the evening and put back before the morning: nothing, and they know who it is', async () => {
    const { rdvId, agentId, otherId } = await followed({ isFollowUp: true })
    await give(rdvId, otherId)
    await tell(rdvId, at('20:00'))
    await give(rdvId, agentId)
    await tell(rdvId, at('20:30'))
    expect(await left(MORNING)).toEqual([])
    await give(rdvId, otherId)
    await tell(rdvId, MORNING)
    expect((await left(MORNING))[0]?.text).toContain(`(au lieu de ${await nameOf(agentId)})`)
  })
})

describe('whom nobody can write to', () => {
  const mute = (rdvId: number) =>
    db.execute(sql`update usagers set notify_by_sms = false, notify_by_email = false
      where id in (select usager_id from participations where rdv_id = ${rdvId})`)
  const failures = async (rdvId: number) => {
    const rows = await db.execute<{ news: string; state: string; failure: string | null }>(
      sql`select news, state, failure from messages where rdv_id = ${rdvId} order by id`,
    )
    return [...rows]
  }

  test('knows of the RDV from who placed it; what changes is somebody’s to tell', async () => {
    const { rdvId } = await booked()
    await mute(rdvId)
    await tell(rdvId)
    expect(await failures(rdvId)).toEqual([])
    await move(rdvId, '1 day')
    await tell(rdvId)
    await setStatus(rdvId, 'revoked')
    await tell(rdvId)
    expect(await failures(rdvId)).toEqual([
      { news: 'moved', state: 'failed', failure: 'no-contact' },
      { news: 'cancelled', state: 'failed', failure: 'no-contact' },
    ])
  })

  test('since the message waits: likewise', async () => {
    const { rdvId } = await booked()
    await tell(rdvId)
    await left()
    await setStatus(rdvId, 'revoked')
    await tell(rdvId)
    await mute(rdvId)
    expect(await left()).toEqual([])
    expect((await failures(rdvId)).filter(({ news }) => news === 'cancelled')).toEqual([
      { news: 'cancelled', state: 'failed', failure: 'no-contact' },
      { news: 'cancelled', state: 'failed', failure: 'no-contact' },
    ])
  })
})
