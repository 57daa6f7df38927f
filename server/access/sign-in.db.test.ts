import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { agents, events, loginLinks, rateLimits, sessions } from '@/db/schema'
import { NOW } from '@/db/testing/booking'
import { makeAgent } from '@/db/testing/make'
import { PASSWORD, signInHouse } from '@/db/testing/sign-in-house'
import { ANONYMOUS } from '@/server/kernel/actor'
import { makeCtx } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { choosePassword } from './commands/choose-password'
import { requestLink } from './commands/request-link'
import { resumeSession } from './commands/resume-session'
import { signInWithLink, signInWithPassword } from './commands/sign-in'
import { signOut, signOutEverywhere } from './commands/sign-out'
import { makeLink } from './jobs'
import { listMySessions } from './queries/profile'
import { linkJobSchema, NOBODY } from './schema'

const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const house = signInHouse()

const anonymous = (now = NOW, clientAddress: string | null = null) =>
  makeCtx(house.db, { actor: ANONYMOUS, now, requestId: 'test', clientAddress })

async function anAgent(given: Parameters<typeof makeAgent>[2] = {}) {
  const agent = await makeAgent(house.db, house.place, { passwordHash: house.passwordHash, ...given })
  return { ...agent, email: agent.email ?? '' }
}

/** Signs in and answers the context of the next request. */
async function signedIn(email: string, now = NOW) {
  const outcome = await signInWithPassword(anonymous(now), { email, password: PASSWORD })
  if (!outcome.ok || outcome.value.step !== 'inside') throw new Error('not inside')
  return { sessionId: outcome.value.sessionId, ctx: await resumeSession(anonymous(now), outcome.value.sessionId) }
}

/** The jobs that make links, oldest first; taken off the queue. */
async function takeLinkJobs() {
  const rows = await house.db.execute<{ payload: unknown }>(sql`
    delete from graphile_worker._private_jobs as j using graphile_worker._private_tasks as t
    where t.id = j.task_id and t.identifier = 'make-link' returning j.payload`)
  return rows.map(({ payload }) => linkJobSchema.parse(payload))
}

async function aLink(email: string, purpose: 'sign-in' | 'reset-password' = 'sign-in') {
  await requestLink(anonymous(), { email, purpose })
  for (const job of await takeLinkJobs()) await makeLink(anonymous(), job)
  const [agent] = await house.db.select({ id: agents.id }).from(agents).where(eq(agents.email, email))
  const links = await house.db
    .select()
    .from(loginLinks)
    .where(eq(loginLinks.agentId, agent?.id ?? 0))
  const last = links.at(-1)
  return last ? tokenOf(purpose, last.id) : null
}

const kindsOf = async (agentId: number) => {
  const rows = await house.db
    .select({ kind: events.kind })
    .from(events)
    .where(eq(events.subjectId, agentId))
    .orderBy(events.id)
  return rows.map((row) => row.kind)
}

