import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { events, loginLinks, rateLimits, recoveryCodes, secondFactors, sessions } from '@/db/schema'
import { NOW, tally } from '@/db/testing/booking'
import { makeAgent } from '@/db/testing/make'
import { PASSWORD, secondsLater, signInHouse } from '@/db/testing/sign-in-house'
import { ANONYMOUS } from '@/server/kernel/actor'
import { makeCtx } from '@/server/platform/ctx'
import { LIMITS } from '@/server/platform/limits'
import { violatedConstraint } from '@/server/platform/sql'
import { codeAt, encodePending, encodeSession, pendingIn, sessionIdIn } from './auth'
import { choosePassword } from './commands/choose-password'
import { resumeSession } from './commands/resume-session'
import { prepareSecondFactor, removeSecondFactor, turnOnSecondFactor } from './commands/set-second-factor'
import { signInWithCode, signInWithPassword } from './commands/sign-in'
import { getMyFactor, type OwnCtx } from './queries/second-factors'
import { stepOf } from './rules/second-factor'
import { hashToken, tokenOf } from '@/server/platform/tokens'

const house = signInHouse()

const anonymous = (now = NOW) => makeCtx(house.db, { actor: ANONYMOUS, now, requestId: 'test', clientAddress: null })

async function inside(sessionId: string, now = NOW): Promise<OwnCtx> {
  const ctx = await resumeSession(anonymous(now), sessionId)
  if (ctx.actor.kind !== 'agent') throw new Error('the session opened nothing')
  return { ...ctx, actor: ctx.actor }
}

async function signIn(email: string, now = NOW) {
  const outcome = await signInWithPassword(anonymous(now), { email, password: PASSWORD })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

/** An agent inside, with a second factor on since the step of NOW; `code` of any instant. */
async function protectedAgent() {
  const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash })
  const email = agent.email ?? ''
  const first = await signIn(email)
  if (first.step !== 'inside') throw new Error('no second factor yet')
  const ctx = await inside(first.sessionId)
  await prepareSecondFactor(ctx)
  const state = await getMyFactor(ctx)
  if (state.kind !== 'pending') throw new Error(state.kind)
  const code = (now: Date) => codeAt(state.key, stepOf(now))
  const confirmed = await turnOnSecondFactor(ctx, { password: PASSWORD, code: code(NOW) })
  if (!confirmed.ok) throw new Error(confirmed.reason)
  return { id: agent.id, email, ctx, key: state.key, uri: state.uri, code, codes: confirmed.value.recoveryCodes }
}

/** Past the password: what the code is given with. */
async function pending(email: string, now: Date) {
  const outcome = await signIn(email, now)
  if (outcome.step !== 'code') throw new Error('no code was asked for')
  return outcome.pending
}

const enter = async (email: string, typed: string, now: Date) =>
  signInWithCode(anonymous(now), await pending(email, now), typed)

