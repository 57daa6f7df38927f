import { and, eq, isNull, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Tx } from '@/db/client'
import { agents, recoveryCodes, secondFactors, sessions } from '@/db/schema'
import { ctxFor, NOW, tally } from '@/db/testing/booking'
import { makeAgent } from '@/db/testing/make'
import { PASSWORD, secondsLater, signInHouse } from '@/db/testing/sign-in-house'
import { ANONYMOUS } from '@/server/kernel/actor'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { codeAt } from './auth'
import { resumeSession } from './commands/resume-session'
import { prepareSecondFactor, turnOnSecondFactor } from './commands/set-second-factor'
import { signInWithCode, signInWithPassword } from './commands/sign-in'
import { findFactor, getMyFactor, type OwnCtx } from './queries/second-factors'
import { stepOf } from './rules/second-factor'
import { confirmFactor } from './store/second-factors'

const house = signInHouse()

const anonymous = (now = NOW) => ctxFor(house.db, { actor: ANONYMOUS, now })
const signIn = (email: string, now = NOW) => signInWithPassword(anonymous(now), { email, password: PASSWORD })

/** An agent inside, a key drawn and not confirmed. */
async function aboutToTurnItOn() {
  const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash })
  const first = await signIn(agent.email ?? '')
  if (!first.ok || first.value.step !== 'inside') throw new Error('not inside')
  const { sessionId } = first.value
  const resumed = await resumeSession(anonymous(), sessionId)
  if (resumed.actor.kind !== 'agent') throw new Error('not an agent')
  const ctx: OwnCtx = { ...resumed, actor: resumed.actor }
  await prepareSecondFactor(ctx)
  const state = await getMyFactor(ctx)
  if (state.kind !== 'pending') throw new Error(state.kind)
  const turnOn = () => turnOnSecondFactor(ctx, { password: PASSWORD, code: codeAt(state.key, stepOf(NOW)) })
  return { id: agent.id, email: agent.email ?? '', ctx, sessionId, key: state.key, turnOn }
}

const openSessions = async (agentId: number) => {
  const rows = await house.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.agentId, agentId), isNull(sessions.revokedAt)))
  return rows.map(({ id }) => id)
}

/** Holds the agent's row while these wait for it, one after the other, then lets them go once `meanwhile` has been written. */
async function queued<const T extends readonly (() => Promise<unknown>)[]>(
  agentId: number,
  waiting: T,
  meanwhile: (tx: Tx) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
  const started: Promise<unknown>[] = []
  await house.db.transaction(async (tx) => {
    await tx.execute(sql`select id from agents where id = ${agentId} for no key update`)
    for (const begin of waiting) {
      started.push(begin())
      await expect.poll(countWaiting, { timeout: 10_000 }).toBe(started.length)
    }
    await meanwhile(tx)
  })
  return (await Promise.all(started)) as { [K in keyof T]: Awaited<ReturnType<T[K]>> }
}

async function countWaiting(): Promise<number> {
  const [row] = await house.db.execute<{ count: number }>(sql`
    select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return row?.count ?? 0
}

test('of six confirmations at once one turns it on, and its ten codes stand alone', async () => {
  const { id, ctx, turnOn } = await aboutToTurnItOn()
  expect(tally(await Promise.all(Array.from({ length: 6 }, turnOn)))).toEqual({ done: 1, 'already-on': 5 })
  const codes = await house.db
    .select({ id: recoveryCodes.id })
    .from(recoveryCodes)
    .innerJoin(secondFactors, eq(secondFactors.id, recoveryCodes.secondFactorId))
    .where(eq(secondFactors.agentId, id))
  expect(codes).toHaveLength(10)
  expect(await getMyFactor(ctx)).toEqual({ kind: 'on', codesLeft: 10 })
})

test('a key drawn again meanwhile is not turned on by a code of the one before', async () => {
  const { id, ctx, turnOn } = await aboutToTurnItOn()
  const owner = { kind: 'agent', id } as const
  const shown = await findFactor(ctx, owner)
  if (!shown) throw new Error('nothing was shown')
  const [outcome] = await queued(id, [turnOn], () => prepareSecondFactor(ctx))
  expect(outcome).toEqual({ ok: false, reason: 'wrong-code' })
  const confirmed = await inTransaction<boolean, never>(ctx, async (tx) =>
    done(await confirmFactor(tx, shown, stepOf(NOW))),
  )
  expect(confirmed).toEqual({ ok: true, value: false })
  expect((await getMyFactor(ctx)).kind).toBe('pending')
})

test('whoever enters by password just before it is turned on is closed by it, just after is asked for a code', async () => {
  const { id, email, sessionId, turnOn } = await aboutToTurnItOn()
  const [before, turned] = await queued(id, [() => signIn(email), turnOn])
  expect(before).toMatchObject({ ok: true, value: { step: 'inside' } })
  expect(turned.ok).toBe(true)
  expect(await signIn(email)).toMatchObject({ ok: true, value: { step: 'code' } })
  expect(await openSessions(id)).toEqual([sessionId])
})

test('however they come, no session opened by password alone outlives it', async () => {
  const { id, email, sessionId, turnOn } = await aboutToTurnItOn()
  const others = Array.from({ length: 6 }, () => signIn(email))
  await Promise.all([...others, turnOn()])
  expect(await openSessions(id)).toEqual([sessionId])
})

test('a password that changes while it is being verified opens nothing', async () => {
  const { id, email, sessionId } = await aboutToTurnItOn()
  const [outcome] = await queued(id, [() => signIn(email)], (tx) =>
    tx.update(agents).set({ passwordHash: 'another' }).where(eq(agents.id, id)),
  )
  expect(outcome).toEqual({ ok: false, reason: 'wrong-credentials' })
  expect(await openSessions(id)).toEqual([sessionId])
})

test('one step passed lets one in, be it with two codes at once', async () => {
  const { email, key, turnOn } = await aboutToTurnItOn()
  const turned = await turnOn()
  if (!turned.ok) throw new Error(turned.reason)
  const [asked, now] = [await signIn(email, secondsLater(60)), secondsLater(61)]
  if (!asked.ok || asked.value.step !== 'code') throw new Error('no code was asked for')
  const { pending } = asked.value
  const typed = [codeAt(key, stepOf(now)), ...turned.value.recoveryCodes.slice(0, 3)]
  const outcomes = await Promise.all(typed.map((code) => signInWithCode(anonymous(now), pending, code)))
  expect(tally(outcomes)).toEqual({ done: 1, 'too-late': 3 })
})
