import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { messageWordings } from '@/db/schema'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { inRead } from '@/server/platform/ctx'
import { standardWording } from '../rules/standard-wordings'
import { loadWording } from './wordings'

const { db } = await ownDatabase()

const KEY = { audience: 'usager', news: 'created', channel: 'sms' } as const

test('words of a territory that name a confidential motif are not those of its messages', async () => {
  const { territory, motif } = await makeBookablePlace(db, { motif: { name: 'Dépistage' } })
  const about = { territoryId: territory.id, motifId: motif.id }
  const body = 'Votre depistage {date} {heure} {lien}'
  await db.insert(messageWordings).values({ ...KEY, territoryId: territory.id, motifId: null, subject: null, body })
  const words = () => inRead(ctxFor(db), async (read) => (await loadWording(read, about, KEY)).wording)
  expect(await words()).toEqual({ subject: null, body })
  await db.execute(sql`update motifs set is_confidential = true where id = ${motif.id}`)
  expect(await words()).toEqual(standardWording(KEY))
})