describe('setting it up', () => {
  test('keeps no secret in the clear, gives ten codes once, and says so in the ledger', async () => {
    const { id, ctx, key, uri, codes } = await protectedAgent()
    expect(uri).toContain(`secret=${key}`)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    const [row] = await house.db.select().from(secondFactors).where(eq(secondFactors.agentId, id))
    expect(row?.sealedSecret).not.toContain(key)
    const kept = await house.db
      .select()
      .from(recoveryCodes)
      .where(eq(recoveryCodes.secondFactorId, row?.id ?? 0))
    expect(kept.some(({ codeHash }) => codes.some((code) => codeHash.includes(code.replace('-', ''))))).toBe(false)
    expect(await getMyFactor(ctx)).toEqual({ kind: 'on', codesLeft: 10 })
    const told = await house.db.select().from(events).where(eq(events.kind, 'second-factor.set'))
    expect(told.at(-1)).toMatchObject({ subjectId: id, actorId: id, payload: { isOn: true } })
  })

  test('asks for a code before it counts, and a key not confirmed asks nothing at the door', async () => {
    const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash })
    const first = await signIn(agent.email ?? '')
    const ctx = await inside(first.step === 'inside' ? first.sessionId : '')
    await prepareSecondFactor(ctx)
    expect(await turnOnSecondFactor(ctx, { password: PASSWORD, code: '000000' })).toMatchObject({
      reason: 'wrong-code',
    })
    expect((await signIn(agent.email ?? '')).step).toBe('inside')
  })

  test('asks for the password first: wrong, nothing is lost, and tries are as few as at the door', async () => {
    const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash })
    const first = await signIn(agent.email ?? '')
    const ctx = await inside(first.step === 'inside' ? first.sessionId : '')
    await prepareSecondFactor(ctx)
    const state = await getMyFactor(ctx)
    if (state.kind !== 'pending') throw new Error(state.kind)
    const code = codeAt(state.key, stepOf(NOW))
    const wrong = () => turnOnSecondFactor(ctx, { password: 'Autre-chose 1!', code })
    expect(await wrong()).toEqual({ ok: false, reason: 'wrong-password' })
    expect(await getMyFactor(ctx)).toEqual(state)
    for (let i = 0; i < LIMITS.signInsPerEmail.points - 1; i += 1) await wrong()
    const password = PASSWORD
    await expect(turnOnSecondFactor(ctx, { password, code })).rejects.toMatchObject({ code: 'rate-limited' })
    await expect(removeSecondFactor(ctx, { password, code })).rejects.toMatchObject({ code: 'rate-limited' })
    await house.db.delete(rateLimits)
    expect(await turnOnSecondFactor(ctx, { password, code })).toMatchObject({ ok: true })
  })

  test('closes the sessions opened without it, but this one', async () => {
    const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash })
    const [here, there] = [await signIn(agent.email ?? ''), await signIn(agent.email ?? '')]
    if (here.step !== 'inside' || there.step !== 'inside') throw new Error('no code yet')
    const ctx = await inside(here.sessionId)
    await prepareSecondFactor(ctx)
    const state = await getMyFactor(ctx)
    if (state.kind !== 'pending') throw new Error(state.kind)
    await turnOnSecondFactor(ctx, { password: PASSWORD, code: codeAt(state.key, stepOf(NOW)) })
    const open = await house.db.select().from(sessions).where(eq(sessions.agentId, agent.id))
    expect(open.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id)).toEqual([here.sessionId])
  })

  test('is not replaced by somebody who finds the session open', async () => {
    const { ctx, code } = await protectedAgent()
    expect(await prepareSecondFactor(ctx)).toMatchObject({ reason: 'already-on' })
    const later = { ...ctx, now: secondsLater(60) }
    expect(await removeSecondFactor(later, { password: 'Autre-chose 1!', code: code(later.now) })).toMatchObject({
      reason: 'wrong-password',
    })
    expect(await removeSecondFactor(later, { password: PASSWORD, code: '000000' })).toMatchObject({
      reason: 'wrong-code',
    })
    expect(await removeSecondFactor(later, { password: PASSWORD, code: code(later.now) })).toMatchObject({ ok: true })
    expect(await getMyFactor(later)).toEqual({ kind: 'off' })
  })
})

