import { TRPCError } from '@trpc/server'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { usagerOrganisations } from '@/db/schema'
import { aSuperAdmin, ctxFor, NOW, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { AppError } from './kernel/errors'
import { appRouter } from './root'
import { createCallerFactory, type Meta } from './trpc'

const house = await ownDatabase()
let place: BookablePlace
let fileId: number
let doors: Record<string, Record<string, (input: unknown) => Promise<unknown>>>

/** A super-admin in the place of the place's agent, who may only look. */
beforeAll(async () => {
  place = await makeBookablePlace(house.db)
  const { id: usagerId } = await makeUsager(house.db, place.territory.id, {
    ...{ lastName: 'Martin', phone: '06 12 34 56 78', phoneE164: '+33612345678' },
  })
  await house.db.insert(usagerOrganisations).values({
    ...{ usagerId, territoryId: place.territory.id, organisationId: place.organisation.id },
  })
  const { id: doubleId } = await makeUsager(house.db, place.territory.id, {
    ...{ firstName: 'Zoé', lastName: 'Martin', phone: '06 87 65 43 21', phoneE164: '+33687654321' },
  })
  await house.db.insert(usagerOrganisations).values({
    ...{ usagerId: doubleId, territoryId: place.territory.id, organisationId: place.organisation.id },
  })
  const { superAdminId } = await aSuperAdmin(house.db)
  const actor = {
    ...(await signedInAs(house.db, place.agents[0]?.id ?? 0)),
    impersonation: { impersonationId: 1, superAdminId, expiresAt: new Date('2027-03-02'), isWriting: false },
  }
  fileId = usagerId
  doors = createCallerFactory(appRouter)(ctxFor(house.db, { actor, now: NOW })) as unknown as typeof doors
})

const MUTATIONS = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) => {
  const { type, meta = {} } = (procedure as unknown as { _def: { type: string; meta?: Meta } })._def
  return type === 'mutation' ? [{ path, ...meta }] : []
})
const LOOKING = MUTATIONS.filter(({ readsOnly }) => readsOnly).map(({ path }) => path)

const knock = (path: string, input: unknown): Promise<unknown> => {
  const [room = '', name = ''] = path.split('.')
  return doors[room]?.[name]?.(input) ?? Promise.reject(new Error(`no ${path}`))
}

/** What each looks for, and what there is to be found. */
const QUESTIONS: Record<string, () => unknown> = {
  'people.searchUsagers': () => ({ territoryId: place.territory.id, q: 'martin lea' }),
  'people.findDoubles': () => ({
    organisationId: place.organisation.id,
    responsibleId: null,
    answers: { firstName: 'Nina', lastName: 'Martin', bornOn: '1990-02-03', phone: '06 12 34 56 78' },
    acknowledged: [],
  }),
  'people.findDoublesOf': () => ({
    ...{ usagerId: fileId, version: 1, firstName: 'Awa', lastName: 'Ba', bornOn: '', address: '' },
    ...{ phone: '06 87 65 43 21', email: '', interpreterLanguage: '', accessibilityNote: '', accessibilityNeeds: [] },
    ...{ notifyBySms: true, notifyByEmail: true, acknowledged: [] },
  }),
}

/** Every row of every table as one sum each, but the counters of tries. */
async function sums() {
  const tables = await house.db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker') and tablename <> 'rate_limits' order by 1`)
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${name} t`,
  )
  return [...(await house.db.execute(sql.raw(`${each.join(' union all ')} order by name`)))]
}

describe('in an agent’s place, to look', () => {
  test('every mutation is refused by its door, but those that say they change nothing, leave, or turn writing on', async () => {
    expect(MUTATIONS.length).toBeGreaterThan(40)
    expect(MUTATIONS.filter(({ endsOrOpens }) => endsOrOpens).map(({ path }) => path)).toEqual([
      'impersonation.turnToWriting',
      'impersonation.end',
    ])
    for (const { path, endsOrOpens, readsOnly } of MUTATIONS) {
      if (endsOrOpens ?? readsOnly) continue
      const refusal: unknown = await knock(path, {}).catch((error: unknown) => error)
      expect(refusal instanceof TRPCError && refusal.cause instanceof AppError && refusal.cause.code, path).toBe(
        'read-only',
      )
    }
  })

  test('each that says it changes nothing has its question here', () =>
    expect(LOOKING.toSorted()).toEqual(Object.keys(QUESTIONS).sort()))

  test.each(LOOKING)('%s answers, and leaves every table as it was', async (path) => {
    const before = await sums()
    expect(before.length).toBeGreaterThan(30)
    expect(await knock(path, QUESTIONS[path]?.())).toMatchObject([{ lastName: 'Martin' }])
    expect(await sums()).toEqual(before)
  })
})
