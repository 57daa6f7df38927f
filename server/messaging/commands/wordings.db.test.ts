import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, eventValues, messageWordings, motifs } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeMotif, makeOrganisation, makeService } from '@/db/testing/make'
import { makeTerritoryAdmin } from '@/db/testing/territory-admin'
import { getWording, listMotifsWithWordings, listOwnWordings } from '../queries/wordings'
import { nameOfWording, standardWording, WORDING_KEYS } from '../rules/standard-wordings'
import { filled } from '../rules/wording'
import { resetWordingSchema, saveWordingSchema, wordingSchema } from '../schema'
import { resetWording } from './reset-wording'
import { saveWording } from './save-wording'

const { db } = await ownDatabase()

const KEY = { audience: 'usager', news: 'created', channel: 'sms' } as const
const typed = (territoryId: number, over: Record<string, unknown> = {}) =>
  saveWordingSchema.parse({
    ...{ territoryId, motifId: '', key: 'usager-created-sms', seen: '', body: 'RDV {date} {heure} {lien}' },
    ...over,
  })
const asked = (territoryId: number, motifId: number | null = null) =>
  wordingSchema.parse({ territoryId, motifId, key: 'usager-created-sms' })

async function aTerritory() {
  const admin = await makeTerritoryAdmin(db)
  const { id: organisationId } = await makeOrganisation(db, admin.territoryId)
  const { id: serviceId } = await makeService(db, admin.territoryId)
  const { id: motifId } = await makeMotif(db, { territoryId: admin.territoryId, organisationId, serviceId })
  return { ...admin, motifId }
}

test('words are chosen for a territory, then for one of its motifs, each a fact; going back takes them away', async () => {
  const { territoryId, ctx, motifId } = await aTerritory()
  const standard = standardWording(KEY)
  expect(await getWording(ctx, asked(territoryId))).toMatchObject({ seen: '', source: 'standard', wording: standard })

  expect(await saveWording(ctx, typed(territoryId))).toMatchObject({ ok: true })
  const ofTerritory = { subject: null, body: 'RDV {date} {heure} {lien}' }
  expect(await getWording(ctx, asked(territoryId, motifId))).toMatchObject({
    ...{ seen: '', source: 'territory', wording: ofTerritory, otherwise: ofTerritory },
  })
  expect(await saveWording(ctx, typed(territoryId, { motifId, body: 'Venez {date} {heure} {lien}' }))).toMatchObject({
    ok: true,
  })
  const sheet = await getWording(ctx, asked(territoryId, motifId))
  expect(sheet).toMatchObject({
    source: 'motif',
    wording: { body: 'Venez {date} {heure} {lien}' },
    otherwise: ofTerritory,
  })
  expect(await listOwnWordings(ctx, { territoryId, motifId })).toEqual({ 'usager-created-sms': 'motif' })
  expect(await listOwnWordings(ctx, { territoryId, motifId: null })).toEqual({ 'usager-created-sms': 'territory' })
  expect((await listMotifsWithWordings(ctx, { territoryId })).map((one) => one.motifId)).toEqual([motifId])

  expect(await resetWording(ctx, { ...asked(territoryId, motifId), seen: sheet.seen })).toMatchObject({ ok: true })
  expect(await getWording(ctx, asked(territoryId, motifId))).toMatchObject({ source: 'territory', seen: '' })

  const told = await db.select().from(events).where(eq(events.territoryId, territoryId)).orderBy(events.id)
  expect(told.map(({ kind, payload }) => [kind, payload])).toEqual([
    ['territory.words-set', { name: 'usager-created-sms', motifId: null }],
    ['territory.words-set', { name: 'usager-created-sms', motifId }],
    ['territory.words-set', { name: 'usager-created-sms', motifId }],
  ])
  const [last] = await db
    .select()
    .from(eventValues)
    .where(eq(eventValues.eventId, told[2]?.id ?? 0))
  expect(last).toMatchObject({ field: 'body', oldValue: 'Venez {date} {heure} {lien}', newValue: null })
})

test('words of a planning are chosen for a territory and seen as they would leave; a motif has none', async () => {
  const { territoryId, ctx, motifId } = await aTerritory()
  const given = {
    key: 'agent-absence-created-mail',
    subject: 'Absence[ du {date}]',
    body: '{auteur} a noté {intitulé}.',
  }
  expect(await saveWording(ctx, typed(territoryId, given))).toMatchObject({ ok: true })
  const place = { territoryId, motifId: null, key: given.key }
  const sheet = await getWording(ctx, wordingSchema.parse(place))
  expect(sheet).toMatchObject({ source: 'territory', wording: { subject: given.subject, body: given.body } })
  const [sample] = sheet.samples
  expect(filled(given.body, sample?.ways[0] ?? {})).toBe('Camille Durand a noté Formation.')
  expect(sample?.lines.map(([name]) => name)).toEqual(['Intitulé', 'Quand', 'Horaires', 'Par'])
  await db.update(motifs).set({ name: 'Formation', isConfidential: true }).where(eq(motifs.id, motifId))
  expect(await getWording(ctx, wordingSchema.parse(place))).toMatchObject({ confidential: [] })
  for (const schema of [wordingSchema, saveWordingSchema, resetWordingSchema]) {
    expect(schema.safeParse({ ...place, ...given, seen: '', motifId }).success).toBe(false)
    expect(schema.safeParse({ ...place, ...given, seen: '' }).success).toBe(true)
  }
})

