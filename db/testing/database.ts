import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { createDb } from '../client'

/** A database of its own for a test file: a clone of the migrated template. Close it in `afterAll`. */
export async function cloneDatabase({ poolSize = 10 } = {}) {
  const serverUrl = inject('pgUrl')
  const name = `t_${randomBytes(8).toString('hex')}`
  const admin = postgres(`${serverUrl}/postgres`, { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database ${name} template tpl strategy file_copy`)
  const url = `${serverUrl}/${name}`
  const { db, close } = createDb(url, { poolSize, applicationName: 'test', prepares: true })
  return {
    db,
    url,
    close: async () => {
      await close()
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** The one of a whole test file, closed after its tests: `const { db } = await ownDatabase()`. */
export async function ownDatabase(options?: Parameters<typeof cloneDatabase>[0]) {
  const database = await cloneDatabase(options)
  afterAll(database.close)
  return database
}
