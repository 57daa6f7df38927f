import { expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { services, territoryRoles } from '@/db/schema'
import { ctxFor, signedInAs, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeMotif, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { getOrganisation } from '../queries/organisations'
import { saveOrganisationSchema } from '../schema/organisations'
import { saveOrganisation } from './save-organisation'
import { setTerritoryServices } from './set-territory-services'

const { db } = await ownDatabase()

async function referent() {
  const territory = await makeTerritory(db)
  const organisation = await makeOrganisation(db, territory.id)
  const service = await makeService(db, territory.id)
  const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  const { id } = await makeAgent(db, place)
  await db.insert(territoryRoles).values({ agentId: id, territoryId: territory.id, isAdmin: true })
  const as = async () => ctxFor(db, { actor: await signedInAs(db, id) })
  return { ...place, as, agentId: id }
}
const card = (territoryId: number, over: Record<string, unknown> = {}) =>
  saveOrganisationSchema.parse({
    territoryId,
    organisationId: null,
    name: ' MDS  de Lens ',
    phone: '',
    email: '',
    website: '',
    hours: '',
    ...over,
  })

test('an organisation is its creator’s to administer from the first day, and its secretaries write on it', async () => {
  const { territoryId, as, agentId } = await referent()
  const saved = await saveOrganisation(await as(), card(territoryId, { phone: '39 49', website: 'www.lens.fr' }))
  const organisationId = saved.ok ? saved.value.organisationId : 0
  expect(await getOrganisation(await as(), { organisationId })).toMatchObject({
    name: 'MDS de Lens',
    phone: '3949',
    website: 'https://www.lens.fr',
    mayEdit: true,
  })
  const rows = await db.execute(sql`
    select (select level from agent_roles where agent_id = ${agentId} and organisation_id = ${organisationId}) as role,
           (select array_agg(grantee_kind order by grantee_kind) from grants where target_organisation_id = ${organisationId}) as given`)
  expect([...rows]).toEqual([{ role: 'admin', given: ['admins', 'secretaries'] }])
})

test('two of one name in a territory are one too many, whoever asks first; elsewhere it is another', async () => {
  const [here, there] = [await referent(), await referent()]
  const outcomes = await Promise.all(
    [here.as(), here.as()].map(async (ctx) => saveOrganisation(await ctx, card(here.territoryId))),
  )
  expect(tally(outcomes)).toEqual({ done: 1, 'name-taken': 1 })
  expect((await saveOrganisation(await there.as(), card(there.territoryId))).ok).toBe(true)
  await expect(saveOrganisation(await there.as(), card(here.territoryId, { name: 'Autre' }))).rejects.toThrow(
    new AppError('not-found'),
  )
})

test('a number no plan knows is refused, a change is told value by value, and what is the same says nothing', async () => {
  const { territoryId, organisationId, as } = await referent()
  const asked = (phone: string) => card(territoryId, { organisationId, phone })
  expect(await saveOrganisation(await as(), asked('03 21 1'))).toEqual({ ok: false, reason: 'phone-unknown' })
  await saveOrganisation(await as(), asked('03 21 00 00 00'))
  await saveOrganisation(await as(), asked('03 21 00 00 00'))
  const rows = await db.execute<{ field: string }>(sql`
    select v.field from events e join event_values v on v.event_id = e.id
    where e.kind = 'organisation.saved' and e.subject_id = ${organisationId} order by v.field`)
  expect(rows.map(({ field }) => field)).toEqual(['name', 'phone'])
})

test('a territory offers what it chose, and keeps what still has motifs', async () => {
  const { territoryId, organisationId, serviceId, as } = await referent()
  const [other] = await db.insert(services).values({ name: 'Logement', shortName: 'Logement' }).returning()
  const otherId = other?.id ?? 0
  const ctx = await as()
  expect(await setTerritoryServices(ctx, { territoryId, serviceIds: [serviceId, otherId] })).toMatchObject({ ok: true })
  await makeMotif(db, { territoryId, organisationId, serviceId })
  expect(await setTerritoryServices(ctx, { territoryId, serviceIds: [otherId] })).toEqual({
    ok: false,
    reason: 'service-in-use',
  })
  expect(await setTerritoryServices(ctx, { territoryId, serviceIds: [serviceId] })).toMatchObject({ ok: true })
})