test.each(WORDING_KEYS.map((key) => [nameOfWording(key)]))(
  '%s is shown in a sample, each variable said',
  async (key) => {
    const { territoryId, ctx } = await aTerritory()
    const { samples, wording } = await getWording(ctx, wordingSchema.parse({ territoryId, motifId: null, key }))
    expect(samples.length).toBeGreaterThan(0)
    for (const { ways, heading, link } of samples) {
      expect(filled(`${wording.subject ?? ''} ${wording.body}`, ways[0] ?? {})).not.toMatch(/[{}[\]]/)
      expect([heading, link]).not.toContain('')
    }
  },
)

test('nobody overwrites what they did not see, even what was taken away and written again', async () => {
  const { territoryId, ctx } = await aTerritory()
  const save = (seen: string, body: string) =>
    saveWording(ctx, typed(territoryId, { seen, body: `${body} {date} {heure} {lien}` }))
  const seenNow = async () => (await getWording(ctx, asked(territoryId))).seen
  await save('', 'un')
  const first = await seenNow()
  expect(await save('', 'deux')).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await save(first, 'deux')).toMatchObject({ ok: true })
  expect(await save(first, 'trois')).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await resetWording(ctx, { ...asked(territoryId), seen: first })).toEqual({
    ok: false,
    reason: 'changed-meanwhile',
  })
  await resetWording(ctx, { ...asked(territoryId), seen: await seenNow() })
  await save('', 'quatre')
  expect(await save(first, 'cinq')).toEqual({ ok: false, reason: 'changed-meanwhile' })
})

test('of eight tabs that write at once, one is followed', async () => {
  const { territoryId, ctx } = await aTerritory()
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, i) => saveWording(ctx, typed(territoryId, { body: `${i} {date} {heure} {lien}` }))),
  )
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await db.select().from(messageWordings).where(eq(messageWordings.territoryId, territoryId))).toHaveLength(1)
})

test('the admin of another territory, and a motif of another, find nothing', async () => {
  const [here, there] = [await aTerritory(), await aTerritory()]
  const nothing = { code: 'not-found' }
  await expect(saveWording(there.ctx, typed(here.territoryId))).rejects.toMatchObject(nothing)
  await expect(getWording(there.ctx, asked(here.territoryId))).rejects.toMatchObject(nothing)
  await expect(saveWording(here.ctx, typed(here.territoryId, { motifId: there.motifId }))).rejects.toMatchObject(
    nothing,
  )
  await expect(getWording(here.ctx, asked(here.territoryId, there.motifId))).rejects.toMatchObject(nothing)
})

test.each([
  ['a variable that does not exist', { body: '{date} {heure} {lien} {prenom}' }, 'body', 'not-a-wording'],
  ['no link', { body: '{date} {heure}' }, 'body', 'not-a-wording'],
  ['too long an SMS', { body: `{date} {heure} {lien} ${'x'.repeat(480)}` }, 'body', 'too-long'],
  ['no subject', { key: 'usager-created-mail', subject: ' ' }, 'subject', 'not-a-wording'],
  ['two lines of subject', { key: 'usager-created-mail', subject: 'a\nb' }, 'subject', 'too-long'],
  ['a name in a subject', { key: 'usager-created-mail', subject: '{personnes}' }, 'subject', 'not-a-wording'],
  ['a text nobody sends', { key: 'agent-created-sms' }, 'key', null],
])('%s is refused', (_case, over, field, message) => {
  const given = { territoryId: 1, motifId: '', key: 'usager-created-sms', seen: '', body: '{date} {heure} {lien}' }
  const [issue] = saveWordingSchema.safeParse({ ...given, ...over }).error?.issues ?? []
  expect(issue?.path).toEqual([field])
  if (message) expect(issue?.message).toBe(message)
})

test('whoever writes for a territory is told which of its motifs are confidential; for a motif, whether it is', async () => {
  const [{ territoryId, ctx, motifId }, elsewhere] = [await aTerritory(), await aTerritory()]
  const read = async (of: number | null) => (await getWording(ctx, asked(territoryId, of))).confidential
  expect([await read(null), await read(motifId)]).toEqual([[], []])
  const secret = { name: 'Dépistage', isConfidential: true, publicName: null, smsLabel: 'venue' }
  await db
    .update(motifs)
    .set(secret)
    .where(inArray(motifs.id, [motifId, elsewhere.motifId]))
  const [motif] = await read(null)
  expect(motif).toMatchObject({ name: 'Dépistage' })
  expect(motif?.names).toEqual(expect.arrayContaining(['Dépistage', 'venue']))
  expect(await read(motifId)).toEqual(await read(null))
  expect((await getWording(ctx, asked(territoryId))).confidentialSample?.ways[0]).toMatchObject({ motif: null })
  await db.update(motifs).set({ deletedAt: new Date() }).where(eq(motifs.id, motifId))
  expect(await read(null)).toEqual([])
})

test('of a confidential motif, no words say what it is, nor which service', async () => {
  const { territoryId, ctx, motifId } = await aTerritory()
  const save = (body: string) =>
    saveWording(ctx, typed(territoryId, { motifId, body: `${body} {date} {heure} {lien}` }))
  await db.update(motifs).set({ name: 'Dépistage', isConfidential: true }).where(eq(motifs.id, motifId))
  expect(await save('Votre depistage')).toEqual({ ok: false, reason: 'body-names-motif' })
  expect(await save('Votre venue')).toMatchObject({ ok: true })
  await db.update(motifs).set({ isConfidential: false }).where(eq(motifs.id, motifId))
  const { seen } = await getWording(ctx, asked(territoryId, motifId))
  const named = typed(territoryId, { motifId, seen, body: 'Votre dépistage {date} {heure} {lien}' })
  expect(await saveWording(ctx, named)).toMatchObject({ ok: true })
})
