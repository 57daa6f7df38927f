import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import { listLieux } from '@/server/directory/queries/catalogue'
import { inRead } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { listMyRdvs } from '../queries/agent-rdvs'
import { getBoard } from '../queries/board'
import { getIcsByLink } from '../queries/calendar'
import { getPlacement } from '../queries/placing'
import { listRdvListChoices } from '../queries/rdv-list'
import { findRecipient } from '../queries/recipients'
import { getRdvByLink } from '../queries/usager-rdvs'
import { createRdvSchema, type CreateRdv } from '../schema'
import { createInARow } from './create-in-a-row'
import { createRdv } from './create-rdv'
import { createSeries } from './create-series'
import { rescheduleRdv } from './reschedule-rdv'
import { setStatus } from './set-status'

const { db } = await ownDatabase()
let here: BookablePlace
let question: CreateRdv
beforeEach(async () => {
  here = await makeBookablePlace(db)
  question = {
    ...{ motifId: here.motif.id, lieuId: here.lieu.id, agentIds: here.agents.map(({ id }) => id) },
    startAt: new Date('2027-03-02T08:00:00Z'),
    usagerIds: [(await makeUsager(db, here.territory.id, { phoneE164: '+33612345678' })).id],
    acknowledged: ['elsewhere'],
  }
})

const actor = () => adminOf(here, here.agents[0]?.id ?? 0)
const ctx = () => ctxFor(db, { actor: actor() })
const placed = async (over: Partial<CreateRdv> = {}) => {
  const outcome = await createRdv(ctx(), { ...question, ...over })
  if (!outcome.ok) throw new Error(outcome.reason)
  const [row] = await db.execute<{
    link: number
    participation: number
    lieu: number | null
    shows: boolean | null
  }>(sql`
    select l.id::float8 as link, p.id::float8 as participation, r.lieu_id::float8 as lieu, r.shows_to_usager as shows
    from rdvs r join participations p on p.rdv_id = r.id join rdv_links l on l.participation_id = p.id
    where r.id = ${outcome.value.rdvId}`)
  if (!row) throw new Error('no row')
  return { rdvId: outcome.value.rdvId, ...row, token: tokenOf('rdv-link', row.link) }
}

describe('a place of one RDV alone', () => {
  const hall = { name: 'Salle des fêtes', address: '1 place de la Mairie, 62950 Noyelles' }
  const atHall = { lieuId: null, oneOffLieu: hall }

  test('is where the person is told to go, on their page and in their calendar', async () => {
    const { token } = await placed(atHall)
    expect(await getRdvByLink(ctxFor(db), { token })).toMatchObject({
      placeName: hall.name,
      placeAddress: hall.address,
    })
    expect((await getIcsByLink(ctxFor(db), { token })).text.replace(/\r\n /g, '')).toContain('Salle des fêtes')
  })

  test('is listed nowhere, nor lent to another RDV', async () => {
    const { rdvId, lieu } = await placed(atHall)
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
    const offered = await getPlacement(ctx(), { motifId: here.motif.id, agentIds: [], usagerIds: [] })
    expect(names(offered.lieux)).toEqual([here.lieu.name])
    expect(names((await listRdvListChoices(ctx())).lieux)).toEqual([here.lieu.name])
    expect(names(await listLieux(ctx(), { organisationId: here.organisation.id }))).toEqual([here.lieu.name])
    const another = { lieuId: lieu, startAt: new Date('2027-03-02T13:00:00Z'), acknowledged: ['same-day' as const] }
    expect(await createRdv(ctx(), { ...question, ...another })).toEqual({ ok: false, reason: 'place-missing' })
    // The RDV itself may move and stay there.
    const { acknowledged, agentIds } = question
    const moved = { rdvId, knownSequence: 0, durationMin: 30, agentIds, acknowledged, lieuId: lieu }
    expect(await rescheduleRdv(ctx(), { ...moved, startAt: new Date('2027-03-02T14:00:00Z') })).toMatchObject({
      ok: true,
    })
  })

  test('warns of an agent who receives elsewhere then', async () => {
    const outcome = await createRdv(ctx(), { ...question, ...atHall, acknowledged: [] })
    expect(outcome).toEqual({ ok: false, reason: 'to-confirm' })
    const asked = { motifId: here.motif.id, agentIds: question.agentIds, usagerIds: [], startAt: question.startAt }
    const { warnings } = await getPlacement(ctx(), { ...asked, lieuId: 'one-off' })
    expect(warnings?.map(({ kind }) => kind)).toContain('elsewhere')
  })

  test('of a family received one after the other, is one place for all', async () => {
    const usagerIds = [question.usagerIds[0] ?? 0, (await makeUsager(db, here.territory.id)).id]
    const family = { ...question, ...atHall, usagerIds }
    expect([await createInARow(ctx(), family), await createInARow(ctx(), family)]).toMatchObject([
      { ok: true, value: { isNew: true } },
      { ok: true, value: { isNew: false } },
    ])
    const [row] = await db.execute(sql`
      select count(*)::integer as rdvs, count(distinct lieu_id)::integer as lieux,
             (select count(*)::integer from lieux where availability = 'single_use' and territory_id = ${here.territory.id}) as written
      from rdvs where territory_id = ${here.territory.id}`)
    expect(row).toEqual({ rdvs: 2, lieux: 1, written: 1 })
  })

  test('sent twice, is written once; of a series, it is one place for all', async () => {
    const count = async () => {
      const [row] = await db.execute<{ count: number }>(
        sql`select count(*)::integer as count from lieux where territory_id = ${here.territory.id} and availability = 'single_use'`,
      )
      return row?.count
    }
    const [first, second] = [await placed(atHall), await placed(atHall)]
    expect([second.rdvId, await count()]).toEqual([first.rdvId, 1])
    const { startAt, acknowledged, ...same } = { ...question, ...atHall }
    const dates = [9, 16, 23].map((day) => ({ startAt: new Date(Date.UTC(2027, 2, day, 8)), acknowledged }))
    expect(await createSeries(ctx(), { ...same, dates })).toMatchObject({ ok: true, value: { newCount: 3 } })
    expect([startAt < new Date('2027-03-09'), await count()]).toEqual([true, 2])
  })

  test('needs a name and an address, and stands instead of a lieu, for a motif on site alone', async () => {
    const parse = (oneOffLieu: object) => createRdvSchema.safeParse({ ...question, lieuId: null, oneOffLieu }).success
    expect([parse(hall), parse({ ...hall, name: '  ' }), parse({ name: 'Salle', address: '' })]).toEqual([
      true,
      false,
      false,
    ])
    expect(await createRdv(ctx(), { ...question, oneOffLieu: hall })).toEqual({ ok: false, reason: 'place-missing' })
    const { territory, organisation, service } = here
    const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
    const phone = await makeMotif(db, place, { locationType: 'phone' })
    const byPhone = { ...question, ...atHall, motifId: phone.id }
    expect(await createRdv(ctx(), byPhone)).toEqual({ ok: false, reason: 'place-missing' })
  })
})

