import { rowOf, type Grant } from '@/server/access/rules/grants'
import type { Db } from '../client'
import {
  agentRoles,
  agents,
  agentServices,
  communes,
  grants,
  lieux,
  motifs,
  openingMotifs,
  openings,
  organisations,
  services,
  territories,
  territoryServices,
  usagers,
} from '../schema'

let counter = 0
const unique = (word: string) => `${word} ${String(++counter)}`

async function insertOne<T>(rows: Promise<T[]>): Promise<T> {
  const [row] = await rows
  if (!row) throw new Error('insert returned no row')
  return row
}

export const makeTerritory = (db: Db, given: Partial<typeof territories.$inferInsert> = {}) =>
  insertOne(
    db
      .insert(territories)
      .values({ departmentNumber: '62', name: unique('Pas-de-Calais'), zone: 'Europe/Paris', ...given })
      .returning(),
  )

export const makeCommune = (db: Db, given: Partial<typeof communes.$inferInsert> = {}) =>
  insertOne(
    db
      .insert(communes)
      .values({
        code: '62498',
        name: 'Lens',
        departmentNumber: '62',
        postCodes: ['62300'],
        population: 32_000,
        ...given,
      })
      .returning(),
  )

export const makeOrganisation = (db: Db, territoryId: number, given: Partial<typeof organisations.$inferInsert> = {}) =>
  insertOne(
    db
      .insert(organisations)
      .values({ territoryId, name: unique('MDS'), ...given })
      .returning(),
  )

export async function makeService(db: Db, territoryId: number, name = unique('PMI')) {
  const service = await insertOne(db.insert(services).values({ name, shortName: name }).returning())
  await db.insert(territoryServices).values({ territoryId, serviceId: service.id })
  return service
}

type Place = { territoryId: number; organisationId: number }

export const makeMotif = (
  db: Db,
  place: Place & { serviceId: number },
  given: Partial<typeof motifs.$inferInsert> = {},
) =>
  insertOne(
    db
      .insert(motifs)
      .values({ ...place, name: unique('Consultation'), color: '#0b5563', bookableBy: 'everyone', ...given })
      .returning(),
  )

/** Where agents work: a territory, an organisation and a service of it. */
export async function makeWorkplace(db: Db) {
  const { id: territoryId } = await makeTerritory(db)
  const { id: organisationId } = await makeOrganisation(db, territoryId)
  const { id: serviceId } = await makeService(db, territoryId)
  return { territoryId, organisationId, serviceId }
}

export const makeLieu = (db: Db, place: Place, given: Partial<typeof lieux.$inferInsert> = {}) =>
  insertOne(
    db
      .insert(lieux)
      .values({ ...place, name: unique('PMI de Lens'), address: '12 rue Gambetta, 62300 Lens', ...given })
      .returning(),
  )

/** An agent of one organisation, in one service. */
export async function makeAgent(
  db: Db,
  { territoryId, organisationId, serviceId }: Place & { serviceId: number },
  given: Partial<typeof agents.$inferInsert> &
    Pick<Partial<typeof agentRoles.$inferInsert>, 'level' | 'isSecretary'> = {},
) {
  const { level = 'basic', isSecretary = false, ...columns } = given
  const name = unique('agent')
  const agent = await insertOne(
    db
      .insert(agents)
      .values({
        email: `${name.replace(' ', '.')}@example.org`,
        firstName: 'Claire',
        lastName: name,
        activatedAt: new Date('2026-01-01T00:00:00Z'),
        ...columns,
      })
      .returning(),
  )
  await db.insert(agentRoles).values({ agentId: agent.id, territoryId, organisationId, level, isSecretary })
  await db.insert(agentServices).values({ agentId: agent.id, serviceId })
  return agent
}

export const makeGrants = (db: Db, given: readonly Grant[]) =>
  db.insert(grants).values(given.map(rowOf)).returning({ id: grants.id })

/** Every day from 9:00 to 12:00 unless told otherwise, for these motifs. */
export async function makeOpening(
  db: Db,
  place: Place & { agentId: number; lieuId: number | null; motifIds: readonly number[] },
  given: Partial<typeof openings.$inferInsert> = {},
) {
  const { motifIds, ...columns } = place
  const opening = await insertOne(
    db
      .insert(openings)
      .values({
        ...columns,
        title: 'Permanence',
        firstDay: '2027-03-01',
        startMin: 9 * 60,
        endMin: 12 * 60,
        rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU',
        ...given,
      })
      .returning(),
  )
  await db
    .insert(openingMotifs)
    .values(motifIds.map((motifId) => ({ territoryId: place.territoryId, openingId: opening.id, motifId })))
  return opening
}

/** As an agent wrote it. */
export const makeUsager = (db: Db, territoryId: number, given: Partial<typeof usagers.$inferInsert> = {}) =>
  insertOne(
    db
      .insert(usagers)
      .values({
        ...{ territoryId, firstName: 'Léa', lastName: unique('Martin') },
        ...{ phoneConfirmed: given.phoneE164 != null, emailConfirmed: given.email != null, ...given },
      })
      .returning(),
  )

type PlaceGiven = {
  agentCount?: number
  motif?: Partial<typeof motifs.$inferInsert>
  /** Of another place: one more organisation there. */
  within?: { territory: typeof territories.$inferSelect; service: typeof services.$inferSelect }
}

/** A territory where one motif can be booked at one lieu with `agentCount` agents, each open every day 9:00–12:00 from 1 March 2027. */
export async function makeBookablePlace(db: Db, { agentCount = 1, motif: motifGiven = {}, within }: PlaceGiven = {}) {
  const territory = within?.territory ?? (await makeTerritory(db))
  const organisation = await makeOrganisation(db, territory.id)
  const service = within?.service ?? (await makeService(db, territory.id))
  const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  const motif = await makeMotif(db, place, motifGiven)
  const lieu = await makeLieu(db, { territoryId: territory.id, organisationId: organisation.id })
  const team = []
  for (let i = 0; i < agentCount; i++) {
    const agent = await makeAgent(db, place)
    await makeOpening(db, {
      territoryId: territory.id,
      organisationId: organisation.id,
      agentId: agent.id,
      lieuId: lieu.id,
      motifIds: [motif.id],
    })
    team.push(agent)
  }
  return { territory, organisation, service, motif, lieu, agents: team }
}