describe('signing in with a password', () => {
  test('opens a session that carries the rights read now, and says so in the ledger', async () => {
    const agent = await anAgent({ level: 'admin' })
    const { ctx } = await signedIn(agent.email)
    expect(ctx.actor).toMatchObject({
      kind: 'agent',
      agentId: agent.id,
      memberships: [
        {
          organisationId: house.place.organisationId,
          territoryId: house.place.territoryId,
          level: 'admin',
          isSecretary: false,
        },
      ],
      administers: [],
    })
    expect(await kindsOf(agent.id)).toEqual(['agent.signed-in'])
  })

  test('refuses in the same words a wrong password, an unknown e-mail and an account that may not enter', async () => {
    const known = await anAgent()
    const invited = await anAgent({ activatedAt: null })
    const demo = await anAgent({ email: 'x@demo.rdv-territoires.example' })
    const withoutPassword = await anAgent({ passwordHash: null })
    for (const [email, password] of [
      [known.email, 'Orage-violet 8 lampes'],
      ['personne@example.org', PASSWORD],
      [invited.email, PASSWORD],
      [demo.email, PASSWORD],
      [withoutPassword.email, PASSWORD],
    ] as const) {
      expect(await signInWithPassword(anonymous(), { email, password })).toEqual({
        ok: false,
        reason: 'wrong-credentials',
      })
    }
  })

  test('takes as long for an unknown e-mail as for a wrong password', async () => {
    const known = await anAgent()
    const timeOf = async (email: string) => {
      const start = performance.now()
      await signInWithPassword(anonymous(), { email, password: 'Orage-violet 8 lampes' })
      return performance.now() - start
    }
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let turn = 0; turn < 7; turn += 1) {
      times.known.push(await timeOf(known.email))
      times.unknown.push(await timeOf(`personne${turn}@example.org`))
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[3] ?? 0
    const ratio = median(times.known) / median(times.unknown)
    expect(ratio).toBeGreaterThan(0.4)
    expect(ratio).toBeLessThan(2.5)
  })

  test('makes somebody of no known address wait after 8 tries for one e-mail, and one address after 60 for all', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await signInWithPassword(anonymous(), { email: 'personne@example.org', password: 'x' })
    }
    const oneMore = signInWithPassword(anonymous(), { email: 'personne@example.org', password: 'x' })
    await expect(oneMore).rejects.toMatchObject({ code: 'rate-limited', retryInSec: 900 })
    await house.db.delete(rateLimits)
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        signInWithPassword(anonymous(NOW, '203.0.113.7'), { email: `p${i}@example.org`, password: 'x' }),
      ),
    )
    const another = signInWithPassword(anonymous(NOW, '203.0.113.7'), { email: 'q@example.org', password: 'x' })
    await expect(another).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('does not lock an agent out for tries from elsewhere, unless they are very many', async () => {
    const agent = await anAgent()
    const tryFrom = (clientAddress: string, password = 'x') =>
      signInWithPassword(anonymous(NOW, clientAddress), { email: agent.email, password })
    for (let turn = 0; turn < 8; turn += 1) await tryFrom('203.0.113.1')
    await expect(tryFrom('203.0.113.1', PASSWORD)).rejects.toMatchObject({ code: 'rate-limited' })
    expect((await tryFrom('203.0.113.2', PASSWORD)).ok).toBe(true)
    await Promise.all(Array.from({ length: 100 }, (_, i) => tryFrom(`198.51.100.${i % 25}`)))
    await expect(tryFrom('203.0.113.2')).rejects.toMatchObject({ code: 'rate-limited' })
  })

  test('counts tries in a row: a success starts again from nothing', async () => {
    const agent = await anAgent()
    for (let turn = 0; turn < 3; turn += 1) {
      for (let failed = 0; failed < 5; failed += 1) {
        await signInWithPassword(anonymous(minutesLater(turn)), { email: agent.email, password: 'x' })
      }
      expect(
        (await signInWithPassword(anonymous(minutesLater(turn)), { email: agent.email, password: PASSWORD })).ok,
      ).toBe(true)
    }
  })

  test('closes the session this browser had', async () => {
    const agent = await anAgent()
    const first = await signedIn(agent.email)
    await signInWithPassword(first.ctx, { email: agent.email, password: PASSWORD })
    expect((await resumeSession(anonymous(), first.sessionId)).actor).toEqual(ANONYMOUS)
  })
})

describe('a session', () => {
  test('is over at the next request once its agent is deleted, or its right withdrawn', async () => {
    const agent = await anAgent()
    const { sessionId } = await signedIn(agent.email)
    await house.db.update(agents).set({ deletedAt: NOW }).where(eq(agents.id, agent.id))
    expect((await resumeSession(anonymous(), sessionId)).actor).toEqual(ANONYMOUS)
  })

  test('is refused to a demo account outside the demo, even opened before', async () => {
    const agent = await anAgent()
    const { sessionId } = await signedIn(agent.email)
    await house.db
      .update(agents)
      .set({ email: `${agent.id}@demo.rdv-territoires.example` })
      .where(eq(agents.id, agent.id))
    expect((await resumeSession(anonymous(), sessionId)).actor).toEqual(ANONYMOUS)
  })

  test('lives while it is used, at most every five minutes noted, and dies of 14 quiet days', async () => {
    const { sessionId } = await signedIn((await anAgent()).email)
    const seenAt = async () => (await house.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]?.seenAt
    await resumeSession(anonymous(minutesLater(4)), sessionId)
    expect(await seenAt()).toEqual(NOW)
    await resumeSession(anonymous(minutesLater(6)), sessionId)
    expect(await seenAt()).toEqual(minutesLater(6))
    const quiet = minutesLater(6 + 14 * 1440)
    expect((await resumeSession(anonymous(quiet), sessionId)).actor).toEqual(ANONYMOUS)
  })

  test('is nobody’s when its id is unknown', async () => {
    expect((await resumeSession(anonymous(), crypto.randomUUID())).actor).toEqual(ANONYMOUS)
  })

  test('closes alone when its agent signs out, and with all others everywhere', async () => {
    const agent = await anAgent()
    const [here, there, elsewhere] = [
      await signedIn(agent.email),
      await signedIn(agent.email),
      await signedIn(agent.email),
    ]
    await signOut(here.ctx)
    expect((await resumeSession(anonymous(), here.sessionId)).actor).toEqual(ANONYMOUS)
    expect((await resumeSession(anonymous(), there.sessionId)).actor.kind).toBe('agent')
    await signOutEverywhere(there.ctx)
    expect((await resumeSession(anonymous(), there.sessionId)).actor).toEqual(ANONYMOUS)
    expect((await resumeSession(anonymous(), elsewhere.sessionId)).actor).toEqual(ANONYMOUS)
    expect((await kindsOf(agent.id)).slice(3)).toEqual(['agent.signed-out', 'agent.signed-out'])
  })

  test('is listed to its agent without its id', async () => {
    const agent = await anAgent()
    const { ctx } = await signedIn(agent.email)
    await signedIn(agent.email, minutesLater(1))
    if (ctx.actor.kind !== 'agent') throw new Error('not signed in')
    const list = await listMySessions({ ...ctx, actor: ctx.actor })
    expect(list).toEqual([
      { openedAt: minutesLater(1), seenAt: minutesLater(1), isThisOne: false },
      { openedAt: NOW, seenAt: NOW, isThisOne: true },
    ])
  })
})