test('an RDV knowingly placed over another says so, as long as the other stands', async () => {
  const first = await placed()
  const usagerIds = [(await makeUsager(db, here.territory.id)).id]
  const over = await placed({ usagerIds, acknowledged: ['overlap', 'elsewhere'] })
  const marked = async () => {
    const [agentId = 0] = question.agentIds
    const days = { fromDay: '2027-03-02', toDay: '2027-03-02' }
    const board = await getBoard(ctx(), { which: { kind: 'agents', agentIds: [agentId] }, ...days })
    const listed = await listMyRdvs(ctx(), days)
    const ids = (rdvs: readonly { isOverbooked: boolean }[], idOf: (index: number) => number | undefined) =>
      rdvs.flatMap(({ isOverbooked }, i) => (isOverbooked ? [idOf(i)] : []))
    return [ids(board.rdvs, (i) => board.rdvs[i]?.rdvId), ids(listed, (i) => listed[i]?.id)]
  }
  expect(await marked()).toEqual([[over.rdvId], [over.rdvId]])
  await setStatus(ctx(), { rdvId: first.rdvId, from: 'unknown', to: 'revoked' })
  expect(await marked()).toEqual([[], []])
})

describe('what the person sees', () => {
  const recipient = (participationId: number) => inRead(ctxFor(db), (read) => findRecipient(read, participationId))
  const setMotif = (visibility: string) =>
    db.execute(sql`update motifs set visibility = ${visibility} where id = ${here.motif.id}`)

  test('follows the motif, now and later, unless said otherwise', async () => {
    const { token, shows, participation } = await placed({ showsToUsager: true })
    expect(shows).toBeNull()
    expect(await getRdvByLink(ctxFor(db), { token })).toMatchObject({ status: 'unknown' })
    expect(await recipient(participation)).toMatchObject({ notifiesLifecycle: true })
    await setMotif('invisible')
    await expect(getRdvByLink(ctxFor(db), { token })).rejects.toMatchObject({ code: 'not-found' })
    expect(await recipient(participation)).toMatchObject({ notifiesLifecycle: false })
  })

  test('hidden for this RDV: its link opens nothing, its calendar neither, and nobody is told', async () => {
    const told = { lifecycleIds: question.usagerIds, reminderIds: question.usagerIds }
    const { token, participation, rdvId } = await placed({ showsToUsager: false, told })
    await expect(getRdvByLink(ctxFor(db), { token })).rejects.toMatchObject({ code: 'not-found' })
    await expect(getIcsByLink(ctxFor(db), { token })).rejects.toMatchObject({ code: 'not-found' })
    expect(await recipient(participation)).toMatchObject({ notifiesLifecycle: false })
    const flags = sql`select notifies_lifecycle or notifies_reminder as told from participations where rdv_id = ${rdvId}`
    expect([...(await db.execute(flags))]).toEqual([{ told: false }])
  })

  test('of a motif hidden by nature, is shown to whom it is said to', async () => {
    await setMotif('invisible')
    const usual = await placed()
    await expect(getRdvByLink(ctxFor(db), { token: usual.token })).rejects.toMatchObject({ code: 'not-found' })
    const startAt = new Date('2027-03-03T08:00:00Z')
    const told = { lifecycleIds: question.usagerIds, reminderIds: [] }
    const shown = await placed({ startAt, showsToUsager: true, told })
    expect(await getRdvByLink(ctxFor(db), { token: shown.token })).toMatchObject({ status: 'unknown' })
    expect(await recipient(shown.participation)).toMatchObject({ notifiesLifecycle: true })
  })
})