describe('at the door', () => {
  test('the password opens nothing, the code does', async () => {
    const { email, code } = await protectedAgent()
    const now = secondsLater(60)
    expect(await enter(email, code(now), now)).toMatchObject({ ok: true, value: { step: 'inside' } })
  })

  test.each([-30, 0, 30])('a clock %i s off is forgiven', async (offSec) => {
    const { email, code } = await protectedAgent()
    const now = secondsLater(120)
    expect(await enter(email, code(new Date(now.getTime() + offSec * 1000)), now)).toMatchObject({ ok: true })
  })

  test.each([-60, 60])('a clock %i s off is not', async (offSec) => {
    const { email, code } = await protectedAgent()
    const now = secondsLater(120)
    expect(await enter(email, code(new Date(now.getTime() + offSec * 1000)), now)).toMatchObject({ ok: false })
  })

  test('a code serves once, nor does one before it serve afterwards', async () => {
    const { email, code } = await protectedAgent()
    const now = secondsLater(120)
    expect(await enter(email, code(now), now)).toMatchObject({ ok: true })
    expect(await enter(email, code(now), now)).toMatchObject({ reason: 'wrong-code' })
    expect(await enter(email, code(secondsLater(90)), now)).toMatchObject({ reason: 'wrong-code' })
    expect(await enter(email, code(secondsLater(150)), now)).toMatchObject({ ok: true })
  })

  test('the database takes no step back', async () => {
    const { id } = await protectedAgent()
    const back = house.db.update(secondFactors).set({ lastStep: 3 }).where(eq(secondFactors.agentId, id))
    expect(await back.then(() => null, violatedConstraint)).toBe('second_factors_step_forward')
  })

  test('of twelve that come at once with the same code, one enters', async () => {
    const { email, code, codes } = await protectedAgent()
    const now = secondsLater(120)
    for (const typed of [code(now), codes[0] ?? '']) {
      await house.db.delete(rateLimits)
      const ask = await pending(email, now)
      const tries = Array.from({ length: 6 }, () => signInWithCode(anonymous(now), ask, typed))
      expect(tally(await Promise.all(tries)).done).toBe(1)
    }
  })

  test('a recovery code replaces the telephone, once', async () => {
    const { id, email, codes } = await protectedAgent()
    const now = secondsLater(300)
    const [first = '', second = ''] = codes
    expect(await enter(email, first.toLowerCase(), now)).toMatchObject({ ok: true })
    expect(await enter(email, first, secondsLater(301))).toMatchObject({ reason: 'wrong-code' })
    expect(await enter(email, ` ${second.replace('-', ' ')}`, secondsLater(302))).toMatchObject({ ok: true })
    const told = await house.db.select().from(events).where(eq(events.kind, 'second-factor.recovery-code-used'))
    expect(told.filter(({ subjectId }) => subjectId === id).map(({ payload }) => payload)).toEqual([
      { leftCount: 9 },
      { leftCount: 8 },
    ])
  })

  test('somebody else’s codes are worth nothing', async () => {
    const [mine, theirs] = [await protectedAgent(), await protectedAgent()]
    const now = secondsLater(60)
    expect(await enter(mine.email, theirs.code(now), now)).toMatchObject({ reason: 'wrong-code' })
    expect(await enter(mine.email, theirs.codes[0] ?? '', now)).toMatchObject({ reason: 'wrong-code' })
  })

  test('tries are counted, whatever the codes', async () => {
    const { email } = await protectedAgent()
    const ask = await pending(email, NOW)
    const tries = []
    for (let i = 0; i < 8; i += 1) {
      tries.push(await signInWithCode(anonymous(), ask, `00000${String(i)}`).catch((error: unknown) => String(error)))
    }
    expect(tries.slice(6)).toEqual(['AppError: rate-limited', 'AppError: rate-limited'])
  })

  test('a step begun before a new password, or before another sign-in, leads nowhere', async () => {
    const { id, email, code } = await protectedAgent()
    const [before, now] = [await pending(email, NOW), secondsLater(60)]
    expect(await enter(email, code(now), now)).toMatchObject({ ok: true })
    expect(await signInWithCode(anonymous(now), before, code(secondsLater(90)))).toMatchObject({ reason: 'too-late' })

    const again = await pending(email, now)
    const [link] = await house.db
      .insert(loginLinks)
      .values({ agentId: id, purpose: 'reset-password', tokenHash: 'x', expiresAt: secondsLater(900) })
      .returning({ id: loginLinks.id })
    const token = tokenOf('reset-password', link?.id ?? 0)
    await house.db
      .update(loginLinks)
      .set({ tokenHash: hashToken(token) })
      .where(eq(loginLinks.id, link?.id ?? 0))
    const chosen = await choosePassword(anonymous(now), {
      token,
      purpose: 'reset-password',
      password: 'Neige-verte 9 lunes',
    })
    expect(chosen).toMatchObject({ ok: true })
    const late = secondsLater(120)
    expect(await signInWithCode(anonymous(late), again, code(late))).toMatchObject({ reason: 'too-late' })
  })

  test('the cookie of the step is no session, nor a session the cookie of the step', async () => {
    const { email } = await protectedAgent()
    const ask = await pending(email, NOW)
    const cookie = await encodePending(ask)
    expect(await pendingIn(cookie)).toEqual(ask)
    expect(await sessionIdIn(cookie)).toBeNull()
    expect(await pendingIn(await encodeSession('00000000-0000-4000-8000-000000000000'))).toBeNull()
    expect(await pendingIn('forged')).toBeNull()
  })
})
