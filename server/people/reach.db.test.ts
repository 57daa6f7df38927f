import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { territories, usagerOrganisations } from '@/db/schema'
import { adminOf, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { mayOpenUsager } from './policy'
import { usagersWithin } from './queries/reach'

const { db } = await ownDatabase()
let places: BookablePlace[]
type Person = { id: number; territoryId: number; organisationIds: number[]; isVisibleThroughout: boolean }
const people: Person[] = []

/** Two territories of two organisations, one of which shows its people throughout; and people of every mixture. */
beforeAll(async () => {
  const [here, abroad] = [await makeBookablePlace(db), await makeBookablePlace(db)]
  await db
    .update(territories)
    .set({ usagersVisibleThroughout: true })
    .where(sql`id = ${abroad.territory.id}`)
  places = [
    here,
    await makeBookablePlace(db, { within: here }),
    abroad,
    await makeBookablePlace(db, { within: abroad }),
  ]
  for (const { territory } of [here, abroad]) {
    const own = places.filter((place) => place.territory.id === territory.id)
    for (const held of [[], own.slice(0, 1), own.slice(1), own]) {
      const { id } = await makeUsager(db, territory.id)
      const organisationIds = held.map(({ organisation }) => organisation.id)
      for (const organisationId of organisationIds)
        await db.insert(usagerOrganisations).values({ territoryId: territory.id, usagerId: id, organisationId })
      people.push({
        id,
        territoryId: territory.id,
        organisationIds,
        isVisibleThroughout: territory.id === abroad.territory.id,
      })
    }
  }
})

test('the law of files says the same in TypeScript and in SQL, whoever asks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray([0, 1, 2, 3]), async (chosen) => {
      const memberships = chosen.flatMap((index) => {
        const place = places[index]
        return place ? [...adminOf(place, 1).memberships] : []
      })
      const [first] = places
      if (!first) throw new Error('no place')
      const actor = { ...adminOf(first, 1), memberships }
      const rows = await db.execute<{ id: number }>(
        sql`select u.id::float8 as id from usagers u where ${usagersWithin(actor)} order by u.id`,
      )
      const open = people.filter((person) => mayOpenUsager(actor, person))
      expect(rows.map(({ id }) => id)).toEqual(open.map(({ id }) => id).sort((a, b) => a - b))
    }),
    { numRuns: 40 },
  )
})
