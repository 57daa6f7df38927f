import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, eventValues, usagers } from '@/db/schema'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritory, makeUsager } from '@/db/testing/make'
import { signedId } from '@/server/platform/tokens'
import { getMailConsent } from '../queries/consents'
import { setMailConsent } from './set-consent'

const { db } = await ownDatabase()

const EMAIL = 'lea.martin@example.org'
const tokenOf = (usagerId: number, email = EMAIL) => signedId('message-choices', usagerId, email)
test('whoever holds the link of an e-mail stops them and takes them up again; each is one fact, said again none', async () => {
  const { id: territoryId, name } = await makeTerritory(db)
  const { id } = await makeUsager(db, territoryId, { email: EMAIL })
  const token = tokenOf(id)
  expect(await getMailConsent(ctxFor(db), { token })).toEqual({ mail: true, territoryName: name })
  const set = (isOn: boolean) => setMailConsent(ctxFor(db), { token, isOn })
  await set(false)
  await set(false)
  expect(await getMailConsent(ctxFor(db), { token })).toMatchObject({ mail: false })
  await set(true)
  expect(await getMailConsent(ctxFor(db), { token })).toMatchObject({ mail: true })
  const told = await db.select().from(events).where(eq(events.territoryId, territoryId)).orderBy(events.id)
  expect(told.map(({ kind, payload, actorKind }) => [kind, payload, actorKind])).toEqual(
    Array(2).fill(['usager.changed', { fields: ['notifyByEmail'] }, 'anonymous']),
  )
  const [value] = await db
    .select()
    .from(eventValues)
    .where(eq(eventValues.eventId, told[0]?.id ?? 0))
  expect(value).toMatchObject({ field: 'notifyByEmail', oldValue: true, newValue: false, usagerId: id })
})

test('an agent who saves the file they had open is told that it changed', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const { id, version } = await makeUsager(db, territoryId, { email: EMAIL })
  await setMailConsent(ctxFor(db), { token: tokenOf(id), isOn: false })
  const [row] = await db.select({ version: usagers.version }).from(usagers).where(eq(usagers.id, id))
  expect(row?.version).toBe(version + 1)
})

test('a token of nobody, of another purpose, of an address the file has no more or of a file that is gone opens nothing', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const { id: gone } = await makeUsager(db, territoryId, { email: EMAIL, deletedAt: new Date() })
  const { id } = await makeUsager(db, territoryId, { email: 'lea.petit@example.org' })
  const { id: without } = await makeUsager(db, territoryId)
  const tokens = [tokenOf(gone), tokenOf(999_999_999), signedId('sms-replies', id), tokenOf(id), tokenOf(without, '')]
  for (const token of tokens) {
    await expect(getMailConsent(ctxFor(db), { token })).rejects.toMatchObject({ code: 'not-found' })
    const said = setMailConsent(ctxFor(db), { token, isOn: false })
    await expect(said).rejects.toMatchObject({ code: 'not-found' })
  }
})
