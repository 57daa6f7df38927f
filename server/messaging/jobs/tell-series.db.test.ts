import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { createSeries } from '@/server/booking/commands/create-series'
import { WARNING_KINDS } from '@/server/booking/rules/warnings'
import { tokenOf } from '@/server/platform/tokens'
import { listRdvMessages } from '../queries/rdv-messages'
import { sendMessage } from './send-message'
import { tellAs } from '@/db/testing/tell'

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
})

/** Three Tuesdays at ten, for somebody and for their child. */
async function series() {
  const place = await makeBookablePlace(db)
  const agentId = place.agents[0]?.id ?? 0
  const contact = { email: 'lea@example.org', phoneE164: '+33612345678' }
  const parent = await makeUsager(db, place.territory.id, { firstName: 'Léa', ...contact })
  const child = await makeUsager(db, place.territory.id, { firstName: 'Noé', responsibleId: parent.id })
  const actor = adminOf(place, agentId)
  const outcome = await createSeries(
    { ...ctxFor(db, { actor }), actor },
    {
      ...{ motifId: place.motif.id, lieuId: place.lieu.id, agentIds: [agentId], usagerIds: [parent.id, child.id] },
      dates: [2, 9, 16].map((day) => ({
        startAt: new Date(Date.UTC(2027, 2, day, 9)),
        acknowledged: [...WARNING_KINDS],
      })),
    },
  )
  if (!outcome.ok) throw new Error(outcome.reason)
  const rows = await db.execute<{ id: number; linkId: number }>(sql`
    select r.id::float8 as id, min(l.id)::float8 as "linkId" from rdvs r join rdv_links l on l.rdv_id = r.id
    where r.territory_id = ${place.territory.id} group by r.id order by r.starts_at`)
  return { actor, rdvs: [...rows], ids: rows.map(({ id }) => id) as [number, number, number] }
}

const tell = (rdvId: number, isSettled = false) => tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled })

async function sent() {
  const waiting = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where state = 'waiting' order by id`,
  )
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now: NOW }), { messageId: id })
  const rows = await db.execute<{ channel: string; subject: string | null; text: string }>(
    sql`delete from captured_messages returning channel, subject, text`,
  )
  return [...rows]
    .map((row) => ({ ...row, text: row.text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
    .sort((one, other) => one.channel.localeCompare(other.channel))
}

test('a series is told of once, whichever of its dates is told first, each date with its own link', async () => {
  const { ids, rdvs } = await series()
  await Promise.all([...ids].reverse().map((id) => tell(id)))
  const [mail, sms, ...more] = await sent()
  expect(more).toEqual([])
  expect(mail?.subject?.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(
    'Vos 3 rendez-vous, à partir du mardi 2 mars à 10 h',
  )
  for (const day of ['mardi 2 mars', 'mardi 9 mars', 'mardi 16 mars']) expect(mail?.text).toContain(`- ${day} à 10 h`)
  for (const { linkId } of rdvs) expect(mail?.text).toContain(`/r/${tokenOf('rdv-link', linkId)}`)
  expect(mail?.text).toContain('Pour : Léa et Noé')
  expect(sms?.text).toContain('mardi 2 mars à 10 h et 2 autres dates pour Léa et Noé')
  for (const id of ids) await tell(id, true)
  expect(await sent()).toEqual([])
})

test('its first date cancelled before the message leaves, the next tells of those that stand', async () => {
  const { ids } = await series()
  await tell(ids[0])
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${ids[0]}`)
  const [mail, sms] = await sent()
  expect(mail?.subject).toContain('Vos 2 rendez-vous')
  expect(mail?.text).not.toContain('mardi 2 mars')
  expect(sms?.text).toContain('mardi 9 mars à 10 h et une autre date')
})

test('one date that moves is told of alone, and the page of each shows what was sent about it', async () => {
  const { ids, actor } = await series()
  await tell(ids[0])
  await sent()
  await db.execute(sql`
    update rdvs set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where id = ${ids[1]}`)
  await tell(ids[1], true)
  const [mail] = await sent()
  expect(mail?.text).toContain('mercredi 10 mars à 10 h')
  expect(mail?.text).not.toContain('16 mars')
  const newsOf = async (rdvId: number) => {
    const { toPeople: lines } = await listRdvMessages(ctxFor(db, { actor }), { rdvId })
    return lines.map(({ news, channel }) => `${news} ${channel}`).sort()
  }
  const created = ['created mail', 'created sms']
  expect(await newsOf(ids[0])).toEqual(created)
  expect(await newsOf(ids[1])).toEqual([...created, 'moved mail', 'moved sms'])
  expect(await newsOf(ids[2])).toEqual(created)
})

test('its person takes their consent back before the message leaves: no date tells of the others, for ever or at all', async () => {
  const { ids } = await series()
  await tell(ids[0])
  await db.execute(sql`update usagers set notify_by_sms = false, notify_by_email = false
    where territory_id = (select territory_id from rdvs where id = ${ids[0]})`)
  expect(await sent()).toEqual([])
})
