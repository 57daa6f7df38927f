import { afterAll, beforeAll, beforeEach } from 'vitest'
import { rateLimits } from '@/db/schema'
import { hashPassword } from '@/server/access/auth'
import { NOW } from './booking'
import { cloneDatabase } from './database'
import { makeWorkplace } from './make'

export const PASSWORD = 'Orage-violet 7 lampes'
export const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

async function openHouse() {
  const { db, close } = await cloneDatabase({ poolSize: 20 })
  return { db, close, place: await makeWorkplace(db), passwordHash: await hashPassword(PASSWORD) }
}

/**
 * The world of the tests of sign-in: a database of its own, with connections enough for races, one place to work at, and
 * what the base holds of `PASSWORD`. Tries are counted anew for each test.
 */
export function signInHouse() {
  let house: Awaited<ReturnType<typeof openHouse>>
  beforeAll(async () => {
    house = await openHouse()
  })
  beforeEach(async () => {
    await house.db.delete(rateLimits)
  })
  afterAll(() => house.close())
  return {
    get db() {
      return house.db
    },
    get place() {
      return house.place
    },
    get passwordHash() {
      return house.passwordHash
    },
  }
}