describe('a mailed link', () => {
  test('signs in once, of twenty presses at the same time', async () => {
    const agent = await anAgent()
    const token = (await aLink(agent.email)) ?? ''
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signInWithLink(anonymous(), { token })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.reason])))).toEqual(
      new Set(['link-spent']),
    )
    expect(await house.db.select().from(sessions).where(eq(sessions.agentId, agent.id))).toHaveLength(1)
  })

  test('kills the agent’s other links; two different ones at once open one session and never block each other', async () => {
    const agent = await anAgent()
    const [first, second] = [(await aLink(agent.email)) ?? '', (await aLink(agent.email)) ?? '']
    expect(first).not.toBe(second)
    const outcomes = await Promise.all([first, second].map((token) => signInWithLink(anonymous(), { token })))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
  })

  test('is hashed at rest, and dead after 15 minutes', async () => {
    const token = (await aLink((await anAgent()).email)) ?? ''
    expect(await house.db.select().from(loginLinks).where(eq(loginLinks.tokenHash, token))).toEqual([])
    expect(await signInWithLink(anonymous(minutesLater(15)), { token })).toEqual({ ok: false, reason: 'link-spent' })
    expect((await signInWithLink(anonymous(minutesLater(14)), { token })).ok).toBe(true)
  })

  test('made to sign in chooses no password, and the other way round', async () => {
    const agent = await anAgent()
    const reset = (await aLink(agent.email, 'reset-password')) ?? ''
    const signIn = (await aLink(agent.email)) ?? ''
    expect((await signInWithLink(anonymous(), { token: reset })).ok).toBe(false)
    expect(
      (await choosePassword(anonymous(), { purpose: 'reset-password', token: signIn, password: PASSWORD })).ok,
    ).toBe(false)
  })

  test('is sent to nobody for an unknown, invited or demo account, after the same work as for a known one', async () => {
    const invited = await anAgent({ activatedAt: null })
    const demo = await anAgent({ email: 'y@demo.rdv-territoires.example' })
    const known = await anAgent()
    const before = await house.db.$count(loginLinks)
    for (const email of ['inconnu@example.org', invited.email, demo.email, known.email]) {
      expect(await requestLink(anonymous(), { email, purpose: 'sign-in' })).toEqual({ ok: true, value: null })
      const agentId = email === known.email ? known.id : NOBODY
      expect(await takeLinkJobs()).toEqual([{ agentId, purpose: 'sign-in' }])
    }
    expect(await house.db.$count(loginLinks)).toBe(before)
    expect(await aLink(invited.email)).toBeNull()
    expect(await aLink(demo.email)).toBeNull()
  })

  test('is sent four times an hour to one e-mail', async () => {
    const ask = () => requestLink(anonymous(), { email: 'inconnu@example.org', purpose: 'sign-in' })
    await Promise.all(Array.from({ length: 4 }, ask))
    await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' })
  })
})

describe('choosing a new password', () => {
  test('closes every session, works once, and lets the new one in', async () => {
    const agent = await anAgent()
    const { sessionId } = await signedIn(agent.email)
    const token = (await aLink(agent.email, 'reset-password')) ?? ''
    const chosen = 'Éléphant, 3 girafes'
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => choosePassword(anonymous(), { purpose: 'reset-password', token, password: chosen })),
    )
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect((await resumeSession(anonymous(), sessionId)).actor).toEqual(ANONYMOUS)
    expect((await signInWithPassword(anonymous(), { email: agent.email, password: PASSWORD })).ok).toBe(false)
    expect((await signInWithPassword(anonymous(), { email: agent.email, password: chosen })).ok).toBe(true)
    expect(await kindsOf(agent.id)).toContain('agent.password-changed')
  })
})
