import { expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeWorkplace } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { hashPassword } from '../auth'
import { actorOf } from '../queries/logins'
import { getMe } from '../queries/profile'
import { onEmailChangeAsked, onLinkRequested } from '../reactions'
import { agentLinkRequested } from '../events'
import { changePassword, confirmEmailChange, renameMe, requestEmailChange } from './save-profile'
import { setPreferences } from './set-preferences'
import { signInWithPassword } from './sign-in'

const { db } = await ownDatabase()

const PASSWORD = 'Orage-violet 8 lampes'
async function somebody() {
  const place = await makeWorkplace(db)
  const agent = await makeAgent(db, place, { passwordHash: await hashPassword(PASSWORD) })
  const actor = await signedInAs(db, agent.id)
  return { place, id: agent.id, email: agent.email ?? '', ctx: { ...ctxFor(db, { actor }), actor } }
}
const linkOf = async (agentId: number) => {
  const [link] = await db.execute<{ id: number }>(sql`
    select id::integer from login_links where agent_id = ${agentId} and purpose = 'email-change' order by id desc limit 1`)
  return link?.id ?? 0
}

test('an e-mail changes once the link sent to the new one is opened, the old one warned', async () => {
  const { id, email, ctx } = await somebody()
  const wanted = `nouvelle.${String(id)}@example.org`
  expect(await requestEmailChange(ctx, { email: wanted })).toMatchObject({ ok: true })
  expect(await signInWithPassword(ctxFor(db), { email: wanted, password: PASSWORD })).toMatchObject({ ok: false })
  const linkId = await linkOf(id)
  const event = { id: 1, ...agentLinkRequested(id, linkId, 'email-change') }
  await onLinkRequested(ctxFor(db), event)
  await onEmailChangeAsked(ctxFor(db), event)
  const rows = await db.execute<{ recipient: string; text: string }>(
    sql`select recipient, text from captured_messages where recipient in (${email}, ${wanted}) order by id`,
  )
  const token = tokenOf('email-change', linkId)
  expect(rows.map(({ recipient, text }) => [recipient, text.includes(token)])).toEqual([
    [wanted, true],
    [email, false],
  ])
  expect(await confirmEmailChange(ctxFor(db), { token })).toMatchObject({ ok: true })
  expect(await confirmEmailChange(ctxFor(db), { token })).toEqual({ ok: false, reason: 'link-spent' })
  expect(await signInWithPassword(ctxFor(db), { email: wanted, password: PASSWORD })).toMatchObject({ ok: true })
})

test('an e-mail somebody has is not taken from them, and the answer that asks says nothing of it', async () => {
  const [one, other] = [await somebody(), await somebody()]
  expect(await requestEmailChange(one.ctx, { email: other.email })).toMatchObject({ ok: true })
  const token = tokenOf('email-change', await linkOf(one.id))
  expect(await confirmEmailChange(ctxFor(db), { token })).toEqual({ ok: false, reason: 'email-taken' })
})

test('a password changes with the current one, and every other session ends', async () => {
  const { id, email, ctx } = await somebody()
  const other = await signedInAs(db, id)
  const chosen = 'Orage-vert 9 lampes'
  expect(await changePassword(ctx, { current: chosen, password: chosen })).toEqual({
    ok: false,
    reason: 'wrong-password',
  })
  expect(await changePassword(ctx, { current: PASSWORD, password: chosen })).toMatchObject({ ok: true })
  expect((await actorOf(ctxFor(db), ctx.actor.sessionId)).actor.kind).toBe('agent')
  expect((await actorOf(ctxFor(db), other.sessionId)).actor.kind).toBe('anonymous')
  expect(await signInWithPassword(ctxFor(db, { now: NOW }), { email, password: chosen })).toMatchObject({ ok: true })
})

test('a name changed is in the ledger as it was', async () => {
  const { id, ctx } = await somebody()
  await renameMe(ctx, { firstName: 'Claire', lastName: 'Martin' })
  await renameMe(ctx, { firstName: 'Claire', lastName: 'Martin' })
  const rows = await db.execute<{ to: string }>(sql`
    select v.new_value #>> '{}' as to from events e join event_values v on v.event_id = e.id
    where e.kind = 'agent.renamed' and e.subject_id = ${id}`)
  expect([...rows]).toEqual([{ to: 'Claire Martin' }])
})

test('preferences start as everybody’s, and what changes of them is in the ledger, once', async () => {
  const { id, ctx } = await somebody()
  const { preferences } = await getMe(ctx)
  expect(preferences).toEqual({
    rdvNotifications: 'others',
    openingNotifications: 'others',
    absenceNotifications: 'others',
    arrivalNotifications: 'none',
    digest: 'none',
    displaysSaturdays: false,
    displaysCancelledRdvs: true,
  })
  const chosen = { ...preferences, rdvNotifications: 'soon', displaysSaturdays: true } as const
  await Promise.all([setPreferences(ctx, chosen), setPreferences(ctx, chosen)])
  expect((await getMe(ctx)).preferences).toEqual(chosen)
  const rows = await db.execute<{ field: string; from: unknown; to: unknown }>(sql`
    select v.field, v.old_value as from, v.new_value as to from events e join event_values v on v.event_id = e.id
    where e.kind = 'agent.preferences-set' and e.subject_id = ${id} order by v.field`)
  expect([...rows]).toEqual([
    { field: 'displaysSaturdays', from: false, to: true },
    { field: 'rdvNotifications', from: 'others', to: 'soon' },
  ])
})
