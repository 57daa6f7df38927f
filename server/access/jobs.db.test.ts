import { expect, test } from 'vitest'
import { agents, loginLinks, sessions } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeCtx } from '@/server/platform/ctx'
import { purgeAccess } from './jobs'

const NOW = new Date('2027-03-01T06:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

const house = await ownDatabase()

test('purges what is over for 30 days, and keeps what lives or ended since', async () => {
  const [agent] = await house.db.insert(agents).values({ lastName: 'Roy' }).returning({ id: agents.id })
  const agentId = agent!.id
  const living = { agentId, seenAt: daysAgo(1), expiresAt: daysAgo(-10), revokedAt: null }
  await house.db
    .insert(sessions)
    .values([
      living,
      { ...living, revokedAt: daysAgo(29) },
      { ...living, revokedAt: daysAgo(31) },
      { ...living, expiresAt: daysAgo(31) },
      { ...living, seenAt: daysAgo(45) },
    ])
  const link = { agentId, purpose: 'sign-in', tokenHash: 'old', expiresAt: daysAgo(31) } as const
  await house.db.insert(loginLinks).values([link, { ...link, tokenHash: 'recent', expiresAt: daysAgo(29) }])
  const actor = { kind: 'system', job: 'purge-access' } as const
  const ctx = makeCtx(house.db, { actor, now: NOW, requestId: 'test', clientAddress: null })
  expect(await purgeAccess(ctx)).toEqual({ ok: true, value: { rows: 4 } })
  expect(await house.db.select().from(sessions)).toHaveLength(2)
  expect((await house.db.select().from(loginLinks)).map(({ tokenHash }) => tokenHash)).toEqual(['recent'])
})
